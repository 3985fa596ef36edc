package io.masumi.node.gateway.node;

import io.masumi.node.gateway.access.AccessTokens;
import io.masumi.node.gateway.node.DataDirectory.Secret;
import io.masumi.node.chain.cardano.key.EncryptionKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that a process starts with. A node that is one process makes those that it is not given and keeps them in its data directory;
 * of several processes each would make its own, so they must be given.
 */
final class NodeKeys {

    private static final int ENCRYPTION_KEY_BYTES = 32;

    private final String encryptionKey;
    private final String adminKey;
    /** What holds the admin's key that this node made, now or earlier; empty when it was given. */
    private final Optional<DataDirectory> generatedIn;
    private final boolean generatedNow;

    private NodeKeys(String encryptionKey, String adminKey, Optional<DataDirectory> generatedIn, boolean generatedNow) {
        this.encryptionKey = encryptionKey;
        this.adminKey = adminKey;
        this.generatedIn = generatedIn;
        this.generatedNow = generatedNow;
    }

    /** @throws IllegalStateException when the encryption key is missing and none may be made */
    static NodeKeys of(NodeOptions options, ProcessOfNode process, Optional<DataDirectory> data) {
        Optional<String> adminKey = options.variable("ADMIN_KEY");
        if (process.isOneOfSeveral()) {
            return new NodeKeys(options.variable("ENCRYPTION_KEY").or(() -> keyOfTheOthers(options.data())).orElseThrow(
                    () -> new IllegalStateException("ENCRYPTION_KEY is not set. This process (" + process + ") is one of several of a node,"
                            + " which all need the same one: set it to the node's; one that is a process by itself keeps it in the file "
                            + RunningNode.ENCRYPTION_KEY_FILE + " of its data directory")),
                    adminKey.orElse(""), Optional.empty(), false);
        }
        SecureRandom random = new SecureRandom();
        DataDirectory own = data.orElseThrow();
        String encryptionKey = options.variable("ENCRYPTION_KEY").orElseGet(() -> encryptionKey(own, random));
        return adminKey.map(given -> new NodeKeys(encryptionKey, given, Optional.empty(), false)).orElseGet(() -> {
            Secret made = own.secret(RunningNode.ADMIN_KEY_FILE, () -> new AccessTokens(new EncryptionKey(encryptionKey), random).fresh());
            return new NodeKeys(encryptionKey, made.value(), data, made.isNew());
        });
    }

    Map<String, Object> settings() {
        return Map.of("masumi.encryption-key", encryptionKey, "masumi.admin-key", adminKey, "masumi.admin-key-is-generated",
                generatedIn.isPresent());
    }

    /**
     * The admin's key that this start made.
     *
     * @param isAdmins whether it is one: where others had been made before, it is not, and is thrown away
     */
    Optional<String> newAdminKey(boolean isAdmins) {
        if (!generatedNow) {
            return Optional.empty();
        }
        if (!isAdmins) {
            generatedIn.orElseThrow().remove(RunningNode.ADMIN_KEY_FILE);
            return Optional.empty();
        }
        return Optional.of(adminKey);
    }

    /** Of a node on the same machine whose data directory is named. */
    private static Optional<String> keyOfTheOthers(Path directory) {
        Path file = directory.resolve(RunningNode.ENCRYPTION_KEY_FILE);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * A key that was lost cannot be made up for: the wallets and API keys that it opened would be lost with it, so a node
     * with data never makes a new one.
     */
    private static String encryptionKey(DataDirectory data, SecureRandom random) {
        if (!data.has(RunningNode.ENCRYPTION_KEY_FILE) && (data.has("postgres") || data.has("devnet"))) {
            throw new IllegalStateException("The data in " + data.path() + " was encrypted with a key that is not in the file "
                    + RunningNode.ENCRYPTION_KEY_FILE + ": give it in the environment variable ENCRYPTION_KEY");
        }
        return data.secret(RunningNode.ENCRYPTION_KEY_FILE, () -> {
            byte[] bytes = new byte[ENCRYPTION_KEY_BYTES];
            random.nextBytes(bytes);
            return HexFormat.of().formatHex(bytes);
        }).value();
    }

    @Override
    public String toString() {
        return "NodeKeys[hidden]";
    }
}
