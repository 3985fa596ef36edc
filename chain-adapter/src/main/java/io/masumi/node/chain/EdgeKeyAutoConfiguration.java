package io.masumi.node.chain;

import io.masumi.node.chain.cardano.key.EncryptionKey;
import io.masumi.node.chain.cardano.key.SecretStore;
import io.masumi.node.platform.ConditionalOnRole;
import java.security.SecureRandom;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * API keys are known by a hash that depends on the encryption key: an edge with another one would know nobody, and make an admin of its
 * own. So an edge that has the database does not start with another key than the secrets are sealed under.
 */
@AutoConfiguration(after = CardanoAutoConfiguration.class, afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@ConditionalOnRole("gateway")
@ConditionalOnBean(JdbcClient.class)
@ConditionalOnMissingBean(SecretStore.class)
public class EdgeKeyAutoConfiguration {

    /** Opens nothing but the proof that it could. @throws io.masumi.node.chain.cardano.key.WrongEncryptionKeyException if the key is another one */
    @Bean
    @DependsOnDatabaseInitialization
    EncryptionKey encryptionKey(JdbcClient database, Environment environment) {
        EncryptionKey key = EncryptionKey.of(environment);
        SecretStore.open(database, key, new SecureRandom());
        return key;
    }
}
