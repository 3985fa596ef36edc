package io.masumi.node.query;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.Party;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A sale for tests: its terms, and what happens to it on both sides and on chain. */
public record Sale(String sellerIdentifier, String agentName, Funds price, PaymentSourceRef source, String owner) {

    public static final PaymentSourceRef PREPROD = new PaymentSourceRef("csource0001", Network.Preprod, PaymentSourceType.Web3CardanoV1,
            "addr_test1wz7j4kmg2cs7yf92uat3ed4a3u97kr7axxr4avaz0lhwdsqukgwfm", "7e8bdaf2b2b919a3a4b94002cafb50086c0c845fe535d07a77ab7f77");
    public static final String USDM = "c48cbb3d5e57ed56e276bc45f99ab39abe94e6cd7ac39fb402da47ad0014df105553444d";
    public static final WalletRef SELLING = new WalletRef("cwallet0seller", "aa".repeat(28), "addr_test1seller");
    public static final WalletRef PURCHASING = new WalletRef("cwallet0buyer", "bb".repeat(28), "addr_test1buyer");
    public static final Participant SELLER = new Participant(SELLING.vkey(), SELLING.address());
    public static final Participant BUYER = new Participant(PURCHASING.vkey(), PURCHASING.address());
    public static final EscrowTimes TIMES = new EscrowTimes(1_800_000_000_000L, 1_800_000_900_000L, 1_800_022_500_000L, 1_800_044_100_000L);
    public static final long COOLDOWN = 420_000;
    public static final String RESULT = "5e".repeat(32);

    private static final String AGENT = PREPROD.policyId() + "0a".repeat(32);

    /** A sale of its own kind for each number. */
    public static Sale number(int number) {
        return new Sale("%064x".formatted(number) + AGENT, "Summarizer", Funds.of(List.of(Amount.lovelace(5_000_000), new Amount(USDM,
                BigInteger.valueOf(2_500_000)))), PREPROD, "ckey0seller");
    }

    public Sale by(String ownerKeyId) {
        return new Sale(sellerIdentifier, agentName, price, source, ownerKeyId);
    }

    public Sale of(String agent) {
        return new Sale(sellerIdentifier, agent, price, source, owner);
    }

    public Sale at(PaymentSourceRef otherSource) {
        return new Sale(sellerIdentifier, agentName, price, otherSource, owner);
    }

    public Sale costing(Funds otherPrice) {
        return new Sale(sellerIdentifier, agentName, otherPrice, source, owner);
    }

    public BlockchainIdentifier identifier() {
        return BlockchainIdentifier.of(sellerIdentifier, "abcdef0123456789", "84".repeat(40), "a4".repeat(20));
    }

    public PaymentId paymentId() {
        return PaymentId.of(identifier());
    }

    public PurchaseId purchaseId() {
        return PurchaseId.of(identifier());
    }

    public String agentIdentifier() {
        return sellerIdentifier.substring(64);
    }

    public PaymentEvent paymentCreated() {
        return new PaymentEvent.PaymentCreated(paymentId(), identifier(), source, agentIdentifier(), agentName, PricingType.Fixed, price,
                null,
                "1f".repeat(32), "abcdef0123456789", TIMES, COOLDOWN, SELLING, null, "note \"quoted\"", new Requester(owner, false));
    }

    /** The seller's side from the agreement to the money, in the order it happens. */
    public List<PaymentEvent> payment() {
        PaymentId id = paymentId();
        return List.of(paymentCreated(),
                new PaymentEvent.FundsLocked(id, lock()),
                new PaymentEvent.ResultSubmissionRequested(id, RESULT, new Requester(owner, false)),
                new PaymentEvent.ActionInitiated(id, EscrowAction.SubmitResult, hash("submit"), 100),
                new PaymentEvent.ResultSubmitted(id, OnChainState.ResultSubmitted, submitted()),
                new PaymentEvent.WithdrawalRequested(id, Requester.NODE),
                new PaymentEvent.ActionInitiated(id, EscrowAction.Withdraw, hash("withdraw"), 200),
                new PaymentEvent.FundsWithdrawn(id, withdrawn()));
    }

    /** The buyer's side of the same. */
    public List<PurchaseEvent> purchase() {
        PurchaseId id = purchaseId();
        return List.of(
                new PurchaseEvent.PurchaseCreated(id, identifier(), source, agentIdentifier(), agentName, PricingType.Fixed, price,
                        "1f".repeat(32), "abcdef0123456789", TIMES, COOLDOWN, SELLER, List.of(), "addr_test1return", null, null,
                        new Requester(owner, false)),
                new PurchaseEvent.FundsLockingRequested(id, new Requester(owner, false)),
                new PurchaseEvent.ActionInitiated(id, EscrowAction.Lock, PURCHASING, hash("lock"), 50),
                new PurchaseEvent.FundsLocked(id, lock()),
                new PurchaseEvent.ResultSubmitted(id, OnChainState.ResultSubmitted, submitted()),
                new PurchaseEvent.FundsWithdrawn(id, withdrawn()));
    }

    public LockObservation lock() {
        return new LockObservation(new OutputRef(hash("lock"), 0), datum("", 0, 0, OnChainState.FundsLocked), locked(), true, false,
                transaction("lock", 10, 290_001, Party.Buyer));
    }

    public TransitionObservation submitted() {
        return new TransitionObservation(EscrowAction.SubmitResult, new OutputRef(hash("lock"), 0), new OutputRef(hash("submit"), 0),
                datum(RESULT, 1_800_000_500_000L, 0, OnChainState.ResultSubmitted), locked(), Funds.NONE, Funds.NONE,
                transaction("submit", 20, 319_329, Party.Seller));
    }

    public TransitionObservation refundRequested() {
        return new TransitionObservation(EscrowAction.RequestRefund, new OutputRef(hash("lock"), 0), new OutputRef(hash("refund"), 0),
                datum("", 0, 1_800_000_600_000L, OnChainState.RefundRequested), locked(), Funds.NONE, Funds.NONE,
                transaction("refund", 21, 319_000, Party.Buyer));
    }

    private TransitionObservation withdrawn() {
        return new TransitionObservation(EscrowAction.Withdraw, new OutputRef(hash("submit"), 0), null, null, Funds.NONE,
                Funds.of(List.of(Amount.lovelace(4_750_000), new Amount(USDM, BigInteger.valueOf(2_375_000)))),
                Funds.lovelace(1_500_000), transaction("withdraw", 30, 400_000, Party.Seller));
    }

    /** Hex hash of this sale's transaction of that kind. */
    public String hash(String kind) {
        return "%064x"
                .formatted(new BigInteger(1, (sellerIdentifier.substring(0, 64) + kind).getBytes(StandardCharsets.UTF_8))
                        .mod(BigInteger.ONE.shiftLeft(256)));
    }

    private Funds locked() {
        return price.plus(Funds.lovelace(1_500_000));
    }

    private EscrowDatum datum(String resultHash, long sellerCooldown, long buyerCooldown, OnChainState state) {
        return new EscrowDatum(BUYER, SELLER, "a4".repeat(20), "84".repeat(40), sellerIdentifier, "abcdef0123456789",
                BigInteger.valueOf(1_500_000), "1f".repeat(32), resultHash, TIMES, sellerCooldown, buyerCooldown, state);
    }

    private EscrowTransaction transaction(String kind, long height, long fee, Party payer) {
        return new EscrowTransaction(hash(kind), new ChainPoint(height * 20, "ab".repeat(32), height, 1_800_000_000_000L + height * 20_000),
                fee, payer);
    }
}
