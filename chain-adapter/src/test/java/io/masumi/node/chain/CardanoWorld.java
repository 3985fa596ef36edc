package io.masumi.node.chain;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;
import io.masumi.node.chain.cardano.key.EncryptionKey;
import io.masumi.node.chain.cardano.key.SecretStore;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.key.WalletKeys;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProvider;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.chain.source.AddPaymentSourceHandler;
import io.masumi.node.chain.source.ScriptFiles;
import io.masumi.node.chain.source.ScriptFinder;
import io.masumi.node.chain.source.Scripts;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.devnet.DevelopmentNetwork;
import io.masumi.node.devnet.DevnetOptions;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Participant;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionOperations;

/**
 * A development network whose clock and blocks the test moves, our contracts on it, and the Cardano half of the chain adapter
 * on a real database, with the wallets of a test vector.
 */
public final class CardanoWorld implements AutoCloseable {

    public static final String ENCRYPTION_KEY = "correct horse battery staple";
    public static final long COOLDOWN = 60_000;

    public final MutableClock clock = new MutableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    public final DevelopmentNetwork network;
    public final InteropVectors.Sale vector = InteropVectors.sales().findFirst().orElseThrow();
    public final JdbcClient database;
    public final SecretStore secrets;
    public final WalletKeys wallets;
    public final Sources sources;
    public final Scripts scripts;
    public final ScriptFinder finder;
    public final BlockfrostChainProviders providers;
    public final BlockfrostChainProvider provider;
    public final CardanoTransactionFactory factory;
    public final CompiledScript escrowScript;
    public final CompiledScript registryScript;
    public final String escrowAddress;
    public final String feeAddress;
    public final AddPaymentSource addPaymentSource;
    public final PaymentSourceId sourceId;
    public final HotWalletId seller;
    public final HotWalletId buyer;

    public CardanoWorld() {
        this(DevnetOptions.inMemory().withBlocksOnDemand());
    }

    public CardanoWorld(DevnetOptions options) {
        network = DevelopmentNetwork.start(options, clock);
        DriverManagerDataSource pool = new DriverManagerDataSource(TestPostgres.newDatabase());
        Flyway.configure().dataSource(pool).locations("classpath:db/migration/chain").load().migrate();
        database = JdbcClient.create(pool);
        secrets = SecretStore.open(database, new EncryptionKey(ENCRYPTION_KEY), new SecureRandom());
        wallets = new WalletKeys(database, secrets);
        sources = new Sources(database);
        scripts = new Scripts(database);
        finder = new ScriptFinder(scripts, new ScriptFiles(List.of()));
        providers = new BlockfrostChainProviders(sources, secrets, clock);
        factory = new CardanoTransactionFactory(sources, finder, wallets, providers, CreditRules.STANDARD, clock, Duration.ofMinutes(5));

        byte[] feeKey = new byte[28];
        feeKey[0] = 1;
        byte[] adminKey = new byte[28];
        adminKey[0] = 2;
        feeAddress = AddressProvider.getEntAddress(Credential.fromKey(feeKey), Networks.testnet()).toBech32();
        String admin = AddressProvider.getEntAddress(Credential.fromKey(adminKey), Networks.testnet()).toBech32();
        escrowScript = EscrowContract.script(new EscrowParameters(1, List.of(java.util.HexFormat.of().formatHex(adminKey)),
                PlutusAddress.of(new io.masumi.node.contracts.Credential.Key(java.util.HexFormat.of().formatHex(feeKey))), 50, COOLDOWN));
        escrowAddress = AddressProvider.getEntAddress(Credential.fromScript(escrowScript.hash()), Networks.testnet()).toBech32();
        registryScript = RegistryPolicy.script(escrowAddress);
        addPaymentSource = new AddPaymentSource(Network.Preprod, escrowAddress, escrowScript.hex(), registryScript.hex(),
                new ContractParameters(1, List.of(admin), feeAddress, 50, COOLDOWN), network.baseUrl(), "devnet-project-id",
                List.of(new AddPaymentSource.Wallet(WalletType.Selling, vector.sellerMnemonic(), null, "seller"),
                        new AddPaymentSource.Wallet(WalletType.Purchasing, vector.buyerMnemonic(), null, null)),
                io.masumi.node.Requester.NODE);

        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        for (Class<?> each : List.of(io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource.class,
                io.masumi.node.wallet.HotWalletCommand.AddHotWallet.class)) {
            bus.subscribe(each.getName(), message -> 0L);
        }
        sourceId = new AddPaymentSourceHandler(sources, scripts, finder, secrets, wallets, providers,
                DefaultCommandGateway.builder().commandBus(bus).build(), TransactionOperations.withoutTransaction()).add(addPaymentSource);
        seller = HotWalletId.of(sourceId, vector.sellerVkey());
        buyer = HotWalletId.of(sourceId, vector.buyerVkey());
        provider = providers.of(sourceId);
    }

    public void fund(HotWalletId wallet, long... lovelace) {
        for (long each : lovelace) {
            network.faucet(identity(wallet).address(), BigInteger.valueOf(each));
        }
        block();
    }

    public WalletIdentity identity(HotWalletId wallet) {
        return wallets.identity(wallet);
    }

    public Participant participant(HotWalletId wallet) {
        return new Participant(identity(wallet).vkey(), identity(wallet).address());
    }

    /** Time goes on and a block is made. */
    public void block() {
        clock.advance(Duration.ofSeconds(1));
        network.makeBlock();
    }

    @Override
    public void close() {
        providers.close();
        network.close();
    }
}
