package io.masumi.node.purchase;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.DerivedId;
import io.masumi.node.escrow.BlockchainIdentifier;

/**
 * Id of what a seller offers once. It follows from what the seller's signature covers and tells sales apart: the seller's nonce
 * and whom the offer is for, by that seller's key. The rest of an identifier may differ without the offer being another one: the
 * signature covers neither the COSE_Key nor the unprotected headers, and CBOR has several spellings for the same.
 */
public record OfferId(String value) {

    @JsonCreator
    public OfferId {
    }

    /**
     * @param sellerVkey hash of the key that signed, hex
     * @throws IllegalArgumentException if the identifier cannot be taken apart
     */
    public static OfferId of(BlockchainIdentifier identifier, String sellerVkey) {
        BlockchainIdentifier.Parts parts = identifier.parts();
        return new OfferId(DerivedId.of("offer", parts.sellerIdentifier(), parts.purchaserIdentifier(), sellerVkey));
    }

    @JsonValue
    @Override
    public String toString() {
        return value;
    }
}
