package io.masumi.node.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.common.model.Networks;

import io.masumi.node.chain.Lockers.Lock;
import io.masumi.node.chain.NodeOnDevelopmentNetwork.Sale;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.Participant;
import io.masumi.node.payment.PaymentState;

/**
 * "When a lock is believed" (docs/chain.md), on a ledger: for each condition a lock that breaks it and nothing else, made by
 * software that is not ours, and what the seller's payment shows of it.
 */
@Tag("slow")
class InvalidLockTest {

    private static final long PRICE = NodeOnDevelopmentNetwork.PRICE;
    private static final BigInteger COLLATERAL = BigInteger.valueOf(1_500_000);
    private static final long ENOUGH = PRICE + COLLATERAL.longValueExact();
    private static final String INPUT_HASH = "5d".repeat(32);

    private NodeOnDevelopmentNetwork node;
    private Lockers lockers;
    private final Map<Sale, String> notes = new LinkedHashMap<>();

    @Test
    void eachBrokenRuleIsNamedInTheNoteAndNothingElseIs() {
        try (NodeOnDevelopmentNetwork started = new NodeOnDevelopmentNetwork()) {
            node = started;
            lockers = new Lockers(node);
            Sale late = created();
            Sale agreed = created();
            lockers.byBuyer(Lock.of(datum(agreed), ENOUGH));

            broken("The state is ResultSubmitted, not FundsLocked", d -> in(d, OnChainState.ResultSubmitted));
            broken("The state is RefundRequested, not FundsLocked", d -> in(d, OnChainState.RefundRequested));
            broken("The state is Disputed, not FundsLocked", d -> in(d, OnChainState.Disputed));
            broken("A result hash is present", d -> with(d, d.buyer(), d.seller(), d.collateralReturnLovelace(), d.inputHash(), "e7",
                    d.times(), 0, 0, d.state()));
            broken("The seller's cooldown is not 0", d -> cooldowns(d, 1, 0));
            broken("The buyer's cooldown is not 0", d -> cooldowns(d, 0, -1));
            broken("The seller is not the agreed one", d -> sold(d, node.buyer));
            broken("The seller is not the agreed one", d -> sold(d, unstaked(node.seller)));
            broken("The seller is not the agreed one", d -> sold(d, new Participant(null, lockers.scriptAddress())));
            broken("The input hash is not the agreed one", d -> with(d, d.buyer(), d.seller(), d.collateralReturnLovelace(), "5d", "",
                    d.times(), 0, 0, d.state()));
            broken("payByTime is not the agreed one", d -> times(d, 1, 0, 0, 0));
            broken("submitResultTime is not the agreed one", d -> times(d, 0, -1, 0, 0));
            broken("unlockTime is not the agreed one", d -> times(d, 0, 0, 1, 0));
            broken("externalDisputeUnlockTime is not the agreed one", d -> times(d, 0, 0, 0, -1));
            broken("The collateral return of 1435229 lovelace is neither 0 nor at least 1435230", d -> returning(d, 1_435_229));
            broken("The collateral return of 1 lovelace is neither 0 nor at least 1435230", d -> returning(d, 1));
            broken("The collateral return of 7000000 lovelace is more than the locked 6500000; The locked 6500000 lovelace without the"
                    + " collateral return of 7000000 do not cover the price of 5000000", d -> returning(d, 7_000_000));
            locked("The locked 6499999 lovelace without the collateral return of 1500000 do not cover the price of 5000000",
                    sale -> Lock.of(datum(sale), ENOUGH - 1));
            locked("The locked assets besides lovelace are not exactly the price's", sale -> Lock.of(datum(sale), ENOUGH).token());
            locked("The output carries a reference script", sale -> Lock.of(datum(sale), ENOUGH).referenceScript());
            Sale byScript = created();
            lockers.byScript(Lock.of(bought(datum(byScript), new Participant(null, lockers.scriptAddress())), ENOUGH));
            notes.put(byScript, "The buyer is a script");
            locked("The state is Disputed, not FundsLocked; A result hash is present; The seller's cooldown is not 0;"
                    + " The buyer's cooldown is not 0; The seller is not the agreed one; The input hash is not the agreed one;"
                    + " payByTime is not the agreed one; submitResultTime is not the agreed one; unlockTime is not the agreed one;"
                    + " externalDisputeUnlockTime is not the agreed one;"
                    + " The collateral return of 1 lovelace is neither 0 nor at least 1435230;"
                    + " The locked 5000000 lovelace without the collateral return of 1 do not cover the price of 5000000;"
                    + " The locked assets besides lovelace are not exactly the price's; The output carries a reference script",
                    sale -> Lock.of(everythingWrong(datum(sale)), PRICE).token().referenceScript());

            node.until("all are judged", () -> node.payment(agreed).escrow().state() != null
                    && notes.keySet().stream().allMatch(sale -> node.payment(sale).escrow().state() != null));
            assertThat(node.payment(agreed).escrow().state()).isEqualTo(OnChainState.FundsLocked);
            assertThat(node.payment(agreed).next().errorNote()).isNull();
            notes.forEach(this::isInvalid);

            node.clock.set(Instant.ofEpochMilli(late.times.payByTime() + 1));
            lockers.byBuyer(Lock.of(datum(late), ENOUGH));
            node.until("the late one is judged", () -> node.payment(late).escrow().state() != null);
            isInvalid(late, "It came after payByTime");
        }
    }

