package io.masumi.node.chain.cardano.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The node's secrets, sealed in the database. */
public final class SecretStore {

    private static final int CURRENT_KEY_VERSION = 1;
    private static final String PROOF = "this vault opens";

    private final JdbcClient database;
    private final Vault vault;

    private SecretStore(JdbcClient database, Vault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * Opens the store; the first time this fixes the encryption key that it opens with ever after.
     *
     * @throws WrongEncryptionKeyException if the secrets are sealed under another encryption key
     */
    public static SecretStore open(JdbcClient database, EncryptionKey key, SecureRandom random) {
        Optional<StoredKey> stored = storedKey(database);
        if (stored.isEmpty()) {
            KeyDerivation fresh = KeyDerivation.fresh(CURRENT_KEY_VERSION, random);
            Vault vault = new Vault(fresh, key, random);
            if (insert(database, fresh, vault.seal(SecretKind.PROVIDER_KEY, PROOF, PROOF.getBytes(StandardCharsets.US_ASCII)))) {
                return new SecretStore(database, vault);
            }
            // Another process of this node was first.
            stored = storedKey(database);
        }
        StoredKey known = stored.orElseThrow();
        Vault vault = new Vault(known.derivation(), key, random);
        try {
            vault.open(SecretKind.PROVIDER_KEY, PROOF, known.proof());
        } catch (WrongEncryptionKeyException e) {
            throw new WrongEncryptionKeyException(
                    "ENCRYPTION_KEY is not the one that this node's secrets are sealed under; all processes of a node need the same");
        }
        return new SecretStore(database, vault);
    }

    private static boolean insert(JdbcClient database, KeyDerivation derivation, byte[] proof) {
        return database.sql("""
                insert into vault_key (version, scrypt_cost, scrypt_block_size, scrypt_parallelism, salt, proof)
                values (:version, :cost, :blockSize, :parallelism, :salt, :proof) on conflict (version) do nothing""")
                .param("version", derivation.version()).param("cost", derivation.cost()).param("blockSize", derivation.blockSize())
                .param("parallelism", derivation.parallelism()).param("salt", derivation.salt()).param("proof", proof).update() == 1;
    }

    private record StoredKey(KeyDerivation derivation, byte[] proof) {}

    private static Optional<StoredKey> storedKey(JdbcClient database) {
        return database.sql("select * from vault_key where version = :version").param("version", CURRENT_KEY_VERSION)
                .query((row, index) -> new StoredKey(
                        new KeyDerivation(row.getInt("version"), row.getInt("scrypt_cost"), row.getInt("scrypt_block_size"),
                                row.getInt("scrypt_parallelism"), row.getBytes("salt")),
                        row.getBytes("proof")))
                .optional();
    }

    /** Keeps a secret under an id, in place of one that is there. */
    public void put(SecretKind kind, String id, String secret) {
        byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
        byte[] sealed = vault.seal(kind, id, plain);
        Arrays.fill(plain, (byte) 0);
        database.sql("""
                insert into secret (id, kind, ciphertext) values (:id, :kind, :ciphertext)
                on conflict (id) do update set kind = excluded.kind, ciphertext = excluded.ciphertext""")
                .param("id", id).param("kind", kind.name()).param("ciphertext", sealed).update();
    }

    /**
     * Opens a secret for as long as {@code use} runs.
     *
     * @return what {@code use} returns; empty when there is no such secret
     * @throws WrongEncryptionKeyException if it does not open
     */
    public <T> Optional<T> use(SecretKind kind, String id, Function<String, T> use) {
        return database.sql("select ciphertext from secret where id = :id").param("id", id).query(byte[].class).optional().map(sealed -> {
            byte[] plain = vault.open(kind, id, sealed);
            try {
                return use.apply(new String(plain, StandardCharsets.UTF_8));
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        });
    }
}
