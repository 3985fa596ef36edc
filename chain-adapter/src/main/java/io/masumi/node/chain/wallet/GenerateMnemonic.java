package io.masumi.node.chain.wallet;

import io.masumi.node.escrow.Network;

/** A query: makes a fresh mnemonic that the node does not keep. Answers {@link GeneratedWallet}. */
public record GenerateMnemonic(Network network) {}
