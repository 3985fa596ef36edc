package io.masumi.node.chain.cardano.key;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Seals secrets in messages between processes, so that Axon Server has none of them: under the encryption key that all processes of a node
 * share. What it takes to use the key is done when the first secret is sent or comes, which in a node of one process is never.
 */
public final class SecretsInMessages extends SimpleModule {

    private static final long serialVersionUID = 1L;
    private static final int KEY_VERSION = 1;
    /** The processes have no place to share one of their own, and each secret is sealed with a salt of its own besides. */
    private static final byte[] SALT = "masumi messages1".getBytes(StandardCharsets.US_ASCII);
    private static final String ID = "message";

    private final transient Supplier<EncryptionKey> key;
    private transient Vault vault;

    /** @param key is asked for when it is needed */
    public SecretsInMessages(Supplier<EncryptionKey> key) {
        super(SecretsInMessages.class.getSimpleName());
        this.key = key;
        setMixInAnnotation(Secret.class, Sealed.class);
        addSerializer(Secret.class, new Sealing());
        addDeserializer(Secret.class, new Opening());
    }

    /** Takes back that secrets are not written at all. */
    @JsonSerialize(using = JsonSerializer.None.class)
    @JsonDeserialize(using = JsonDeserializer.None.class)
    private interface Sealed {}

    private final class Sealing extends JsonSerializer<Secret> {

        @Override
        public void serialize(Secret secret, JsonGenerator json, SerializerProvider serializers) throws IOException {
            byte[] plain = secret.text().getBytes(StandardCharsets.UTF_8);
            json.writeBinary(vault().seal(SecretKind.IN_MESSAGE, ID, plain));
            Arrays.fill(plain, (byte) 0);
        }
    }

    private final class Opening extends JsonDeserializer<Secret> {

        @Override
        public Secret deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return new Secret(new String(vault().open(SecretKind.IN_MESSAGE, ID, json.getBinaryValue()), StandardCharsets.UTF_8));
        }
    }

    private synchronized Vault vault() {
        if (vault == null) {
            vault = new Vault(KeyDerivation.of(KEY_VERSION, SALT), key.get(), new SecureRandom());
        }
        return vault;
    }
}
