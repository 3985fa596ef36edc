package io.masumi.node.chain.key;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.crypto.bip39.MnemonicCode;
import com.bloxbean.cardano.client.crypto.bip39.MnemonicException;
import com.bloxbean.cardano.client.crypto.bip39.Words;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;
import io.masumi.node.escrow.Network;
import java.util.HexFormat;
import java.util.List;

/**
 * The keys of a wallet while they are in use: CIP-1852 account 0, payment key 0/0 with stake key. Short-lived; shows nothing
 * of itself in a text.
 */
final class WalletAccount {

    private static final int WORDS = 24;

    private final Account account;

    private WalletAccount(Account account) {
        this.account = account;
    }

    /** @throws IllegalArgumentException if these are not 24 words of a mnemonic; the message does not repeat them */
    static WalletAccount of(Network network, String mnemonic) {
        List<String> words = List.of(mnemonic.strip().toLowerCase(java.util.Locale.ROOT).split("\\s+"));
        if (words.size() != WORDS) {
            throw new IllegalArgumentException("a mnemonic must have " + WORDS + " words, not " + words.size());
        }
        try {
            MnemonicCode.INSTANCE.check(words);
        } catch (MnemonicException e) {
            // The library's message names the wrong word, so neither it nor the exception goes on.
            throw new IllegalArgumentException("the mnemonic is not valid: a word is unknown or the checksum is wrong");
        }
        var library = network == Network.Mainnet ? Networks.mainnet() : Networks.testnet();
        return new WalletAccount(Account.createFromMnemonic(library, String.join(" ", words)));
    }

    static String freshMnemonic() {
        try {
            return String.join(" ", MnemonicCode.INSTANCE.createMnemonic(Words.TWENTY_FOUR));
        } catch (MnemonicException.MnemonicLengthException e) {
            throw new IllegalStateException("24 words are a length of mnemonics", e);
        }
    }

    WalletIdentity identity() {
        byte[] publicKey = account.publicKeyBytes();
        return new WalletIdentity(publicKey, HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(publicKey)), account.baseAddress());
    }

    byte[] sign(byte[] message) {
        return CryptoConfiguration.INSTANCE.getSigningProvider().signExtended(message, account.privateKeyBytes());
    }

    @Override
    public String toString() {
        return "WalletAccount[hidden]";
    }
}
