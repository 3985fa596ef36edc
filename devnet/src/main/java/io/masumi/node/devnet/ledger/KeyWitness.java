package io.masumi.node.devnet.ledger;

/**
 * A signature in a witness set.
 *
 * @param publicKey 32 bytes
 * @param signature 64 bytes, Ed25519 over the transaction id
 * @param keyHash blake2b-224 of the key, hex
 */
public record KeyWitness(byte[] publicKey, byte[] signature, String keyHash) {}
