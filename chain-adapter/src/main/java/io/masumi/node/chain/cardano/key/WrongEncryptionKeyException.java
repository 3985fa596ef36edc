package io.masumi.node.chain.cardano.key;

/** The encryption key is not the one that the node's secrets were sealed under, or a stored secret was tampered with. */
public class WrongEncryptionKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public WrongEncryptionKeyException(String message) {
        super(message);
    }
}
