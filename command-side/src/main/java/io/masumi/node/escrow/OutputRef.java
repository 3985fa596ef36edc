package io.masumi.node.escrow;

/** A transaction output: the transaction's hash in hex, and the output's index. */
public record OutputRef(String transactionHash, int index) {

    @Override
    public String toString() {
        return transactionHash + "#" + index;
    }
}
