package io.masumi.node.benchmarks;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.api.model.Amount;
import com.bloxbean.cardano.client.backend.blockfrost.service.BFBackendService;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.function.helper.SignerProviders;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.quicktx.QuickTxBuilder;
import com.bloxbean.cardano.client.quicktx.Tx;
import com.bloxbean.cardano.client.quicktx.TxResult;
import io.masumi.node.Requester;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.Credential;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.devnet.DevelopmentNetwork;
import io.masumi.node.devnet.DevnetOptions;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The whole node but for its HTTP edge, on an embedded PostgreSQL and a development network whose blocks come at a real pace. */
final class BenchmarkNode implements AutoCloseable {

    static final Duration COOLDOWN = Duration.ofSeconds(5);

    /** What each wallet gets, lovelace: one output as from an exchange, and nothing prepared. */
    private static final BigInteger FUNDS = BigInteger.valueOf(20_000_000_000L);

    private final LeapingClock clock = new LeapingClock();
    private final DevelopmentNetwork network;
    private final ConfigurableApplicationContext context;
    private final CompiledScript escrow;
    private final PaymentSourceRef source;
    private final List<WalletRef> selling;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ChainSide {}

    private BenchmarkNode(Path directory, BenchmarkOptions options) {
        network = DevelopmentNetwork
                .start(DevnetOptions.persistentIn(directory.resolve("devnet")).withBlockInterval(options.blockInterval())
                        .withEmptyBlockInterval(options.blockInterval()), clock);
        Account operator = new Account(Networks.testnet());
        String key = HexFormat.of().formatHex(operator.hdKeyPair().getPublicKey().getKeyHash());
        String keyAddress = AddressProvider
                .getEntAddress(com.bloxbean.cardano.client.address.Credential.fromKey(key), Networks.testnet()).toBech32();
        escrow = EscrowContract.script(
                new EscrowParameters(1, List.of(key), PlutusAddress.of(new Credential.Key(key)), 50, COOLDOWN.toMillis()));
        String address = AddressProvider
                .getEntAddress(com.bloxbean.cardano.client.address.Credential.fromScript(escrow.hash()), Networks.testnet()).toBech32();
        CompiledScript registry = RegistryPolicy.script(address);
        source = new PaymentSourceRef(PaymentSourceId.of(Network.Preprod, address).value(), Network.Preprod,
                PaymentSourceType.Web3CardanoV1, address, registry.hash());
        List<Account> sellers = accounts(options.sellingWallets());
        List<Account> buyers = accounts(options.purchasingWallets());
        selling = sellers.stream().map(account -> {
            String vkey = HexFormat.of().formatHex(account.hdKeyPair().getPublicKey().getKeyHash());
            return new WalletRef(HotWalletId.of(sourceId(), vkey).value(), vkey, account.baseAddress());
        }).toList();
        context = new SpringApplicationBuilder(ChainSide.class).web(WebApplicationType.NONE)
                .initializers(fresh -> ((GenericApplicationContext) fresh).registerBean("clock", Clock.class, () -> clock))
                .run(Stream.concat(
                        Stream.of("--masumi.data-dir=" + directory, "--masumi.database.url=", "--masumi.roles=command,query,chain",
                                "--masumi.encryption-key=" + HexFormat.of().formatHex(operator.privateKeyBytes()),
                                "--axon.axonserver.enabled=false"),
                        options.settings().stream()).toArray(String[]::new));
        commands().sendAndWait(new AddPaymentSource(Network.Preprod, address, escrow.hex(), registry.hex(),
                new ContractParameters(1, List.of(keyAddress), keyAddress, 50, COOLDOWN.toMillis()), network.baseUrl(), "any",
                Stream.concat(wallets(WalletType.Selling, sellers), wallets(WalletType.Purchasing, buyers)).toList(), Requester.NODE));
        Stream.concat(sellers.stream(), buyers.stream()).forEach(account -> network.faucet(account.baseAddress(), FUNDS));
        network.makeBlock();
    }

    /** Starts everything and gives each wallet its money. @param directory kept by the caller */
    static BenchmarkNode start(Path directory, BenchmarkOptions options) {
        return new BenchmarkNode(directory, options);
    }

    private static List<Account> accounts(int count) {
        return Stream.generate(() -> new Account(Networks.testnet())).limit(count).toList();
    }

    private static Stream<AddPaymentSource.Wallet> wallets(WalletType type, List<Account> accounts) {
        return accounts.stream().map(account -> new AddPaymentSource.Wallet(type, account.mnemonic(), null, null));
    }

    /** Puts the escrow's script into an output, for transactions to refer to (CIP-33). */
    void deployReferenceScript() {
        Account deployer = new Account(Networks.testnet());
        network.faucet(deployer.baseAddress(), BigInteger.valueOf(100_000_000));
        network.makeBlock();
        Tx deployment = new Tx().payToAddress(deployer.baseAddress(), List.of(Amount.ada(25)),
                PlutusV3Script.builder().cborHex(escrow.doubleWrappedHex()).build()).from(deployer.baseAddress());
        TxResult sent = new QuickTxBuilder(new BFBackendService(network.baseUrl(), "any")).compose(deployment)
                .withSigner(SignerProviders.signerFrom(deployer)).complete();
        if (!sent.isSuccessful()) {
            throw new IllegalStateException("the script could not be deployed: " + sent.getResponse());
        }
        network.makeBlock();
        database().sql("UPDATE chain_source SET escrow_script_output = ?").param(sent.getValue() + "#0").update();
    }

    LeapingClock clock() {
        return clock;
    }

    PaymentSourceRef source() {
        return source;
    }

    private PaymentSourceId sourceId() {
        return new PaymentSourceId(source.id());
    }

    List<WalletRef> sellingWallets() {
        return selling;
    }

    CommandGateway commands() {
        return context.getBean(CommandGateway.class);
    }

    QueryGateway queries() {
        return context.getBean(QueryGateway.class);
    }

    JdbcClient database() {
        return context.getBean(JdbcClient.class);
    }

    @Override
    public void close() {
        context.close();
        network.close();
    }
}
