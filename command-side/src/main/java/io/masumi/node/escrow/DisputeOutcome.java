package io.masumi.node.escrow;

import java.math.BigInteger;

/** In whose favour the admins resolved a dispute. The collateral return is the buyer's in any case and decides nothing. */
public enum DisputeOutcome {
    /** The seller got money, the buyer no more than its collateral return. */
    ForSeller,
    /** The buyer got more than its collateral return, the seller nothing. */
    ForBuyer,
    /** Both got some of it. */
    Split,
    /** Neither got anything that was in dispute: it went elsewhere. */
    ForNeither;

    /** What a division amounts to. @param collateralReturnLovelace lovelace that are the buyer's in any case */
    public static DisputeOutcome of(Funds seller, Funds buyer, BigInteger collateralReturnLovelace) {
        boolean buyerWon = buyer.lovelace().compareTo(collateralReturnLovelace) > 0 || !buyer.nativeAssets().isEmpty();
        if (seller.isEmpty()) {
            return buyerWon ? ForBuyer : ForNeither;
        }
        return buyerWon ? Split : ForSeller;
    }
}
