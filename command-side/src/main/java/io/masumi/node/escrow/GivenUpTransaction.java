package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A transaction that the node signed and has given up: it is not on chain and the node sends it no more, or it is there only to
 * have cost its collateral.
 *
 * @param hash hex
 * @param validUntilSlot last slot in which it could have landed
 * @param reason why it was given up, in words
 * @param another whether the node is about to build another one in its place
 * @param failure where it is on chain though its script failed, null when it is not on chain
 */
public record GivenUpTransaction(String hash, long validUntilSlot, String reason, boolean another,
        @JsonInclude(JsonInclude.Include.NON_NULL) FailureOnChain failure) {

    /** One that is not on chain. */
    public GivenUpTransaction(String hash, long validUntilSlot, String reason, boolean another) {
        this(hash, validUntilSlot, reason, another, null);
    }
}
