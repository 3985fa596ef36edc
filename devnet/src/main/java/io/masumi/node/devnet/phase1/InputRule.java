package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;

final class InputRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        findings.require(!transaction.inputs().isEmpty(), LedgerFailure.InputSetEmptyUTxO, "");
        var both = transaction.referenceInputs().stream().filter(transaction.inputs()::contains).toList();
        findings.require(both.isEmpty(), LedgerFailure.BabbageNonDisjointRefInputs, both.toString());
    }
}
