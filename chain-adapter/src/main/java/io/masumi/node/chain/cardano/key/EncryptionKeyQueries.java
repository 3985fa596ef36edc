package io.masumi.node.chain.cardano.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.axonframework.queryhandling.QueryHandler;

/** Compares others' encryption keys with the one that the node's secrets are sealed under. */
public final class EncryptionKeyQueries {

    private final EncryptionKey key;

    /** @param key that has opened the secrets */
    public EncryptionKeyQueries(EncryptionKey key) {
        this.key = key;
    }

    @QueryHandler
    Boolean on(CompareEncryptionKey query) {
        return MessageDigest.isEqual(key.proofFor(query.challenge()).getBytes(StandardCharsets.US_ASCII),
                query.proof().getBytes(StandardCharsets.US_ASCII));
    }
}
