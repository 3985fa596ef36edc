package io.masumi.node.escrow;

/**
 * A hot wallet of this node, as a record names it.
 *
 * @param vkey hex hash of the payment key
 * @param address bech32
 */
public record WalletRef(String id, String vkey, String address) {}
