package io.masumi.node.chain.wallet;

import io.masumi.node.escrow.Network;

/** A query: the unspent outputs of an address, as {@link Utxo}s. @param count 1 to 100. @param page from 1. @param newestFirst order */
public record FindUtxos(Network network, String address, int count, int page, boolean newestFirst) {}
