package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.backend.blockfrost.service.BFBackendService;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.function.helper.SignerProviders;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.quicktx.QuickTxBuilder;
import com.bloxbean.cardano.client.quicktx.Tx;
import com.bloxbean.cardano.client.quicktx.TxResult;

import io.masumi.node.Requester;
import io.masumi.node.chain.identifier.SignTerms;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProvider;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.Credential;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.devnet.DevelopmentNetwork;
import io.masumi.node.devnet.DevnetOptions;
import io.masumi.node.devnet.chain.RolledBackTransactions;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.SaleTerms;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.purchase.PurchaseCommand.CreatePurchase;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;

/**
 * The whole node but for its edge, on a real database and the development network, with a selling and a purchasing wallet.
 * It can be stopped and started again on the same data. Time and blocks go on only while a test waits for something.
 */
public final class NodeOnDevelopmentNetwork implements AutoCloseable {

    public static final String RESULT_HASH = "e7".repeat(32);
    public static final Requester OWNER = new Requester("ckey0001", false);
    public static final Duration COOLDOWN = Duration.ofSeconds(30);
    public static final long PRICE = 5_000_000;
    /** Blocks. */
    public static final int ROLLBACK_HORIZON = 3;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final String PURCHASER = "aabbccddeeff00992a93";
    private static final String INPUT_HASH = "5d".repeat(32);
    private static final String AGENT_NAME = "6c52810ecac50c3a811a0abf20c1b8be7a39e9f89613fbe2893379aa4a9ff70a";

    public final MutableClock clock = new MutableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource nodeTime = () -> clock.instant().plus(ahead);
    private final Clock nodeClock = nodeTime.withZone(ZoneOffset.UTC);
    public final DevelopmentNetwork network = DevelopmentNetwork.start(DevnetOptions.inMemory().withBlocksOnDemand(), clock);
    public final CrashPoint.Switch crash = new CrashPoint.Switch();
    public final String escrowAddress;
    public final PaymentSourceRef source;
    public final Participant seller;
    public final Participant buyer;

    private final InteropVectors.Sale wallets = InteropVectors.sales().findFirst().orElseThrow();
    private final String database = TestPostgres.newDatabase();
    private final CompiledScript escrow;
    private final CompiledScript registry;
    private final ContractParameters parameters;
    private final List<String> settings;
    private final AtomicInteger sales = new AtomicInteger();
    private ConfigurableApplicationContext context;

    /** Started, with its payment source, and money in the purchasing and a little in the selling wallet. @param settings as {@code name=value} */
    public static NodeOnDevelopmentNetwork funded(String... settings) {
        NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork(settings);
        node.fund(node.seller, 10_000_000, 100_000_000);
        node.fund(node.buyer, 10_000_000, 1_000_000_000);
        return node;
    }

    /** The same with admins whose keys the test has. @param required entries that must have signed. @param adminKeys hashes, hex */
    public static NodeOnDevelopmentNetwork fundedWithAdmins(int required, List<String> adminKeys, String... settings) {
        return fundedWithAdminsAt(required, adminKeys.stream().map(NodeOnDevelopmentNetwork::keyAddress).toList(), settings);
    }

    /** @param adminAddresses bech32, as the payment source has them */
    public static NodeOnDevelopmentNetwork fundedWithAdminsAt(int required, List<String> adminAddresses, String... settings) {
        NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork(required, adminAddresses, List.of(settings));
        node.fund(node.seller, 10_000_000, 100_000_000);
        node.fund(node.buyer, 10_000_000, 1_000_000_000);
        return node;
    }

    /** Started, with its payment source, and no money at all. */
    public NodeOnDevelopmentNetwork(String... settings) {
        this(1, List.of(keyAddress(HexFormat.of().formatHex(filled(2)))), List.of(settings));
    }

    private NodeOnDevelopmentNetwork(int required, List<String> adminAddresses, List<String> settings) {
        this.settings = settings;
        List<String> adminKeys = adminAddresses.stream().map(each -> ShelleyAddress.parse(each).paymentKeyHash().orElseThrow()).toList();
        String feeKey = HexFormat.of().formatHex(filled(1));
        escrow = EscrowContract.script(new EscrowParameters(required, adminKeys, PlutusAddress.of(new Credential.Key(feeKey)), 50,
                COOLDOWN.toMillis()));
        escrowAddress = AddressProvider
                .getEntAddress(com.bloxbean.cardano.client.address.Credential.fromScript(escrow.hash()), Networks.testnet()).toBech32();
        registry = RegistryPolicy.script(escrowAddress);
        parameters = new ContractParameters(required, adminAddresses,
                keyAddress(feeKey), 50, COOLDOWN.toMillis());
        source = new PaymentSourceRef(PaymentSourceId.of(Network.Preprod, escrowAddress).value(), Network.Preprod,
                PaymentSourceType.Web3CardanoV1, escrowAddress, registry.hash());
        seller = new Participant(wallets.sellerVkey(), wallets.sellerAddress());
        buyer = new Participant(wallets.buyerVkey(), wallets.buyerAddress());
        start();
        takeIn(new AddPaymentSource.Wallet(WalletType.Selling, wallets.sellerMnemonic(), null, null),
                new AddPaymentSource.Wallet(WalletType.Purchasing, wallets.buyerMnemonic(), null, null));
    }

