package io.masumi.node;

/**
 * Who asks: the API key a request came with. The node itself asks under {@link #NODE}.
 *
 * @param keyId id of the API key (never the key)
 * @param admin whether the key may act on other keys' records
 */
public record Requester(String keyId, boolean admin) {

    /** The node acting by itself: deadlines, observations of the chain, set-up. */
    public static final Requester NODE = new Requester("node", true);

    /** Whether this requester may act on a record that the given key created. */
    public boolean mayActOnRecordOf(String creatorKeyId) {
        return admin || keyId.equals(creatorKeyId);
    }
}
