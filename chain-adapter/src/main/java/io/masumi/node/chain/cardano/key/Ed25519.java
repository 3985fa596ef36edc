package io.masumi.node.chain.cardano.key;

import com.bloxbean.cardano.client.crypto.config.CryptoConfiguration;

/** Checks signatures that strangers hand in. */
public final class Ed25519 {

    private Ed25519() {}

    /**
     * Whether it is a signature of the message by the key; false too when the key is no point of the curve.
     *
     * @param publicKey 32 bytes
     * @param signature 64 bytes
     */
    public static boolean verifies(byte[] publicKey, byte[] signature, byte[] message) {
        try {
            return CryptoConfiguration.INSTANCE.getSigningProvider().verify(signature, message, publicKey);
        } catch (RuntimeException notAPoint) {
            return false;
        }
    }
}
