package io.masumi.node.chain.source;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Plutus V3 scripts by their hash. Whatever comes in must have the hash it goes by: bytes are never rebuilt
 * (docs/contracts.md, "Contracts of others").
 */
public final class Scripts {

    private static final byte PLUTUS_V3 = 3;

    private final JdbcClient database;

    public Scripts(JdbcClient database) {
        this.database = database;
    }

    /** The ledger's hash of a Plutus V3 script: blake2b-224 of the byte 3 and the script, hex. */
    public static String hash(byte[] script) {
        byte[] tagged = new byte[script.length + 1];
        tagged[0] = PLUTUS_V3;
        System.arraycopy(script, 0, tagged, 1, script.length);
        return HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(tagged));
    }

    void put(byte[] script) {
        database.sql("insert into script (hash, bytes) values (:hash, :bytes) on conflict (hash) do nothing")
                .param("hash", hash(script)).param("bytes", script).update();
    }

    /** A script's bytes as the ledger hashes them, empty if it is not kept. */
    public Optional<byte[]> find(String hash) {
        Optional<byte[]> script = database.sql("select bytes from script where hash = :hash").param("hash", hash).query(byte[].class)
                .optional();
        if (script.filter(bytes -> !hash(bytes).equals(hash)).isPresent()) {
            throw new IllegalStateException("the bytes kept for script " + hash + " are not its own");
        }
        return script;
    }
}
