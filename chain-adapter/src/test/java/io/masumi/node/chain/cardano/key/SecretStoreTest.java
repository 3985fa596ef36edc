package io.masumi.node.chain.cardano.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.testing.TestPostgres;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@Tag("slow")
class SecretStoreTest {

    private static final EncryptionKey KEY = new EncryptionKey("an encryption key of length");
    private static final String SECRET = "preprodSecretProjectId";

    private JdbcClient database;
    private SecretStore store;

    @BeforeEach
    void openStore() {
        DriverManagerDataSource pool = new DriverManagerDataSource(TestPostgres.newDatabase());
        Flyway.configure().dataSource(pool).locations("classpath:db/migration/chain").load().migrate();
        database = JdbcClient.create(pool);
        store = SecretStore.open(database, KEY, new SecureRandom());
    }

    @Test
    void whatIsKeptComesBackAlsoAfterARestart() {
        store.put(SecretKind.PROVIDER_KEY, "a", SECRET);

        assertThat(store.<String>use(SecretKind.PROVIDER_KEY, "a", secret -> secret)).contains(SECRET);
        assertThat(SecretStore.open(database, KEY, new SecureRandom()).<String>use(SecretKind.PROVIDER_KEY, "a", secret -> secret))
                .contains(SECRET);
        assertThat(store.<String>use(SecretKind.PROVIDER_KEY, "b", secret -> secret)).isEmpty();
    }

    @Test
    void theDatabaseHoldsNothingReadableAndNoTwoSecretsAlike() {
        store.put(SecretKind.PROVIDER_KEY, "a", SECRET);
        store.put(SecretKind.PROVIDER_KEY, "b", SECRET);
        byte[] a = stored("a");
        byte[] b = stored("b");

        assertThat(HexFormat.of().formatHex(a)).doesNotContain(HexFormat.of().formatHex(SECRET.getBytes()));
        assertThat(a).hasSize(b.length).isNotEqualTo(b);
        assertThat(HexFormat.of().formatHex(a)).startsWith("0100000001");
    }

    @Test
    void anotherEncryptionKeyOpensNothing() {
        assertThatThrownBy(() -> SecretStore.open(database, new EncryptionKey("an encryption key of lengtH"), new SecureRandom()))
                .isInstanceOf(WrongEncryptionKeyException.class).hasMessageNotContaining("lengt");
    }

    @Test
    void aChangedSwappedOrRenamedSecretDoesNotOpen() {
        store.put(SecretKind.PROVIDER_KEY, "a", SECRET);
        byte[] sealed = stored("a");
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            store("a", changed);
            assertThatThrownBy(() -> store.use(SecretKind.PROVIDER_KEY, "a", secret -> secret)).as("byte %d", i)
                    .isInstanceOf(WrongEncryptionKeyException.class);
        }
        store("a", new byte[3]);
        assertThatThrownBy(() -> store.use(SecretKind.PROVIDER_KEY, "a", secret -> secret)).isInstanceOf(WrongEncryptionKeyException.class);
        store.put(SecretKind.PROVIDER_KEY, "b", "another");
        store("b", sealed);
        assertThatThrownBy(() -> store.use(SecretKind.PROVIDER_KEY, "b", secret -> secret)).isInstanceOf(WrongEncryptionKeyException.class);
        store("a", sealed);
        assertThatThrownBy(() -> store.use(SecretKind.WALLET_MNEMONIC, "a", secret -> secret))
                .isInstanceOf(WrongEncryptionKeyException.class);
        assertThat(store.<String>use(SecretKind.PROVIDER_KEY, "a", secret -> secret)).contains(SECRET);
    }

    @Test
    void theEncryptionKeyIsRequiredAndLongEnoughAndNeverShown() {
        assertThatThrownBy(() -> new EncryptionKey(null)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("required");
        assertThatThrownBy(() -> new EncryptionKey("1234567890123456789")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20").hasMessageNotContaining("123456");
        assertThat(KEY.toString()).doesNotContain("length");
    }

    private byte[] stored(String id) {
        return database.sql("select ciphertext from secret where id = :id").param("id", id).query(byte[].class).single();
    }

    private void store(String id, byte[] sealed) {
        database.sql("update secret set ciphertext = :sealed where id = :id").param("id", id).param("sealed", sealed).update();
    }
}
