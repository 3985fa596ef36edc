package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import java.math.BigInteger;

final class FeeRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        BigInteger minimum = new MinimumFee(subject.parameters()).of(transaction.sent().sizeForFees(), transaction.declaredUnits(),
                subject.referenceScriptBytes());
        findings.require(transaction.fee().compareTo(minimum) >= 0, LedgerFailure.FeeTooSmallUTxO,
                "minimum " + minimum + ", given " + transaction.fee());
    }
}
