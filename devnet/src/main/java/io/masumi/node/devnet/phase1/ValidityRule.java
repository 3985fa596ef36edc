package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.ValidityInterval;

/** The lower bound is inclusive and the upper bound exclusive; both count slots. */
final class ValidityRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        ValidityInterval validity = transaction.validity();
        findings.require(validity.hasBegun(subject.slot()) && !validity.isOver(subject.slot()), LedgerFailure.OutsideValidityIntervalUTxO,
                "from " + validity.from() + ", until " + validity.until() + ", current slot " + subject.slot());
        if (transaction.runsScripts()) {
            findings.require(validity.until().orElse(0) <= subject.forecastEnd(), LedgerFailure.OutsideForecast,
                    "until " + validity.until() + ", forecast ends at " + subject.forecastEnd());
        }
    }
}
