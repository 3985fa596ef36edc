package io.masumi.node.gateway.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/** The node's encryption key, as the source of keys for single purposes (HKDF-SHA256). It never shows in a text. */
public final class NodeSecret {

    private static final int BYTES = 32;

    private final byte[] material;

    /** @param encryptionKey the setting {@code masumi.encryption-key} */
    public NodeSecret(String encryptionKey) {
        material = encryptionKey.getBytes(StandardCharsets.UTF_8);
    }

    /** The key for one purpose. @param algorithm what the key is for, such as {@code HmacSHA256} */
    public SecretKey keyFor(String purpose, String algorithm) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, spec(purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 platform has HKDF-SHA256", e);
        }
    }

    /** 32 bytes for one purpose. */
    public byte[] bytesFor(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(spec(purpose));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 platform has HKDF-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "NodeSecret[hidden]";
    }

    private HKDFParameterSpec spec(String purpose) {
        return HKDFParameterSpec.ofExtract().addIKM(material).thenExpand(purpose.getBytes(StandardCharsets.UTF_8), BYTES);
    }
}
