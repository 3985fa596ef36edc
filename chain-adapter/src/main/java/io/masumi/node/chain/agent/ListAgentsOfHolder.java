package io.masumi.node.chain.agent;

import io.masumi.node.escrow.Network;

/**
 * Asks which agents a payment key holds on chain. Answers {@link MintedAgent}s whose metadata can be read; at most
 * {@value #MAX} NFTs are looked at, those of the oldest outputs first, for anybody may send a key as many as they like.
 *
 * @param vkey hex hash of the payment key
 * @param smartContractAddress of the payment source, bech32; null for all of the network
 */
public record ListAgentsOfHolder(Network network, String vkey, String smartContractAddress) {

    public static final int MAX = 200;
}
