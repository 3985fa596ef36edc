package io.masumi.node.credit;

import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.LockRules;
import java.math.BigInteger;
import java.util.List;

/**
 * The most that anything which an API key can ask for may cost, and what a key with limited usage has besides its credits. So much is
 * held before the chain is asked for anything, and no transaction is signed that would cost more: a provider that names wrong
 * fees or deposits cannot make a key cost more than it was given. All in lovelace.
 *
 * @param transactionFee most that a transaction's fee, or its share of a common one, may be, with whatever it has to add to an output
 *     that is too small for the ledger
 * @param collateralReturn most lovelace that an escrow must hold, whatever its price; what the price has of it need not be added
 * @param collateralReturnPerToken the same besides, for each token that the price names
 * @param deposit most lovelace that the ledger may ask for in the output with an agent's NFT
 * @param mostFunding most lovelace that anybody but an admin may have sent along with an agent's NFT
 * @param sellingAllowance what every limited key may spend on fees of its sales besides its credits; what its sales bring repays it
 * @param mostOpen most purchases, registrations and sales that one limited key may have under way
 */
public record CreditRules(long transactionFee, long collateralReturn, long collateralReturnPerToken, long deposit, long mostFunding,
        long sellingAllowance, int mostOpen) {

    /** More than anything of this kind costs on Cardano, but not by much. */
    public static final CreditRules STANDARD = new CreditRules(1_000_000, 5_000_000, 500_000, 2_000_000, 20_000_000, 20_000_000, 20_000);

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    public CreditRules {
        requireAtLeast("transaction-fee", 1, transactionFee);
        requireAtLeast("collateral-return", LockRules.MIN_COLLATERAL_RETURN.longValue(), collateralReturn);
        requireAtLeast("collateral-return-per-token", 0, collateralReturnPerToken);
        requireAtLeast("deposit", 1, deposit);
        requireAtLeast("most-funding", 0, mostFunding);
        requireAtLeast("selling-allowance", 0, sellingAllowance);
        requireAtLeast("most-open", 1, mostOpen);
    }

    /** Most that may be added to a price as the buyer's collateral return, lovelace. */
    public BigInteger collateralReturn(Funds price) {
        BigInteger least = BigInteger.valueOf(collateralReturn + collateralReturnPerToken * price.nativeAssets().size());
        BigInteger missing = least.subtract(price.lovelace());
        return missing.signum() <= 0 ? BigInteger.ZERO : missing.max(LockRules.MIN_COLLATERAL_RETURN);
    }

    /** Most that so many transactions may take which move nothing but what an escrow holds. */
    public Funds mostForTransactions(int count) {
        return Funds.lovelace(count * transactionFee);
    }

    /** Most that locking this price may take. */
    public Funds mostForLock(Funds price) {
        return price.plus(Funds.of(List.of(new Amount(Amount.LOVELACE, collateralReturn(price))))).plus(mostForTransactions(1));
    }

    /** Most that a payout may take of the seller's wallet: the fee, and the output to the network. @param tokens of the escrow */
    public Funds mostForPayout(int tokens) {
        return Funds.lovelace(
                transactionFee + LockRules.MIN_COLLATERAL_RETURN.longValue() + collateralReturnPerToken * Math.max(0, tokens - 1));
    }

    /** Most that a result, and the payout that follows from it, may take of the seller's wallet. */
    public Funds mostForResult() {
        return mostForTransactions(1).plus(mostForPayout(1));
    }

    /** Most that may be sent away with an agent's NFT. @param funding lovelace to be sent along, null for the least */
    public Funds mostSentWithAgent(Long funding) {
        return Funds.lovelace(Math.max(deposit, funding == null ? 0 : funding));
    }

    /** Most that minting may take. @param funding lovelace to be sent along, null for the least */
    public Funds mostForMinting(Long funding) {
        return mostSentWithAgent(funding).plus(mostForTransactions(1));
    }

    private static void requireAtLeast(String name, long least, long value) {
        if (value < least) {
            throw new IllegalArgumentException("masumi.credits." + name + " must be at least " + least + ", not " + value);
        }
    }
}
