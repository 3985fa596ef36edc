package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import io.masumi.node.cardano.OutputRef;
import java.util.List;

/**
 * The outputs that a transaction of ours needs, read back from its bytes.
 *
 * @param inputs those that it spends
 * @param collateral those that it puts up
 * @param references those that it only refers to, because they carry its scripts
 */
public record NeededOutputs(List<OutputRef> inputs, List<OutputRef> collateral, List<OutputRef> references) {

    /** @throws IllegalArgumentException if these are not the bytes of a transaction */
    public static NeededOutputs of(byte[] transaction) {
        try {
            TransactionBody body = Transaction.deserialize(transaction).getBody();
            return new NeededOutputs(references(body.getInputs()), references(body.getCollateral()), references(body.getReferenceInputs()));
        } catch (CborDeserializationException e) {
            throw new IllegalArgumentException("these are not the bytes of a transaction", e);
        }
    }

    private static List<OutputRef> references(List<TransactionInput> inputs) {
        return inputs == null
                ? List.of()
                : inputs.stream().map(input -> new OutputRef(input.getTransactionId(), input.getIndex())).toList();
    }
}
