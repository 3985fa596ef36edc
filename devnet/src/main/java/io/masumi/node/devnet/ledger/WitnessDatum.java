package io.masumi.node.devnet.ledger;

/**
 * A datum given in a witness set for an output that carries only its hash.
 *
 * @param hash blake2b-256 of the bytes as sent, hex
 */
public record WitnessDatum(String hash, byte[] cbor) {}
