package io.masumi.node.devnet.rules;

import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.address.Credential;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.crypto.CryptoException;
import com.bloxbean.cardano.client.crypto.KeyGenUtil;
import com.bloxbean.cardano.client.crypto.SecretKey;
import com.bloxbean.cardano.client.exception.CborSerializationException;

/** One fixed key and its address. */
record Wallet(SecretKey key, byte[] keyHash, String address) {
    static Wallet of(int number) {
        try {
            byte[] seed = new byte[32];
            seed[0] = (byte) number;
            SecretKey key = SecretKey.create(seed);
            byte[] hash = Blake2bUtil.blake2bHash224(KeyGenUtil.getPublicKeyFromPrivateKey(key).getBytes());
            return new Wallet(key, hash, AddressProvider.getEntAddress(Credential.fromKey(hash), Networks.testnet()).toBech32());
        } catch (CborSerializationException | CryptoException e) {
            throw new IllegalStateException(e);
        }
    }

    String mainnetAddress() {
        return AddressProvider.getEntAddress(Credential.fromKey(keyHash), Networks.mainnet()).toBech32();
    }
}