    /** The buyer knows who pays: its own wallet, at its own address. A payment takes whoever pays. */
    @Test
    void theBuyersRecordKnowsWhoseLockItWaitsForAndTakesItsOwnAfterAll() {
        try (NodeOnDevelopmentNetwork started = NodeOnDevelopmentNetwork.funded()) {
            node = started;
            lockers = new Lockers(node);
            node.crash.carryBy((_, _) -> new SubmitOutcome.Unknown("on its way"));
            Sale sale = node.sale();
            node.commands().sendAndWait(sale.createPurchase());
            node.untilWithoutBlocks("signed", () -> node.purchase(sale).wallet() != null);

            lockers.byStranger(Lock.of(bought(datum(sale), node.seller), ENOUGH));
            lockers.byBuyersKey(Lock.of(bought(datum(sale), unstaked(node.buyer)), ENOUGH));
            node.until("judged", () -> node.purchase(sale).escrow().state() != null);
            assertThat(node.events(sale.purchaseId().value())).containsOnlyOnce("LockIgnored");
            assertThat(node.purchase(sale).escrow().state()).isEqualTo(OnChainState.FundsOrDatumInvalid);
            assertThat(node.purchase(sale).next().phase()).isEqualTo(NextAction.Phase.WaitingForManualAction);
            assertThat(node.purchase(sale).next().errorNote()).isEqualTo("The buyer is not the agreed one");

            node.crash.heal();
            node.until("its own lock is there", () -> node.purchase(sale).escrow().state() == OnChainState.FundsLocked);
            assertThat(node.purchase(sale).next()).isEqualTo(NextAction.WAIT);
            assertThat(node.atContract()).hasSize(3);
            assertThat(node.database().sql("SELECT count(*) FROM chain_transaction").query(Long.class).single()).isOne();
        }
    }

