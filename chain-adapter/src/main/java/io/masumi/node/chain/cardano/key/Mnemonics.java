package io.masumi.node.chain.cardano.key;

import io.masumi.node.escrow.Network;

/** Mnemonics that come in or go out, before they are kept or after they were made. */
public final class Mnemonics {

    private Mnemonics() {}

    /** 24 fresh words from the platform's secure random numbers. */
    public static String fresh() {
        return WalletAccount.freshMnemonic();
    }

    /**
     * Whose wallet a mnemonic is.
     *
     * @throws IllegalArgumentException if these are not 24 words of a mnemonic; the message does not repeat them
     */
    public static WalletIdentity identity(Network network, String mnemonic) {
        return WalletAccount.of(network, mnemonic).identity();
    }
}
