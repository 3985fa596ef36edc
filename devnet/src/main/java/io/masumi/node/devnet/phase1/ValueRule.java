package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerValue;

/** What is consumed and minted equals what is produced, burnt and paid as fee. */
final class ValueRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        var supplied = subject.outputsOf(transaction.inputs()).stream().map(LedgerOutput::value).reduce(LedgerValue.ZERO, LedgerValue::plus)
                .plus(transaction.mint());
        var used = transaction.outputs().stream().map(LedgerOutput::value)
                .reduce(LedgerValue.ofLovelace(transaction.fee()), LedgerValue::plus);
        findings.require(supplied.equals(used), LedgerFailure.ValueNotConservedUTxO, "supplied " + supplied + ", used " + used);
    }
}
