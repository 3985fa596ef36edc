package io.masumi.node.chain.cardano.key;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.crypto.bip32.HdKeyPair;
import com.bloxbean.cardano.client.crypto.bip39.MnemonicCode;
import com.bloxbean.cardano.client.crypto.bip39.MnemonicException;
import com.bloxbean.cardano.client.crypto.bip39.Words;
import com.bloxbean.cardano.client.crypto.cip1852.CIP1852;
import com.bloxbean.cardano.client.crypto.cip1852.DerivationPath;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;
import io.masumi.node.escrow.Network;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The keys of a wallet while they are in use: CIP-1852 account 0, payment key 0/0 with stake key. Short-lived; shows nothing
 * of itself in a text. cardano-client-lib's {@code Account} is not used because it stretches the mnemonic anew for every key.
 */
final class WalletAccount {

    private static final int WORDS = 24;
    private static final DerivationPath PAYMENT = DerivationPath.createExternalAddressDerivationPathForAccount(0);
    private static final DerivationPath STAKE = DerivationPath.createStakeAddressDerivationPathForAccount(0);

    private final Network network;
    private final byte[] rootKey;

    private WalletAccount(Network network, byte[] rootKey) {
        this.network = network;
        this.rootKey = rootKey;
    }

    /** @throws IllegalArgumentException if these are not 24 words of a mnemonic; the message does not repeat them */
    static WalletAccount of(Network network, String mnemonic) {
        List<String> words = List.of(mnemonic.strip().toLowerCase(Locale.ROOT).split("\\s+"));
        if (words.size() != WORDS) {
            throw new IllegalArgumentException("a mnemonic must have " + WORDS + " words, not " + words.size());
        }
        try {
            MnemonicCode.INSTANCE.check(words);
        } catch (MnemonicException e) {
            // The library's message names the wrong word, so neither it nor the exception goes on.
            throw new IllegalArgumentException("the mnemonic is not valid: a word is unknown or the checksum is wrong");
        }
        return new WalletAccount(network,
                new CIP1852().getRootKeyPairFromMnemonic(String.join(" ", words)).getPrivateKey().getBytes());
    }

    static String freshMnemonic() {
        try {
            return String.join(" ", MnemonicCode.INSTANCE.createMnemonic(Words.TWENTY_FOUR));
        } catch (MnemonicException.MnemonicLengthException e) {
            throw new IllegalStateException("24 words are a length of mnemonics", e);
        }
    }

    WalletIdentity identity() {
        HdKeyPair payment = keys(PAYMENT);
        byte[] publicKey = payment.getPublicKey().getKeyData();
        String address = AddressProvider.getBaseAddress(payment.getPublicKey(), keys(STAKE).getPublicKey(),
                network == Network.Mainnet ? Networks.mainnet() : Networks.testnet()).toBech32();
        return new WalletIdentity(publicKey, HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(publicKey)), address);
    }

    byte[] sign(byte[] message) {
        return CryptoConfiguration.INSTANCE.getSigningProvider().signExtended(message, keys(PAYMENT).getPrivateKey().getKeyData());
    }

    private HdKeyPair keys(DerivationPath path) {
        return new CIP1852().getKeyPairFromRootKey(rootKey, path);
    }

    @Override
    public String toString() {
        return "WalletAccount[hidden]";
    }
}
