package io.masumi.node.escrow;

import io.masumi.node.Requester;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** One sale and what the chain shows of it, for tests: change what a test is about, take the rest from here. */
public final class SaleExample {

    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    public static final EscrowTimes TIMES = new EscrowTimes(at(Duration.ofHours(1)), at(Duration.ofHours(2)), at(Duration.ofHours(8)),
            at(Duration.ofHours(14)));

    public static final String POLICY = "7e8bdaf2b2b919a3a4b94002cafb50086c0c845fe535d07a77ab7f77";
    public static final String AGENT = POLICY + "6c52810ecac50c3a811a0abf20c1b8be7a39e9f89613fbe2893379aa4a9ff70a";
    public static final String PURCHASER = "aabbccddeeff00992a93";
    public static final String INPUT_HASH = "5d".repeat(32);
    public static final String RESULT_HASH = "e7".repeat(32);
    public static final BlockchainIdentifier IDENTIFIER = BlockchainIdentifier.of("30".repeat(32) + AGENT, PURCHASER, "8458", "a401");

    public static final PaymentSourceRef SOURCE = new PaymentSourceRef("csource0001", Network.Preprod, PaymentSourceType.Web3CardanoV1,
            "addr_test1contract", POLICY);
    public static final Participant SELLER = new Participant("fe".repeat(28), "addr_test1seller");
    public static final Participant BUYER = new Participant("6b".repeat(28), "addr_test1buyer");
    public static final WalletRef SELLING_WALLET = new WalletRef("cselling0001", SELLER.vkey(), SELLER.address());
    public static final WalletRef PURCHASING_WALLET = new WalletRef("cbuying0001", BUYER.vkey(), BUYER.address());

    public static final Funds PRICE = Funds.lovelace(5_000_000);
    public static final AgentPricing FIXED = new AgentPricing(PricingType.Fixed, PRICE);
    public static final AgentPricing DYNAMIC = new AgentPricing(PricingType.Dynamic, Funds.NONE);
    public static final AgentPricing FREE = new AgentPricing(PricingType.Free, Funds.NONE);
    public static final BigInteger COLLATERAL_RETURN = BigInteger.valueOf(1_500_000);
    public static final Funds LOCKED = Funds.lovelace(6_500_000);
    public static final long COOLDOWN = Duration.ofMinutes(7).toMillis();

    public static final Requester OWNER = new Requester("ckey0001", false);
    public static final Requester STRANGER = new Requester("ckey0002", false);
    public static final Requester ADMIN = new Requester("ckey0003", true);

    private SaleExample() {}

    /** Unix ms of so long after {@link #NOW}. */
    public static long at(Duration afterNow) {
        return NOW.plus(afterNow).toEpochMilli();
    }

    public static Clock clockAt(long millis) {
        return Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
    }

    public static Clock clock() {
        return clockAt(NOW.toEpochMilli());
    }

    /** A transaction hash that is easy to tell from others. @param number 0 to 255 */
    public static String hash(int number) {
        return String.format("%02x", number).repeat(32);
    }

    /** A block of that time. @param time Unix ms */
    public static ChainPoint blockAt(long time) {
        return new ChainPoint(5000, hash(254), 500, time);
    }

    /** Paid for by whoever signs such an action, in a block after {@link #NOW}. */
    public static EscrowTransaction transaction(int number, EscrowAction action) {
        return transactionAt(number, action, NOW.toEpochMilli() + number * 1000L);
    }

    public static EscrowTransaction transactionAt(int number, EscrowAction action, long blockTime) {
        return new EscrowTransaction(hash(number), new ChainPoint(1000 + number, hash(255), 100 + number, blockTime), 200_000,
                action.signer());
    }

    public static OutputRef output(int number) {
        return new OutputRef(hash(number), 0);
    }

    /** What a lock as agreed puts into the datum. */
    public static EscrowDatum datum() {
        BlockchainIdentifier.Parts parts = IDENTIFIER.parts();
        return new EscrowDatum(BUYER, SELLER, parts.key(), parts.signature(), parts.sellerIdentifier(), parts.purchaserIdentifier(),
                COLLATERAL_RETURN, INPUT_HASH, "", TIMES, 0, 0, OnChainState.FundsLocked);
    }

    /** The datum after a transition. @param resultHash {@code ""} for none */
    public static EscrowDatum datum(OnChainState state, String resultHash) {
        EscrowDatum agreed = datum();
        return new EscrowDatum(BUYER, SELLER, agreed.referenceKey(), agreed.referenceSignature(), agreed.sellerNonce(), agreed.buyerNonce(),
                COLLATERAL_RETURN, INPUT_HASH, resultHash, TIMES, COOLDOWN, 0, state);
    }

    /** The lock as agreed, made by transaction {@code number}. */
    public static LockObservation lock(int number) {
        return new LockObservation(output(number), datum(), LOCKED, true, false, transaction(number, EscrowAction.Lock));
    }

    /**
     * Transaction {@code number} spends the output of transaction {@code spent}.
     *
     * @param to the state that the chain shows afterwards
     * @param resultHash what the continuing datum holds, {@code ""} for none
     */
    public static TransitionObservation transition(int number, int spent, EscrowAction action, OnChainState to, String resultHash) {
        boolean ends = to.isTerminal();
        Funds forSeller = to == OnChainState.Withdrawn ? PRICE : Funds.NONE;
        Funds forBuyer = !ends ? Funds.NONE : to == OnChainState.Withdrawn ? Funds.lovelace(COLLATERAL_RETURN.longValue()) : LOCKED;
        return new TransitionObservation(action, output(spent), ends ? null : output(number), ends ? null : datum(to, resultHash),
                ends ? Funds.NONE : LOCKED, forSeller, forBuyer, transaction(number, action));
    }

    public static List<Amount> lovelace(long quantity) {
        return List.of(Amount.lovelace(quantity));
    }
}
