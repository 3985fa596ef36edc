package io.masumi.node.devnet.ledger;

/**
 * Names one transaction output. Ordered as the ledger orders inputs: by transaction id, then by index.
 *
 * @param transactionId 64 lower-case hex digits
 * @param index position among the outputs, from 0
 */
public record OutputReference(String transactionId, int index) implements Comparable<OutputReference> {
    @Override
    public int compareTo(OutputReference other) {
        int byTransaction = transactionId.compareTo(other.transactionId);
        return byTransaction != 0 ? byTransaction : Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return transactionId + "#" + index;
    }
}
