package io.masumi.node.devnet.chain;

import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.UtxoView;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Accepted transactions that wait for a block, in order of arrival. Each may use outputs of those before it. */
final class Mempool {
    private final Map<String, AppliedTransaction> waiting = new LinkedHashMap<>();
    private final Set<OutputReference> spent = new HashSet<>();
    private final Map<OutputReference, LedgerOutput> made = new HashMap<>();

    /** The unspent outputs as they will be once all waiting transactions are in blocks. */
    UtxoView over(UtxoView chain) {
        return reference -> spent.contains(reference)
                ? Optional.empty()
                : Optional.ofNullable(made.get(reference)).or(() -> chain.find(reference));
    }

    void add(AppliedTransaction transaction) {
        waiting.put(transaction.id(), transaction);
        spent.addAll(transaction.consumed());
        made.putAll(transaction.produced());
    }

    void clear() {
        waiting.clear();
        spent.clear();
        made.clear();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    List<AppliedTransaction> inOrder() {
        return List.copyOf(waiting.values());
    }

    /** Outputs of waiting transactions that none of them spends. */
    Map<OutputReference, LedgerOutput> unspentOutputs() {
        Map<OutputReference, LedgerOutput> outputs = new LinkedHashMap<>(made);
        outputs.keySet().removeAll(spent);
        return outputs;
    }

    Set<OutputReference> spent() {
        return Set.copyOf(spent);
    }
}
