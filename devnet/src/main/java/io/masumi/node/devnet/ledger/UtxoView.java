package io.masumi.node.devnet.ledger;

import java.util.Optional;

/** The unspent outputs that a transaction may use: the ledger's, or those as the mempool will leave them. */
@FunctionalInterface
public interface UtxoView {
    Optional<LedgerOutput> find(OutputReference reference);
}
