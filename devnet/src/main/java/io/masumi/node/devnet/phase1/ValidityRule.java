package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;

/** The lower bound is inclusive and the upper bound exclusive; both count slots. */
final class ValidityRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        boolean begun = transaction.validFrom().orElse(0) <= subject.slot();
        boolean over = transaction.validUntil().isPresent() && subject.slot() >= transaction.validUntil().getAsLong();
        findings.require(begun && !over, LedgerFailure.OutsideValidityIntervalUTxO, "from " + transaction.validFrom() + ", until "
                + transaction.validUntil() + ", current slot " + subject.slot());
        if (transaction.runsScripts()) {
            findings.require(transaction.validUntil().orElse(0) <= subject.forecastEnd(), LedgerFailure.OutsideForecast,
                    "until " + transaction.validUntil() + ", forecast ends at " + subject.forecastEnd());
        }
    }
}
