package io.masumi.node.escrow;

import java.math.BigInteger;

/**
 * The sixteen fields of the contract's datum (docs/contracts.md, "Datum"), as plain values.
 *
 * @param buyer who pays
 * @param seller who is paid
 * @param referenceKey hex COSE_Key of the blockchain identifier
 * @param referenceSignature hex COSE_Sign1 of the blockchain identifier
 * @param sellerNonce hex: the identifier's sellerIdentifier
 * @param buyerNonce hex: the identifier's purchaserIdentifier
 * @param collateralReturnLovelace lovelace that go back to the buyer on withdrawal
 * @param inputHash hex
 * @param resultHash hex, {@code ""} until a result is submitted
 * @param sellerCooldownTime Unix ms from which the seller may act again
 * @param buyerCooldownTime Unix ms from which the buyer may act again
 * @param state one of FundsLocked, ResultSubmitted, RefundRequested, Disputed
 */
public record EscrowDatum(Participant buyer, Participant seller, String referenceKey, String referenceSignature, String sellerNonce,
        String buyerNonce, BigInteger collateralReturnLovelace, String inputHash, String resultHash, EscrowTimes times,
        long sellerCooldownTime,
        long buyerCooldownTime, OnChainState state) {

    /** The blockchain identifier that this datum carries. */
    public BlockchainIdentifier blockchainIdentifier() {
        return BlockchainIdentifier.of(sellerNonce, buyerNonce, referenceSignature, referenceKey);
    }
}