    private void takeIn(AddPaymentSource.Wallet... some) {
        commands().sendAndWait(new AddPaymentSource(Network.Preprod, escrowAddress, escrow.hex(), registry.hex(), parameters,
                network.baseUrl(), "any", List.of(some), Requester.NODE));
    }

    /** Takes in one more purchasing wallet, without money. */
    public Participant addPurchasingWallet() {
        InteropVectors.Sale other = InteropVectors.sales().filter(sale -> !sale.buyerVkey().equals(buyer.vkey())).findFirst().orElseThrow();
        takeIn(new AddPaymentSource.Wallet(WalletType.Purchasing, other.buyerMnemonic(), null, null));
        return new Participant(other.buyerVkey(), other.buyerAddress());
    }

    /** Puts the escrow's script into an output of its own, and has transactions refer to it. */
    public void deployReferenceScript() {
        Account deployer = new Account(Networks.testnet());
        network.faucet(deployer.baseAddress(), BigInteger.valueOf(100_000_000));
        block();
        Tx deployment = new Tx().payToAddress(deployer.baseAddress(), List.of(com.bloxbean.cardano.client.api.model.Amount.ada(25)),
                PlutusV3Script.builder().cborHex(escrow.doubleWrappedHex()).build()).from(deployer.baseAddress());
        TxResult sent = new QuickTxBuilder(new BFBackendService(network.baseUrl(), "any")).compose(deployment)
                .withSigner(SignerProviders.signerFrom(deployer)).complete();
        assertThat(sent.isSuccessful()).as(sent.getResponse()).isTrue();
        block();
        database().sql("UPDATE chain_source SET escrow_script_output = ?").param(sent.getValue() + "#0").update();
    }

    /** From now on the node's clock is wrong. @param ahead of the network's; negative when it is slow */
    public void nodeClockIs(Duration ahead) {
        this.ahead = ahead;
    }

    /** Starts a node on the data of the one before. */
    public void start() {
        crash.revive();
        context = new SpringApplicationBuilder(CrashPoint.NodeConfiguration.class).web(WebApplicationType.NONE)
                .initializers(fresh -> {
                    GenericApplicationContext registry = (GenericApplicationContext) fresh;
                    registry.registerBean("clock", java.time.Clock.class, () -> nodeClock);
                    registry.registerBean(CrashPoint.Switch.class, () -> crash);
                })
                .run(Stream.concat(
                        Stream.of("masumi.database.url=" + database, "masumi.roles=command,query,chain",
                                "masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "masumi.deadlines.polling-interval=50ms",
                                "masumi.chain.local-poll-interval=50ms", "masumi.chain.rollback-horizon=" + ROLLBACK_HORIZON),
                        settings.stream()).map(setting -> "--" + setting).toArray(String[]::new));
    }

    /** The seller, who uses the selling wallet with another software too. */
    OtherSoftware sellerElsewhere() {
        return new OtherSoftware(this, wallets.sellerMnemonic());
    }

    /** The buyer, who uses the purchasing wallet with another software too. */
    OtherSoftware buyerElsewhere() {
        return new OtherSoftware(this, wallets.buyerMnemonic());
    }

    /** The buyer locks money with another software, and a block is made of it. @param lovelace in the escrow's output */
    public void lockElsewhere(EscrowDatum datum, long lovelace) {
        new Lockers(this).byBuyer(Lockers.Lock.of(datum, lovelace));
        block();
    }

    public void stop() {
        context.close();
    }

    public CommandGateway commands() {
        return context.getBean(CommandGateway.class);
    }

