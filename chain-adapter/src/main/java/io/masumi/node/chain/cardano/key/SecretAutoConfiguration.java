package io.masumi.node.chain.cardano.key;

import io.masumi.node.platform.serialization.MessageJson;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** In every process: also one that only hands a secret on must seal it. */
@AutoConfiguration
public class SecretAutoConfiguration {

    @Bean
    MessageJson secretsInMessages(Environment environment) {
        return new MessageJson(new SecretsInMessages(() -> EncryptionKey.of(environment)));
    }
}
