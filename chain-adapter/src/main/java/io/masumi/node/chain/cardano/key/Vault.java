package io.masumi.node.chain.cardano.key;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens secrets with AES-256-GCM.
 *
 * <p>The master key comes from the encryption key by scrypt once, when the vault is made, because signing must not cost a
 * scrypt each time; it is the only secret that is kept. Each secret has a key of its own, HKDF-SHA-256 of the master key
 * with a salt of its own, and a nonce of its own.
 *
 * <p>A sealed secret is: format version (1 byte, 1) · version of the master key (4 bytes) · salt (16) · nonce (12) ·
 * ciphertext and tag. All before the ciphertext, the secret's kind and its id are authenticated with it, so that rows cannot
 * be swapped.
 */
final class Vault {

    private static final byte FORMAT = 1;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int HEADER_BYTES = 1 + Integer.BYTES + SALT_BYTES + NONCE_BYTES;

    private final int keyVersion;
    private final SecretKey master;
    private final SecureRandom random;

    Vault(KeyDerivation derivation, EncryptionKey key, SecureRandom random) {
        this.keyVersion = derivation.version();
        this.random = random;
        byte[] derived = derivation.derive(key);
        this.master = new SecretKeySpec(derived, "HKDF");
        Arrays.fill(derived, (byte) 0);
    }

    byte[] seal(SecretKind kind, String id, byte[] secret) {
        byte[] salt = fresh(SALT_BYTES);
        byte[] nonce = fresh(NONCE_BYTES);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).putInt(keyVersion).put(salt).put(nonce).array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, kind, id, header, salt, nonce).doFinal(secret);
            return ByteBuffer.allocate(header.length + sealed.length).put(header).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /** @throws WrongEncryptionKeyException if it was not sealed by this vault under that kind and id, or was changed since */
    byte[] open(SecretKind kind, String id, byte[] sealed) {
        if (sealed.length < HEADER_BYTES + TAG_BITS / Byte.SIZE || sealed[0] != FORMAT) {
            throw new WrongEncryptionKeyException("secret " + id + " is not in a form that this node knows");
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, sealed.length - 1);
        int version = buffer.getInt();
        if (version != keyVersion) {
            throw new WrongEncryptionKeyException("secret " + id + " is sealed under key version " + version + ", not " + keyVersion);
        }
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(salt).get(nonce);
        byte[] header = Arrays.copyOf(sealed, HEADER_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, kind, id, header, salt, nonce).doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (GeneralSecurityException e) {
            throw new WrongEncryptionKeyException("secret " + id + " does not open: the encryption key is another one, or it was changed");
        }
    }

    private Cipher cipher(int mode, SecretKind kind, String id, byte[] header, byte[] salt, byte[] nonce) throws GeneralSecurityException {
        SecretKey key = KDF.getInstance("HKDF-SHA256").deriveKey("AES",
                HKDFParameterSpec.ofExtract().addIKM(master).addSalt(salt)
                        .thenExpand("masumi secret".getBytes(StandardCharsets.US_ASCII), KeyDerivation.KEY_BYTES));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        cipher.updateAAD((kind.name() + ":" + id).getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private byte[] fresh(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public String toString() {
        return "Vault[keyVersion=" + keyVersion + "]";
    }
}
