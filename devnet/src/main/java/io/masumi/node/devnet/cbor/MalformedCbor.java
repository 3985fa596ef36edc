package io.masumi.node.devnet.cbor;

/** Bytes that are not one well-formed CBOR item, or not the item that the ledger expects at that place. */
public final class MalformedCbor extends RuntimeException {
    public MalformedCbor(String message) {
        super(message);
    }
}
