package io.masumi.node.cardano;

/** A transaction output, as whoever reads the chain names it: the transaction's hash in hex, and the output's index. */
public record OutputRef(String transactionHash, int index) {

    @Override
    public String toString() {
        return transactionHash + "#" + index;
    }
}
