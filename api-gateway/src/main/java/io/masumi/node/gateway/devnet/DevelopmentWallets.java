package io.masumi.node.gateway.devnet;

import io.masumi.node.chain.cardano.key.EncryptionKey;
import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.bip39.MnemonicCode;
import com.bloxbean.cardano.client.crypto.bip39.MnemonicException;
import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;
import io.masumi.node.devnet.control.ContractAdmins;
import java.util.HexFormat;

/**
 * The wallets of a node on its development network. They follow from the node's secret, so that a start that was killed
 * half-way is repeated with the same ones, and no other node has them.
 */
final class DevelopmentWallets {

    private final EncryptionKey key;

    DevelopmentWallets(EncryptionKey key) {
        this.key = key;
    }

    /** @param mnemonic 24 words, a secret */
    record Wallet(String mnemonic, Account account) {

        String address() {
            return account.baseAddress();
        }

        /** Hash of the payment key, hex. */
        String vkey() {
            return HexFormat.of().formatHex(account.hdKeyPair().getPublicKey().getKeyHash());
        }

        ContractAdmins.Signature sign(byte[] transactionHash) {
            byte[] signature = CryptoConfiguration.INSTANCE.getSigningProvider().signExtended(transactionHash, account.privateKeyBytes());
            return new ContractAdmins.Signature(HexFormat.of().formatHex(account.publicKeyBytes()), HexFormat.of().formatHex(signature));
        }

        @Override
        public String toString() {
            return "Wallet[" + address() + "]";
        }
    }

    /** The wallet of that name. */
    Wallet named(String name) {
        try {
            String mnemonic = String.join(" ", MnemonicCode.INSTANCE.toMnemonic(key.bytesFor("masumi development wallet " + name)));
            return new Wallet(mnemonic, Account.createFromMnemonic(Networks.testnet(), mnemonic));
        } catch (MnemonicException.MnemonicLengthException e) {
            throw new IllegalStateException("32 bytes make 24 words", e);
        }
    }
}
