package io.masumi.node.contracts;

/**
 * A transaction output by its transaction id (32 bytes, lower-case hex) and index.
 */
public record OutputReference(String txHash, int index) {

    public OutputReference {
        txHash = Hex.checked("transaction hash", txHash, 32);
        if (index < 0) {
            throw new IllegalArgumentException("output index must not be negative: " + index);
        }
    }
}
