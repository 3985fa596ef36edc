package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;

final class FeeRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        var minimum = new MinimumFee(subject.parameters()).of(transaction.sent().sizeForFees(), transaction.declaredUnits(),
                subject.referenceScriptBytes());
        findings.require(transaction.fee().compareTo(minimum) >= 0, LedgerFailure.FeeTooSmallUTxO,
                "minimum " + minimum + ", given " + transaction.fee());
    }
}
