package io.masumi.node.chain.wallet;

/** A fresh wallet. @param mnemonic 24 words, a secret. @param address bech32. @param vkey hex hash of the payment key */
public record GeneratedWallet(String mnemonic, String address, String vkey) {

    @Override
    public String toString() {
        return "GeneratedWallet[address=" + address + "]";
    }
}
