package io.masumi.node.chain.cardano.key;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * How a vault's master key follows from the encryption key: scrypt (RFC 7914) with these costs and salt.
 *
 * @param version of the master key; every sealed secret names the one it is sealed under, so that keys can be rotated
 */
record KeyDerivation(int version, int cost, int blockSize, int parallelism, byte[] salt) {

    static final int KEY_BYTES = 32;

    private static final int SALT_BYTES = 16;

    static KeyDerivation fresh(int version, SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return of(version, salt);
    }

    /** One of the settings that OWASP's password storage cheat sheet holds equal: 32 MiB, three passes. */
    static KeyDerivation of(int version, byte[] salt) {
        return new KeyDerivation(version, 1 << 15, 8, 3, salt);
    }

    /** The master key. Takes tens to hundreds of milliseconds, on purpose. */
    byte[] derive(EncryptionKey key) {
        byte[] passphrase = key.bytes();
        try {
            return SCrypt.generate(passphrase, salt, cost, blockSize, parallelism, KEY_BYTES);
        } finally {
            Arrays.fill(passphrase, (byte) 0);
        }
    }
}
