package io.masumi.node.gateway.devnet;

import io.masumi.node.Requester;
import io.masumi.node.chain.source.AddPaymentSource;
import io.masumi.node.chain.source.ReferenceScriptRequest;
import io.masumi.node.chain.wallet.FindUtxos;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.devnet.DevelopmentNetworkClient;
import io.masumi.node.devnet.control.ContractAdmins;
import io.masumi.node.devnet.control.PublishedContract;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.devnet.DevelopmentWallets.Wallet;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.StartUp;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.source.PaymentSourceQuery.FindPaymentSource;
import io.masumi.node.query.source.PaymentSourceQuery.ListPaymentSources;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.WalletType;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;

/**
 * The payment source of the development network, its wallets and their money, set up through the same command that an admin
 * would send. On its own network a node brings the contract, and elsewhere it uses the one that is published there. All of it may be done again after being killed at any moment, and at every start: what is there stays.
 */
final class DevelopmentPaymentSource {

    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentPaymentSource.class);

    private static final int ADMINS = 3;
    private static final int REQUIRED_ADMINS = 2;
    private static final int FEE_PERMILLE = 50;
    private static final long COOLDOWN_MILLIS = 5_000;
    private static final int MAX_OUTPUTS = 100;
    private static final int MAX_SOURCES = 100;
    private static final int WALLETS = 2;

    /** Money to pay and to spend; lovelace. */
    private static final BigInteger PURSE = BigInteger.valueOf(10_000_000_000L);
    /** A wallet with less than this gets a purse. */
    private static final BigInteger POOR = BigInteger.valueOf(100_000_000L);
    /** Kept apart as collateral, so that no payment ever waits for change; lovelace. */
    private static final BigInteger COLLATERAL = BigInteger.valueOf(10_000_000L);

    private final NetworkInUse network;
    private final DevelopmentWallets wallets;
    private final Commands commands;
    private final Views views;
    private final StartUp startUp;

    DevelopmentPaymentSource(NetworkInUse network, DevelopmentWallets wallets, Commands commands, Views views, StartUp startUp) {
        this.network = network;
        this.wallets = wallets;
        this.commands = commands;
        this.views = views;
        this.startUp = startUp;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(1)
    void setUp() {
        if (network.isOwn()) {
            PublishedContract contract = DevelopmentContract.of(parameters()).published(parameters());
            startUp.once("see on which development network it is", () -> requireNoOther(contract));
            network.publish(contract, this::signAsAdmin);
            setUp(contract);
            return;
        }
        startUp.once("join the development network", this::published).ifPresent(this::setUp);
    }

    /** A node is on one network, which one of its processes runs. */
    private boolean requireNoOther(PublishedContract contract) {
        views.one(new FindPaymentSource(PaymentSourceId.of(Network.Preprod, contract.smartContractAddress())), PaymentSourceView.class)
                .map(PaymentSourceView::providerUrl).filter(url -> !url.equals(network.client().providerUrl())).ifPresent(url -> {
                    throw new IllegalStateException("This node is on the development network at " + url + ", and this process has started"
                            + " another at " + network.url() + ": have it join the first with MASUMI_DEVNET_JOIN");
                });
        return true;
    }

    /** What to use there; empty when that is known from before, and the network does not answer. */
    private Optional<PublishedContract> published() {
        try {
            return Optional.of(network.client().contract().orElseThrow(() -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE,
                    "There is no node's development network at " + network.url() + "; a node says at its start where its network is")));
        } catch (DevelopmentNetworkClient.Unreachable e) {
            if (!joinedBefore()) {
                throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, e.getMessage(), e);
            }
            LOG.warn("{}; this node goes on when it comes back", e.getMessage());
            return Optional.empty();
        }
    }

    private void setUp(PublishedContract contract) {
        Wallet selling = wallets.named("selling");
        Wallet purchasing = wallets.named("purchasing");
        PaymentSourceId source = startUp.once("set up the payment source of the development network",
                () -> commands.send(request(contract, selling, purchasing), Requester.NODE, PaymentSourceId.class));
        boolean paid = startUp.once("fill the wallets from the faucet",
                () -> Stream.of(selling, purchasing).map(wallet -> fill(wallet.address())).reduce(false, Boolean::logicalOr));
        if (paid) {
            network.client().makeBlock();
        }
        startUp.once("see the payment source and its wallets", () -> shown(source));
        startUp.once("ask for a reference script on the development network", () -> askForReferenceScript(source));
        LOG.info("Payment source {} on the development network at {} is set up", source, network.url());
    }

    /** Asks only: the chain adapter deploys it while the node goes on, and until then transactions hold the script themselves. */
    private boolean askForReferenceScript(PaymentSourceId source) {
        try {
            commands.send(new ReferenceScriptRequest.Deploy(source, ContractScript.Escrow, null, Requester.NODE), Requester.NODE);
            return true;
        } catch (Problem e) {
            if (e.status() != HttpStatus.CONFLICT) {
                throw e;
            }
            // There is one, or it is on its way.
            return false;
        }
    }

    /** Whoever hears that the node is up uses them at once. */
    private boolean shown(PaymentSourceId source) {
        views.atLeast(new FindPaymentSource(source), PaymentSourceView.class, PaymentSourceView::version, 0);
        List<HotWalletView> seen = views.list(new ListHotWallets(WALLETS, null, source, null, null, null), HotWalletView.class);
        if (seen.size() < WALLETS) {
            throw Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "The wallets of the payment source are not shown yet");
        }
        return true;
    }

    private boolean joinedBefore() {
        return views.list(new ListPaymentSources(MAX_SOURCES, null), PaymentSourceView.class).stream()
                .anyMatch(source -> source.providerUrl().equals(network.client().providerUrl()));
    }

    /** Of this node's own contract. */
    private ContractParameters parameters() {
        return new ContractParameters(REQUIRED_ADMINS,
                admins().map(Wallet::address).toList(),
                wallets.named("fee").address(), FEE_PERMILLE, COOLDOWN_MILLIS);
    }

    private Stream<Wallet> admins() {
        return IntStream.rangeClosed(1, ADMINS).mapToObj(n -> wallets.named("admin " + n));
    }

    private Optional<ContractAdmins.Signature> signAsAdmin(String vkey, byte[] transactionHash) {
        return admins().filter(admin -> admin.vkey().equals(vkey)).findFirst().map(admin -> admin.sign(transactionHash));
    }

    /** The scripts are checked against the address by whoever handles it, as any payment source's are. */
    private AddPaymentSource request(PublishedContract contract, Wallet selling, Wallet purchasing) {
        ContractParameters parameters = new ContractParameters(contract.requiredAdminSignatures(), contract.adminAddresses(),
                contract.feeAddress(), contract.feeRatePermille(), contract.cooldownTime());
        return new AddPaymentSource(Network.Preprod, contract.smartContractAddress(), contract.escrowScript(), contract.registryScript(),
                parameters, network.client().providerUrl(), "development",
                List.of(new AddPaymentSource.Wallet(WalletType.Selling, selling.mnemonic(), null, "Sells on the development network"),
                        new AddPaymentSource.Wallet(WalletType.Purchasing, purchasing.mnemonic(), null,
                                "Buys on the development network")),
                Requester.NODE);
    }

    /** Whether anything was paid. A payment that was under way when the node was killed may be made twice: it is play money. */
    private boolean fill(String address) {
        List<Utxo> held = views.list(new FindUtxos(Network.Preprod, address, MAX_OUTPUTS, 1, false), Utxo.class);
        boolean poor = held.stream().map(each -> each.value().lovelace()).reduce(BigInteger.ZERO, BigInteger::add).compareTo(POOR) < 0;
        boolean noCollateral = held.stream().noneMatch(each -> each.value().lovelace().equals(COLLATERAL));
        if (noCollateral) {
            network.client().faucet(address, COLLATERAL);
        }
        if (poor) {
            network.client().faucet(address, PURSE);
        }
        return poor || noCollateral;
    }
}
