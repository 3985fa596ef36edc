package io.masumi.node.chain.cardano.provider;

/** A transaction in the history of an address. @param index its place in its block */
public record AddressTransaction(String hash, long blockHeight, int index) {}