    @Test
    void whatTheBuyerDidNotMakeOrMadeTwiceIsIgnoredAndRecorded() {
        try (NodeOnDevelopmentNetwork started = new NodeOnDevelopmentNetwork()) {
            node = started;
            lockers = new Lockers(node);
            Sale sale = created();
            lockers.byStranger(Lock.of(datum(sale), ENOUGH));
            // A script that nobody can have asked counts as little as a key that did not sign.
            lockers.byStranger(Lock.of(bought(datum(sale), new Participant(null, lockers.scriptAddress())), ENOUGH));
            node.until("ignored", () -> ignored(sale) == 2);
            assertThat(node.payment(sale).escrow().state()).isNull();
            assertThat(node.payment(sale).next()).isEqualTo(NextAction.WAIT);

            String first = lockers.byBuyer(Lock.of(datum(sale), ENOUGH));
            node.until("locked", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
            lockers.byBuyer(Lock.of(datum(sale), ENOUGH));
            lockers.byBuyer(Lock.of(returning(datum(sale), 1), ENOUGH));
            node.until("ignored too", () -> ignored(sale) == 4);
            assertThat(node.payment(sale).escrow().output().transactionHash()).isEqualTo(first);
            assertThat(node.payment(sale).escrow().state()).isEqualTo(OnChainState.FundsLocked);
            assertThat(node.payment(sale).next()).isEqualTo(NextAction.WAIT);
        }
    }

    @Test
    void anInvalidLockDoesNotKeepTheAgreedOneOutButALateOneStaysOut() {
        try (NodeOnDevelopmentNetwork started = new NodeOnDevelopmentNetwork()) {
            node = started;
            lockers = new Lockers(node);
            Sale inTime = created();
            Sale late = created();
            for (Sale each : List.of(inTime, late)) {
                lockers.byBuyer(Lock.of(returning(datum(each), 1), ENOUGH));
                node.until("invalid", () -> node.payment(each).escrow().state() == OnChainState.FundsOrDatumInvalid);
            }
            String agreed = lockers.byBuyer(Lock.of(datum(inTime), ENOUGH));
            node.until("believed", () -> node.payment(inTime).escrow().state() == OnChainState.FundsLocked);
            assertThat(node.payment(inTime).escrow().output().transactionHash()).isEqualTo(agreed);
            assertThat(node.payment(inTime).next()).isEqualTo(NextAction.WAIT);

            node.clock.set(Instant.ofEpochMilli(late.times.payByTime() + 1));
            lockers.byBuyer(Lock.of(datum(late), ENOUGH));
            node.until("ignored", () -> ignored(late) == 1);
            assertThat(node.payment(late).escrow().state()).isEqualTo(OnChainState.FundsOrDatumInvalid);
        }
    }

    /** What strangers write at the contract's address must neither be taken for an escrow nor stop the follower. */
    @Test
    void hostileAndForeignDatumsAreNotedAndHideNothing() {
        try (NodeOnDevelopmentNetwork started = new NodeOnDevelopmentNetwork()) {
            node = started;
            lockers = new Lockers(node);
            Sale sale = created();
            String good = EscrowDatumCodec.encodeHex(datum(sale));
            Map<String, String> hostile = HostileDatums.madeOf(good);
            Map<String, String> hashes = new LinkedHashMap<>();
            hostile.forEach((name, hex) -> hashes.put(name, lockers.byBuyer(Lock.of(Lockers.data(hex), 40_000_000))));
            String foreign = lockers.byBuyer(Lock.of(foreign(datum(sale)), ENOUGH));
            node.until("all are followed", () -> hashes.values().stream().allMatch(hash -> note(hash) != null)
                    && note(foreign) != null);
            // Any nonce is well formed: it is an escrow of somebody, if not of anybody known.
            hashes.entrySet().removeIf(each -> each.getKey().contains("nonce"));
            hashes.forEach((name, hash) -> assertThat(note(hash)).as(name).contains("holds no escrow datum"));
            assertThat(salesWithEvents()).containsExactly(sale.paymentId().value());
            assertThat(node.events(sale.paymentId().value())).containsExactly("PaymentCreated");

            lockers.byBuyer(Lock.of(datum(sale), ENOUGH));
            node.until("locked", () -> node.payment(sale).escrow().state() == OnChainState.FundsLocked);
        }
    }

    private void broken(String note, UnaryOperator<EscrowDatum> wrong) {
        locked(note, sale -> Lock.of(wrong.apply(datum(sale)), ENOUGH));
    }

    private void locked(String note, java.util.function.Function<Sale, Lock> lock) {
        Sale sale = created();
        lockers.byBuyer(lock.apply(sale));
        notes.put(sale, note);
    }

    private void isInvalid(Sale sale, String note) {
        PaymentState payment = node.payment(sale);
        assertThat(payment.escrow().state()).as(note).isEqualTo(OnChainState.FundsOrDatumInvalid);
        assertThat(payment.next().phase()).as(note).isEqualTo(NextAction.Phase.WaitingForManualAction);
        assertThat(payment.next().errorNote()).isEqualTo(note);
    }

    private Sale created() {
        Sale sale = node.sale();
        node.commands().sendAndWait(sale.createPayment());
        return sale;
    }

    private long ignored(Sale sale) {
        return node.events(sale.paymentId().value()).stream().filter("LockIgnored"::equals).count();
    }

    private String note(String hash) {
        return node.database().sql("SELECT coalesce(note, '') FROM observed_transaction WHERE hash = ?").param(hash).query(String.class)
                .optional().orElse(null);
    }

    private List<String> salesWithEvents() {
        return node.database()
                .sql("SELECT DISTINCT aggregateidentifier FROM domainevententry WHERE type IN ('Payment', 'Purchase')")
                .query(String.class).list();
    }

    private EscrowDatum datum(Sale sale) {
        BlockchainIdentifier.Parts parts = sale.identifier.parts();
        return new EscrowDatum(node.buyer, node.seller, parts.key(), parts.signature(), parts.sellerIdentifier(),
                parts.purchaserIdentifier(), COLLATERAL, INPUT_HASH, "", sale.times, 0, 0, OnChainState.FundsLocked);
    }

    /** Of a sale that this node knows nothing of. */
    private static EscrowDatum foreign(EscrowDatum d) {
        return new EscrowDatum(d.buyer(), d.seller(), d.referenceKey(), "84ff", d.sellerNonce(), d.buyerNonce(),
                d.collateralReturnLovelace(), d.inputHash(), "", d.times(), 0, 0, d.state());
    }

    private EscrowDatum everythingWrong(EscrowDatum d) {
        return with(times(d, 1, 1, 1, 1), d.buyer(), node.buyer, BigInteger.ONE, "00", "e7", times(d, 1, 1, 1, 1).times(), 1, 1,
                OnChainState.Disputed);
    }

    private static EscrowDatum in(EscrowDatum d, OnChainState state) {
        return with(d, d.buyer(), d.seller(), d.collateralReturnLovelace(), d.inputHash(), "", d.times(), 0, 0, state);
    }

    private static EscrowDatum cooldowns(EscrowDatum d, long seller, long buyer) {
        return with(d, d.buyer(), d.seller(), d.collateralReturnLovelace(), d.inputHash(), "", d.times(), seller, buyer, d.state());
    }

    private static EscrowDatum sold(EscrowDatum d, Participant seller) {
        return with(d, d.buyer(), seller, d.collateralReturnLovelace(), d.inputHash(), "", d.times(), 0, 0, d.state());
    }

    private static EscrowDatum bought(EscrowDatum d, Participant buyer) {
        return with(d, buyer, d.seller(), d.collateralReturnLovelace(), d.inputHash(), "", d.times(), 0, 0, d.state());
    }

    private static EscrowDatum returning(EscrowDatum d, long lovelace) {
        return with(d, d.buyer(), d.seller(), BigInteger.valueOf(lovelace), d.inputHash(), "", d.times(), 0, 0, d.state());
    }

    private static EscrowDatum times(EscrowDatum d, long payBy, long submitResult, long unlock, long dispute) {
        EscrowTimes t = d.times();
        return with(d, d.buyer(), d.seller(), d.collateralReturnLovelace(), d.inputHash(), "", new EscrowTimes(t.payByTime() + payBy,
                t.submitResultTime() + submitResult, t.unlockTime() + unlock, t.externalDisputeUnlockTime() + dispute), 0, 0, d.state());
    }

    private static EscrowDatum with(EscrowDatum d, Participant buyer, Participant seller, BigInteger collateral, String inputHash,
            String resultHash, EscrowTimes times, long sellerCooldown, long buyerCooldown, OnChainState state) {
        return new EscrowDatum(buyer, seller, d.referenceKey(), d.referenceSignature(), d.sellerNonce(), d.buyerNonce(), collateral,
                inputHash, resultHash, times, sellerCooldown, buyerCooldown, state);
    }

    private static Participant unstaked(Participant party) {
        Address address = new Address(party.address());
        return new Participant(party.vkey(),
                AddressProvider.getEntAddress(address.getPaymentCredential().orElseThrow(), Networks.testnet()).toBech32());
    }
}
