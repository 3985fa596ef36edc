package io.masumi.node.chain;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.masumi.node.Requester;
import io.masumi.node.escrow.AgentPricing;
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
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand.CreatePurchase;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;

/** One sale and what the chain would show of it. Each has an identifier of its own. */
public final class SaleExample {

    public static final String POLICY = "7e8bdaf2b2b919a3a4b94002cafb50086c0c845fe535d07a77ab7f77";
    public static final String AGENT = POLICY + "6c52810ecac50c3a811a0abf20c1b8be7a39e9f89613fbe2893379aa4a9ff70a";
    public static final String RESULT_HASH = "e7".repeat(32);
    public static final PaymentSourceId SOURCE_ID = PaymentSourceId.of(Network.Preprod, "addr_test1contract");
    public static final PaymentSourceRef SOURCE = new PaymentSourceRef(SOURCE_ID.value(), Network.Preprod, PaymentSourceType.Web3CardanoV1,
            "addr_test1contract", POLICY);
    public static final Participant SELLER = new Participant("fe".repeat(28), "addr_test1seller");
    public static final Participant BUYER = new Participant("6b".repeat(28), "addr_test1buyer");
    public static final WalletRef SELLING_WALLET = new WalletRef(HotWalletId.of(SOURCE_ID, SELLER.vkey()).value(), SELLER.vkey(),
            SELLER.address());
    public static final WalletRef PURCHASING_WALLET = new WalletRef(HotWalletId.of(SOURCE_ID, BUYER.vkey()).value(), BUYER.vkey(),
            BUYER.address());
    public static final Funds PRICE = Funds.lovelace(5_000_000);
    public static final BigInteger COLLATERAL_RETURN = BigInteger.valueOf(1_500_000);
    public static final Funds LOCKED = Funds.lovelace(6_500_000);
    public static final long COOLDOWN = Duration.ofMinutes(7).toMillis();
    public static final Requester OWNER = new Requester("ckey0001", false);

    private static final String PURCHASER = "aabbccddeeff00992a93";
    private static final String INPUT_HASH = "5d".repeat(32);
    private static final AtomicInteger SALES = new AtomicInteger();

    public final BlockchainIdentifier identifier = BlockchainIdentifier
            .of(String.format("%064x", SALES.incrementAndGet()) + AGENT, PURCHASER, String.format("8458%08x", SALES.get()), "a401");
    public final PaymentId paymentId = PaymentId.of(identifier);
    public final PurchaseId purchaseId = PurchaseId.of(identifier);
    public final EscrowTimes times;
    private final Instant start;
    private int transactions;

    /** A sale with hours between its deadlines. */
    public SaleExample(Instant start) {
        this.start = start;
        times = new EscrowTimes(at(1), at(2), at(8), at(14));
    }

    public CreatePayment createPayment() {
        return createPayment(OWNER);
    }

    public CreatePayment createPayment(Requester requester) {
        return new CreatePayment(paymentId, identifier, SOURCE, AGENT, "agent", new AgentPricing(PricingType.Fixed, PRICE), List.of(),
                INPUT_HASH, PURCHASER, times, COOLDOWN, SELLING_WALLET, null, null, requester);
    }

    public CreatePurchase createPurchase() {
        return createPurchase(OWNER);
    }

    public CreatePurchase createPurchase(Requester requester) {
        return new CreatePurchase(purchaseId, identifier, SOURCE, AGENT, "agent", new AgentPricing(PricingType.Fixed, PRICE), List.of(),
                INPUT_HASH, PURCHASER, times, COOLDOWN, SELLER, List.of(), null, null, null, requester);
    }

    /** The lock as agreed, as this sale's next transaction. */
    public LockObservation lock() {
        EscrowTransaction transaction = transaction(EscrowAction.Lock);
        return new LockObservation(new OutputRef(transaction.hash(), 0), datum(OnChainState.FundsLocked, "", 0, 0), LOCKED, true, false,
                transaction);
    }

    /** What spends the given output, as this sale's next transaction. @param resultHash {@code ""} for none */
    public TransitionObservation transition(OutputRef spent, EscrowAction action, OnChainState to, String resultHash, long sellerCooldown,
            long buyerCooldown) {
        EscrowTransaction transaction = transaction(action);
        return to.isTerminal()
                ? new TransitionObservation(action, spent, null, null, Funds.NONE, PRICE, Funds.NONE, transaction)
                : new TransitionObservation(action, spent, new OutputRef(transaction.hash(), 0),
                        datum(to, resultHash, sellerCooldown, buyerCooldown), LOCKED, Funds.NONE, Funds.NONE, transaction);
    }

    public EscrowDatum datum(OnChainState state, String resultHash, long sellerCooldown, long buyerCooldown) {
        BlockchainIdentifier.Parts parts = identifier.parts();
        return new EscrowDatum(BUYER, SELLER, parts.key(), parts.signature(), parts.sellerIdentifier(), parts.purchaserIdentifier(),
                COLLATERAL_RETURN, INPUT_HASH, resultHash, times, sellerCooldown, buyerCooldown, state);
    }

    private EscrowTransaction transaction(EscrowAction action) {
        transactions++;
        String hash = paymentId.value().substring(1) + String.format("%032x", transactions);
        return new EscrowTransaction(hash, new ChainPoint(1000 + transactions, "ff".repeat(32), 100 + transactions, start.toEpochMilli()),
                200_000, action.signer());
    }

    private long at(int hours) {
        return start.plus(Duration.ofHours(hours)).toEpochMilli();
    }
}