    public JdbcClient database() {
        return context.getBean(JdbcClient.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public PaymentSourceId sourceId() {
        return new PaymentSourceId(source.id());
    }

    public HotWalletId sellingWallet() {
        return HotWalletId.of(sourceId(), seller.vkey());
    }

    public HotWalletId purchasingWallet() {
        return HotWalletId.of(sourceId(), buyer.vkey());
    }

    /** The chain as the node's provider shows it, without any of the test's faults. */
    public BlockfrostChainProvider chain() {
        return context.getBean(BlockfrostChainProviders.class).of(sourceId());
    }

    /** Transactions at the contract, in chain order. */
    public List<AddressTransaction> atContract() {
        return chain().transactionsAt(escrowAddress, 0, 1000);
    }

    public void fund(Participant wallet, long... lovelace) {
        for (long each : lovelace) {
            network.faucet(wallet.address(), BigInteger.valueOf(each));
        }
        block();
    }

    /** Time goes on by a second, and a block is made of what waits. */
    public void block() {
        clock.advance(Duration.ofSeconds(1));
        network.makeBlock();
    }

    /** Drops the newest blocks down to this height, that one too. What was in them waits again, or is lost. */
    public void dropFrom(long height, RolledBackTransactions transactions) {
        network.rollback(Math.toIntExact(chain().tip().blockHeight() - height + 1), transactions);
    }

    /** Lets time go on and blocks be made until something is so. */
    public void until(String what, Callable<Boolean> condition) {
        await(what).atMost(LONGEST_WAIT).pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY).until(() -> {
            if (condition.call()) {
                return true;
            }
            block();
            return false;
        });
    }

    /** Waits until something is so, while the chain stands still. */
    public void untilWithoutBlocks(String what, Callable<Boolean> condition) {
        await(what).atMost(LONGEST_WAIT).pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY).until(condition);
    }

    /** Terms that both sides have agreed on, on both sides of this node. */
    public Sale agree() {
        return agree(PRICE);
    }

    /** The same for another price. @param price lovelace */
    public Sale agree(long price) {
        Sale sale = sale(price);
        commands().sendAndWait(sale.createPayment());
        commands().sendAndWait(sale.createPurchase());
        return sale;
    }

    /** Terms, signed by the seller. */
    public Sale sale() {
        return sale(PRICE);
    }

    private Sale sale(long price) {
        Instant now = clock.instant();
        EscrowTimes times = new EscrowTimes(now.plus(Duration.ofMinutes(30)).toEpochMilli(),
                now.plus(Duration.ofMinutes(60)).toEpochMilli(),
                now.plus(Duration.ofMinutes(90)).toEpochMilli(), now.plus(Duration.ofMinutes(120)).toEpochMilli());
        String agent = source.policyId() + AGENT_NAME;
        String nonce = String.format("%064x", sales.incrementAndGet()) + agent;
        BlockchainIdentifier identifier = context.getBean(QueryGateway.class).query(
                new SignTerms(sellingWallet(), new SaleTerms(INPUT_HASH, agent, PURCHASER, nonce, null, times, seller.address())),
                BlockchainIdentifier.class).join();
        return new Sale(identifier, agent, times, price);
    }

    public PaymentState payment(Sale sale) {
        return context.getBean(EventStore.class).readEvents(sale.paymentId().value()).asStream().map(DomainEventMessage::getPayload)
                .map(PaymentEvent.class::cast).reduce((PaymentState) null, PaymentState::evolve, (_, last) -> last);
    }

    public PurchaseState purchase(Sale sale) {
        return context.getBean(EventStore.class).readEvents(sale.purchaseId().value()).asStream().map(DomainEventMessage::getPayload)
                .map(PurchaseEvent.class::cast).reduce((PurchaseState) null, PurchaseState::evolve, (_, last) -> last);
    }

    /** Simple names of the events of an aggregate, in order. */
    public List<String> events(String aggregateId) {
        return context.getBean(EventStore.class).readEvents(aggregateId).asStream()
                .map(event -> event.getPayload().getClass().getSimpleName())
                .toList();
    }

    @Override
    public void close() {
        stop();
        network.close();
    }

    /** A sale's terms. */
    public final class Sale {

        public final BlockchainIdentifier identifier;
        public final EscrowTimes times;
        private final String agent;
        private final long price;

        Sale(BlockchainIdentifier identifier, String agent, EscrowTimes times, long price) {
            this.identifier = identifier;
            this.agent = agent;
            this.times = times;
            this.price = price;
        }

        public PaymentId paymentId() {
            return PaymentId.of(identifier);
        }

        public PurchaseId purchaseId() {
            return PurchaseId.of(identifier);
        }

        public CreatePayment createPayment() {
            return new CreatePayment(paymentId(), identifier, source, agent, "agent", pricing(), List.of(), INPUT_HASH, PURCHASER, times,
                    COOLDOWN.toMillis(), new WalletRef(sellingWallet().value(), seller.vkey(), seller.address()), null, null, OWNER);
        }

        public CreatePurchase createPurchase() {
            return new CreatePurchase(purchaseId(), identifier, source, agent, "agent", pricing(), List.of(), INPUT_HASH, PURCHASER, times,
                    COOLDOWN.toMillis(), seller, List.of(), null, null, null, OWNER);
        }

        private AgentPricing pricing() {
            return new AgentPricing(PricingType.Fixed, Funds.lovelace(price));
        }
    }

    private static byte[] filled(int value) {
        byte[] bytes = new byte[28];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** bech32 of the address that only a key holds. */
    public static String keyAddress(String keyHash) {
        return AddressProvider.getEntAddress(
                com.bloxbean.cardano.client.address.Credential.fromKey(HexFormat.of().parseHex(keyHash)), Networks.testnet()).toBech32();
    }
}
