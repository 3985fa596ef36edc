package io.masumi.node.chain.action;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import io.masumi.node.escrow.OutputRef;
import java.util.List;
import java.util.Optional;

/** The outputs that a transaction of ours refers to without spending them: those that carry its scripts. */
final class ReferenceInputs {

    private ReferenceInputs() {}

    static List<OutputRef> of(byte[] transaction) {
        try {
            return Optional.ofNullable(Transaction.deserialize(transaction).getBody().getReferenceInputs()).orElse(List.of()).stream()
                    .map(input -> new OutputRef(input.getTransactionId(), input.getIndex())).toList();
        } catch (CborDeserializationException e) {
            throw new IllegalStateException("a transaction of ours cannot be read", e);
        }
    }
}
