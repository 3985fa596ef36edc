package io.masumi.node.chain.cardano.transaction;

/**
 * A transaction that is complete but for its signatures.
 *
 * @param bytes CBOR, without key witnesses
 * @param hash hex; what is to be signed
 * @param validUntilSlot last slot in which it can land
 * @param feeLovelace lovelace
 */
public record UnsignedTransaction(byte[] bytes, String hash, long validUntilSlot, long feeLovelace) {}
