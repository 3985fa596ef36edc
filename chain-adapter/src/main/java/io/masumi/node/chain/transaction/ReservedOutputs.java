package io.masumi.node.chain.transaction;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import io.masumi.node.escrow.OutputRef;
import java.util.List;

/** What a transaction of ours spends and puts up, read back from its bytes. */
public record ReservedOutputs(List<OutputRef> inputs, List<OutputRef> collateral) {

    /** @throws IllegalArgumentException if these are not the bytes of a transaction */
    public static ReservedOutputs of(byte[] transaction) {
        try {
            var body = Transaction.deserialize(transaction).getBody();
            return new ReservedOutputs(references(body.getInputs()), references(body.getCollateral()));
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
