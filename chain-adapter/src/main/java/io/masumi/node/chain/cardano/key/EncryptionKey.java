package io.masumi.node.chain.cardano.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.core.env.Environment;

/** The operator's {@code ENCRYPTION_KEY}, which opens the node's secrets. It never shows in a text. */
public final class EncryptionKey {

    /** Fewest characters of it. */
    public static final int MIN_LENGTH = 20;

    /** The setting, and the environment variable that may stand for it. */
    private static final String SETTING = "masumi.encryption-key";
    private static final String VARIABLE = "ENCRYPTION_KEY";
    private static final String COMPARISON = "masumi comparison of keys 1";
    private static final int DERIVED_BYTES = 32;

    private final String value;

    /** As it is set. @throws IllegalArgumentException if it is missing or too short */
    public static EncryptionKey of(Environment environment) {
        return new EncryptionKey(environment.getProperty(SETTING, environment.getProperty(VARIABLE, "")));
    }

    /** @throws IllegalArgumentException if it is missing or too short; the message does not repeat it */
    public EncryptionKey(String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("masumi.encryption-key (environment variable ENCRYPTION_KEY) is required");
        }
        if (value.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "masumi.encryption-key (environment variable ENCRYPTION_KEY) must have at least " + MIN_LENGTH + " characters");
        }
        this.value = value;
    }

    /**
     * What only who has the same key can say about a text that the asker makes up. It tells nothing of the key itself.
     *
     * @param challenge never used before
     * @return hex
     */
    public String proofFor(String challenge) {
        return keyedHash(COMPARISON).of(challenge);
    }

    /** Hashes for one purpose. */
    public KeyedHash keyedHash(String purpose) {
        return new KeyedHash(new SecretKeySpec(bytesFor(purpose), KeyedHash.ALGORITHM));
    }

    /** 32 bytes for one purpose (HKDF-SHA-256), which tell nothing of those for another. */
    public byte[] bytesFor(String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract().addIKM(bytes())
                    .thenExpand(purpose.getBytes(StandardCharsets.UTF_8), DERIVED_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 platform has HKDF-SHA256", e);
        }
    }

    byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "EncryptionKey[hidden]";
    }
}
