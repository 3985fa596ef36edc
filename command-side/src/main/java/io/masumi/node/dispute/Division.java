package io.masumi.node.dispute;

import io.masumi.node.Rejection;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.DisputeOutcome;
import io.masumi.node.escrow.Funds;
import java.math.BigInteger;
import java.util.List;

/**
 * Who gets what of a disputed escrow. All of it is accounted for; no network fee is taken, since the contract asks for none.
 *
 * @param seller paid to the seller's address in the datum
 * @param buyer paid to the buyer's address in the datum, the collateral return included
 */
public record Division(Funds seller, Funds buyer) {

    /** All to the seller but the collateral return, which is the buyer's. @param collateralReturnLovelace lovelace */
    public static Division forSeller(Funds escrow, BigInteger collateralReturnLovelace) {
        BigInteger back = collateralReturnLovelace.max(BigInteger.ZERO).min(escrow.lovelace());
        Funds buyer = Funds.of(List.of(new Amount(Amount.LOVELACE, back)));
        return new Division(escrow.minus(buyer), buyer);
    }

    public static Division forBuyer(Funds escrow) {
        return new Division(Funds.NONE, escrow);
    }

    /** @throws io.masumi.node.RejectedException naming the units that do not add up to what the escrow holds */
    public void requireAllOf(Funds escrow) {
        Funds shares = seller.plus(buyer);
        if (!shares.equals(escrow)) {
            throw Rejection.invalid("The shares must add up to what the escrow holds: they are " + shares + ", it holds " + escrow);
        }
    }

    /** @param collateralReturnLovelace lovelace that are the buyer's in any case */
    public DisputeOutcome outcome(BigInteger collateralReturnLovelace) {
        return DisputeOutcome.of(seller, buyer, collateralReturnLovelace);
    }
}
