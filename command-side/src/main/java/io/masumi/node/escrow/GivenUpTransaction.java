package io.masumi.node.escrow;

/**
 * A transaction that the node signed and that came to nothing: it is not on chain and the node sends it no more.
 *
 * @param hash hex
 * @param validUntilSlot last slot in which it could have landed
 * @param reason why it was given up, in words
 * @param another whether the node is about to build another one in its place
 */
public record GivenUpTransaction(String hash, long validUntilSlot, String reason, boolean another) {}
