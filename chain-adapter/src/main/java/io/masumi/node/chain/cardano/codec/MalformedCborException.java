package io.masumi.node.chain.cardano.codec;

/** Bytes are not the CBOR that was expected. */
public class MalformedCborException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedCborException(String message) {
        super(message);
    }
}
