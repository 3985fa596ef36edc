package io.masumi.node.chain.cardano.key;

/**
 * A query: whether the node's secrets are sealed under the asker's encryption key. The answer is a Boolean.
 *
 * @param challenge made up by the asker, never used before
 * @param proof what {@link EncryptionKey#proofFor} says of it with the asker's key
 */
public record CompareEncryptionKey(String challenge, String proof) {}
