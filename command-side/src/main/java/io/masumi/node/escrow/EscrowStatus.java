package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.util.List;

/**
 * An escrow as the chain shows it, the same for payment and purchase.
 *
 * @param state null until something is locked
 * @param buyer who locked, null until something is locked
 * @param collateralReturnLovelace lovelace, null until something is locked
 * @param resultHash the result on chain, null when none is
 * @param output the escrow's present output, null when there is none
 * @param locked what the present output holds
 * @param sellerCooldownTime Unix ms from which the seller may act again, 0 for at once
 * @param buyerCooldownTime Unix ms from which the buyer may act again, 0 for at once
 * @param sellerFees what the seller's transactions cost, lovelace
 * @param buyerFees what the buyer's transactions cost, lovelace
 * @param transaction the newest transaction of this escrow, null when there is none
 * @param recorded which facts of the chain are stored already; stored as {@code sightings}
 * @param cameBy the newest transaction's action; null when there is none, and in what was stored before it was kept
 * @param paidIn what was put into the escrow, by its lock and by who had to add to an output that was too small, also to one that a payout makes; null when nothing was,
 *     and in what was stored before it was kept
 * @param paidInBySeller what of that the seller's transactions added; null when nothing is locked, and in what was stored before
 */
public record EscrowStatus(OnChainState state, Participant buyer, BigInteger collateralReturnLovelace, String resultHash, OutputRef output,
        Funds locked, long sellerCooldownTime, long buyerCooldownTime, long sellerFees, long buyerFees, Funds withdrawnForSeller,
        Funds withdrawnForBuyer, EscrowTransaction transaction, @JsonProperty("sightings") RecordedFacts recorded,
        @JsonInclude(JsonInclude.Include.NON_NULL) EscrowAction cameBy,
        @JsonInclude(JsonInclude.Include.NON_NULL) Funds paidIn,
        @JsonInclude(JsonInclude.Include.NON_NULL) Funds paidInBySeller) {

    public static final EscrowStatus NOTHING_LOCKED = new EscrowStatus(null, null, null, null, null, Funds.NONE, 0, 0, 0, 0, Funds.NONE,
            Funds.NONE, null, RecordedFacts.NONE, null, null, null);

    /** Something is locked. @param state FundsLocked or FundsOrDatumInvalid */
    public EscrowStatus locked(OnChainState state, LockObservation lock) {
        EscrowDatum datum = lock.datum();
        return new EscrowStatus(state, datum.buyer(), datum.collateralReturnLovelace(), emptyAsNull(datum.resultHash()), lock.output(),
                lock.value(), datum.sellerCooldownTime(), datum.buyerCooldownTime(), sellerFees + feeOf(lock.transaction(), Party.Seller),
                buyerFees + feeOf(lock.transaction(), Party.Buyer), withdrawnForSeller, withdrawnForBuyer, lock.transaction(),
                recorded.believed(lock.output()), EscrowAction.Lock, paidIn == null ? lock.value() : paidIn.plus(lock.value()),
                paidInBySeller == null ? Funds.NONE : paidInBySeller);
    }

    /** The escrow moved on to {@code state}. A result stays known when the escrow ends. */
    public EscrowStatus moved(OnChainState state, TransitionObservation seen) {
        EscrowDatum datum = seen.datum();
        Funds added = seen.value().less(locked).plus(seen.addedBySeller() == null ? Funds.NONE : seen.addedBySeller());
        boolean bySeller = seen.transaction().feePaidBy() == Party.Seller;
        return new EscrowStatus(state, buyer, collateralReturnLovelace, datum == null ? resultHash : emptyAsNull(datum.resultHash()),
                seen.output(), seen.value(), datum == null ? 0 : datum.sellerCooldownTime(), datum == null ? 0 : datum.buyerCooldownTime(),
                sellerFees + feeOf(seen.transaction(), Party.Seller), buyerFees + feeOf(seen.transaction(), Party.Buyer),
                withdrawnForSeller.plus(seen.withdrawnForSeller()), withdrawnForBuyer.plus(seen.withdrawnForBuyer()), seen.transaction(),
                recorded.transition(seen.transaction()), seen.action(), paidIn == null ? null : paidIn.plus(added),
                bySeller && paidInBySeller != null ? paidInBySeller.plus(added) : paidInBySeller);
    }

    /**
     * What the buyer put into the escrow.
     *
     * @param price what was agreed, for what was stored before it was kept what was paid
     */
    public Funds paidInByBuyer(Funds price) {
        if (state == null) {
            return Funds.NONE;
        }
        return paidIn == null
                ? price.plus(Funds.of(List.of(new Amount(Amount.LOVELACE, collateralReturnLovelace))))
                : paidIn.less(paidInBySeller);
    }

    /** A lock under the identifier was seen and not believed; it changes nothing but that it is known now. */
    public EscrowStatus ignored(LockObservation lock) {
        return with(recorded.ignored(lock.output()));
    }

    /** A transition was seen that this escrow cannot have made; it changes nothing but that it is known now. */
    public EscrowStatus unexpected(EscrowTransaction transaction) {
        return with(recorded.transition(transaction));
    }

    /** What the transaction had shown of locks that were not believed, or of moves that were not possible, is forgotten. */
    EscrowStatus without(EscrowTransaction transaction) {
        return with(recorded.without(transaction));
    }

    private EscrowStatus with(RecordedFacts recorded) {
        return new EscrowStatus(state, buyer, collateralReturnLovelace, resultHash, output, locked, sellerCooldownTime, buyerCooldownTime,
                sellerFees, buyerFees, withdrawnForSeller, withdrawnForBuyer, transaction, recorded, cameBy, paidIn, paidInBySeller);
    }

    private static long feeOf(EscrowTransaction transaction, Party payer) {
        return transaction.feePaidBy() == payer ? transaction.feeLovelace() : 0;
    }

    private static String emptyAsNull(String resultHash) {
        return resultHash.isEmpty() ? null : resultHash;
    }
}
