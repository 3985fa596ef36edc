package io.masumi.node.cbor;

/** Bytes are not one well-formed CBOR item, or not the item that is expected at that place. */
public class MalformedCborException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedCborException(String message) {
        super(message);
    }
}
