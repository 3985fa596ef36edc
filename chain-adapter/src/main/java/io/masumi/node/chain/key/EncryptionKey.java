package io.masumi.node.chain.key;

import java.nio.charset.StandardCharsets;
import org.springframework.core.env.Environment;

/** The operator's {@code ENCRYPTION_KEY}, which opens the node's secrets. It never shows in a text. */
public final class EncryptionKey {

    /** Fewest characters of it. */
    public static final int MIN_LENGTH = 20;

    /** The setting, and the environment variable that may stand for it. */
    private static final String SETTING = "masumi.encryption-key";
    private static final String VARIABLE = "ENCRYPTION_KEY";

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

    byte[] bytes() {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "EncryptionKey[hidden]";
    }
}
