package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.identifier.IdentifierCheck;
import io.masumi.node.chain.identifier.SignTerms;
import io.masumi.node.chain.identifier.VerifyIdentifier;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.cardano.transaction.TransactionFactory;
import io.masumi.node.chain.wallet.FindUtxos;
import io.masumi.node.chain.wallet.GenerateMnemonic;
import io.masumi.node.chain.wallet.GeneratedWallet;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.SaleTerms;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.NodeTestConfiguration;
import io.masumi.node.testing.Processors;
import io.masumi.node.wallet.HotWalletId;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;

/** The Cardano half of the chain adapter as it stands in a node: its messages over Axon's buses, its tables by Flyway. */
@Tag("slow")
@NodeTest(classes = NodeTestConfiguration.class, properties = "ENCRYPTION_KEY=" + CardanoWorld.ENCRYPTION_KEY)
class CardanoAutoConfigurationTest {

    @Autowired
    private CommandGateway commands;
    @Autowired
    private QueryGateway queries;
    @Autowired
    private Processors processors;
    @Autowired
    private ChainProviders providers;
    @Autowired
    private TransactionFactory factory;
    @Autowired
    private JdbcClient database;

    @Test
    void aPaymentSourceIsTakenInAndUsed() {
        try (CardanoWorld world = new CardanoWorld()) {
            PaymentSourceId sourceId = commands.sendAndWait(world.addPaymentSource);
            assertThat(commands.<PaymentSourceId>sendAndWait(world.addPaymentSource)).isEqualTo(sourceId);
            assertThat(factory).isNotNull();
            assertThat(providers.of(sourceId).tip().blockHeight()).isGreaterThanOrEqualTo(0);

            processors.awaitCaughtUp();
            PaymentSourceView view = queries
                    .query(new FindPaymentSource(sourceId), ResponseTypes.optionalInstanceOf(PaymentSourceView.class)).join().orElseThrow();
            assertThat(view.smartContractAddress()).isEqualTo(world.escrowAddress);

            world.fund(world.seller, 5_000_000);
            assertThat(queries.query(new FindUtxos(Network.Preprod, world.vector.sellerAddress(), 10, 1, true),
                    ResponseTypes.multipleInstancesOf(Utxo.class)).join()).hasSize(1);

            BlockchainIdentifier signed = queries.query(
                    new SignTerms(HotWalletId.of(sourceId, world.vector.sellerVkey()), world.vector.terms()), BlockchainIdentifier.class)
                    .join();
            assertThat(signed.value()).isEqualTo(world.vector.blockchainIdentifier());
            SaleTerms terms = world.vector.terms();
            assertThat(queries.query(new VerifyIdentifier(signed, terms.inputHash(), terms.agentIdentifier(), terms.purchaserIdentifier(),
                    null, terms.times(), world.vector.sellerVkey(), terms.sellerAddress()), IdentifierCheck.class).join().valid()).isTrue();
            assertThat(queries.query(new GenerateMnemonic(Network.Mainnet), GeneratedWallet.class).join().address()).startsWith("addr1");

            for (String text : database.sql("select convert_from(payload, 'UTF8') from domainevententry").query(String.class).list()) {
                assertThat(text).doesNotContain("alcohol lens sorry", "devnet-project-id");
            }
        }
    }

    @Test
    void withoutAnEncryptionKeyThereIsNoNode() {
        CardanoAutoConfiguration configuration = new CardanoAutoConfiguration();
        assertThatThrownBy(() -> configuration.encryptionKey(new MockEnvironment())).hasMessageContaining("ENCRYPTION_KEY");
        assertThatThrownBy(() -> configuration.encryptionKey(new MockEnvironment().withProperty("masumi.encryption-key", "short")))
                .hasMessageContaining("20 characters");
        assertThat(configuration.encryptionKey(new MockEnvironment().withProperty("masumi.encryption-key", "12345678901234567890")))
                .isNotNull();
    }
}
