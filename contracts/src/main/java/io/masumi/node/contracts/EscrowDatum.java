package io.masumi.node.contracts;

import java.math.BigInteger;
import java.util.Objects;

/**
 * The datum of an escrow, sixteen fields in on-chain order. Byte fields are lower-case hex, times are Unix milliseconds, four of them in one field here.
 *
 * @param referenceKey COSE_Key of the blockchain identifier
 * @param referenceSignature COSE_Sign1 of the blockchain identifier
 * @param sellerNonce the seller's identifier
 * @param buyerNonce the purchaser's identifier
 * @param collateralReturnLovelace lovelace that goes back to the buyer on withdrawal
 * @param resultHash empty until a result was submitted
 * @param sellerCooldownTime the seller must wait until then before acting again
 * @param buyerCooldownTime the buyer must wait until then before acting again
 */
public record EscrowDatum(PlutusAddress buyer, PlutusAddress seller, String referenceKey, String referenceSignature, String sellerNonce,
        String buyerNonce, BigInteger collateralReturnLovelace, String inputHash, String resultHash, EscrowTimes times,
        BigInteger sellerCooldownTime,
        BigInteger buyerCooldownTime, EscrowState state) {

    public EscrowDatum {
        Objects.requireNonNull(buyer, "buyer");
        Objects.requireNonNull(seller, "seller");
        referenceKey = Hex.checked("reference key", referenceKey);
        referenceSignature = Hex.checked("reference signature", referenceSignature);
        sellerNonce = Hex.checked("seller nonce", sellerNonce);
        buyerNonce = Hex.checked("buyer nonce", buyerNonce);
        Objects.requireNonNull(collateralReturnLovelace, "collateral return");
        inputHash = Hex.checked("input hash", inputHash);
        resultHash = Hex.checked("result hash", resultHash);
        Objects.requireNonNull(times, "times");
        Objects.requireNonNull(sellerCooldownTime, "seller cooldown time");
        Objects.requireNonNull(buyerCooldownTime, "buyer cooldown time");
        Objects.requireNonNull(state, "state");
    }

    public boolean hasResult() {
        return !resultHash.isEmpty();
    }

    /**
     * This escrow after an action of one party: everything that no action may change is kept.
     */
    public EscrowDatum with(EscrowState newState, String newResultHash, BigInteger newSellerCooldown, BigInteger newBuyerCooldown) {
        return new EscrowDatum(buyer, seller, referenceKey, referenceSignature, sellerNonce, buyerNonce, collateralReturnLovelace,
                inputHash,
                newResultHash, times, newSellerCooldown, newBuyerCooldown,
                newState);
    }
}
