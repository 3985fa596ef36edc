package io.masumi.node.dispute;

/**
 * A key's signature under a transaction, verified by whoever hands it on.
 *
 * @param vkey hex hash of the key
 * @param publicKey the key's 32 bytes, hex
 * @param signature Ed25519 over the transaction's hash, 64 bytes, hex
 */
public record KeySignature(String vkey, String publicKey, String signature) {}
