package io.masumi.node.chain.cardano.key;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * The public side of a wallet's keys.
 *
 * @param publicKey the payment key's 32 bytes
 * @param vkey hex hash of the payment key
 * @param address bech32 of payment key 0/0 and stake key
 */
public record WalletIdentity(byte[] publicKey, String vkey, String address) {

    @Override
    public boolean equals(Object other) {
        return other instanceof WalletIdentity identity && Arrays.equals(publicKey, identity.publicKey) && vkey.equals(identity.vkey)
                && address.equals(identity.address);
    }

    @Override
    public int hashCode() {
        return vkey.hashCode();
    }

    @Override
    public String toString() {
        return "WalletIdentity[address=" + address + ", publicKey=" + HexFormat.of().formatHex(publicKey) + "]";
    }
}
