package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.LedgerValue;

/** What is consumed and minted equals what is produced, burnt and paid as fee. */
final class ValueRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        LedgerValue supplied = LedgerOutput.sum(subject.outputsOf(transaction.inputs()).stream()).plus(transaction.mint());
        LedgerValue used = LedgerOutput.sum(transaction.outputs().stream()).plus(LedgerValue.ofLovelace(transaction.fee()));
        findings.require(supplied.equals(used), LedgerFailure.ValueNotConservedUTxO, "supplied " + supplied + ", used " + used);
    }
}
