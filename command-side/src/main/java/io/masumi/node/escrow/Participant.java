package io.masumi.node.escrow;

/**
 * A party of a sale as the chain names it.
 *
 * @param vkey hex hash of the payment key (the wire's {@code walletVkey}); null for a script credential, which locks money
 *     for ever and is never agreed to
 * @param address bech32
 */
public record Participant(String vkey, String address) {}
