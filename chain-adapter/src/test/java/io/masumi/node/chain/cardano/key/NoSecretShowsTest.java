package io.masumi.node.chain.cardano.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.common.model.Networks;
import io.masumi.node.Requester;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.chain.source.AddPaymentSourceHandler;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.wallet.GenerateMnemonic;
import io.masumi.node.chain.wallet.GeneratedWallet;
import io.masumi.node.chain.wallet.WalletQueries;
import io.masumi.node.escrow.Network;
import io.masumi.node.wallet.WalletType;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Goes through everything that touches secrets, well and badly, and looks for them in every log line and exception. */
@Tag("slow")
@Isolated("reads what the whole process prints")
class NoSecretShowsTest {

    @Test
    void neitherInLogsNorInExceptionsNorInTexts() {
        LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
        Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
        Logger ours = loggers.getLogger("io.masumi");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        root.addAppender(appender);
        Level before = root.getLevel();
        root.setLevel(Level.DEBUG);
        ours.setLevel(Level.TRACE);
        // Only to have less to read: it logs bytes of the test's own HTTP exchange.
        loggers.getLogger("sun").setLevel(Level.OFF);
        List<String> texts = new ArrayList<>();
        String wrong;
        try (CardanoWorld world = new CardanoWorld()) {
            wrong = world.vector.sellerMnemonic().replaceFirst("^elegant", "elephant");
            AddPaymentSource good = world.addPaymentSource;
            AddPaymentSource bad = new AddPaymentSource(good.network(), good.smartContractAddress(), good.policyId(),
                    good.scripts(), good.stated(), good.providerUrl(), good.providerKey(),
                    List.of(new AddPaymentSource.Wallet(WalletType.Selling, wrong, null, null)), Requester.NODE);
            AddPaymentSourceHandler handler = new AddPaymentSourceHandler(world.sources, world.scripts, world.finder, world.secrets,
                    world.wallets,
                    world.providers, DefaultCommandGateway.builder().commandBus(SimpleCommandBus.builder().build()).build(),
                    TransactionOperations.withoutTransaction());
            texts.add(trace(catchThrowable(() -> handler.add(bad))));
            texts.add(good.toString() + good.wallets() + world.secrets + world.wallets + world.identity(world.seller));
            GeneratedWallet generated = new WalletQueries(world.providers).generate(new GenerateMnemonic(Network.Preprod));
            assertThat(generated.toString()).doesNotContain(generated.mnemonic().text().split(" ")[0] + " ");
            world.fund(world.seller, 50_000_000);
            world.wallets.sign(world.seller, new byte[32]);
            texts.add(trace(catchThrowable(() -> world.factory.build(world.sourceId, world.seller, List.of(),
                    TransactionContent.of(new ChainAction.DeregisterAgent("00"))))));
            world.network.close();
            texts.add(trace(catchThrowable(() -> world.provider.tip())));
            world.database.sql("update secret set ciphertext = substring(ciphertext from 1 for 60)").update();
            texts.add(trace(catchThrowable(() -> world.wallets.sign(world.seller, new byte[32]))));

            appender.list.forEach(event -> texts.add(event.getFormattedMessage()
                    + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy()))));
            Account account = Account.createFromMnemonic(Networks.testnet(), world.vector.sellerMnemonic());
            List<String> secrets = List.of(CardanoWorld.ENCRYPTION_KEY, "devnet-project-id", "elephant", "alcohol lens sorry",
                    "error bulk system", HexFormat.of().formatHex(account.privateKeyBytes()).substring(0, 32));
            assertThat(texts).hasSizeGreaterThan(20);
            assertThat(texts).allSatisfy(text -> assertThat(secrets).noneMatch(text::contains));
        } finally {
            root.detachAppender(appender);
            root.setLevel(before);
            ours.setLevel(null);
        }
    }

    private static String trace(Throwable thrown) {
        assertThat(thrown).isNotNull();
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
