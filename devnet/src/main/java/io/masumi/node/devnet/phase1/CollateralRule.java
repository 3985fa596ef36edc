package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerValue;

import java.math.BigInteger;

/** What pays the fee when a script fails. Checked only when scripts run. */
final class CollateralRule implements Phase1Rule {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        if (!transaction.runsScripts()) {
            return;
        }
        var inputs = transaction.collateralInputs();
        if (inputs.isEmpty()) {
            findings.add(LedgerFailure.NoCollateralInputs, "");
            return;
        }
        var parameters = subject.parameters();
        findings.require(inputs.size() <= parameters.maxCollateralInputs(), LedgerFailure.TooManyCollateralInputs,
                "at most " + parameters.maxCollateralInputs() + ", given " + inputs.size());
        var notUnderKeys = inputs.stream().filter(input -> subject.output(input).lockingKey().isEmpty()).toList();
        findings.require(notUnderKeys.isEmpty(), LedgerFailure.ScriptsNotPaidUTxO, notUnderKeys.toString());
        checkBalance(subject, findings);
    }

    private static void checkBalance(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        var given = subject.outputsOf(transaction.collateralInputs()).stream().map(LedgerOutput::value).reduce(LedgerValue.ZERO,
                LedgerValue::plus);
        var balance = given.minus(transaction.collateralReturn().map(LedgerOutput::value).orElse(LedgerValue.ZERO));
        findings.require(balance.isOnlyLovelace(), LedgerFailure.CollateralContainsNonADA, balance.toString());
        var percentage = BigInteger.valueOf(subject.parameters().collateralPercent());
        findings.require(balance.lovelace().multiply(HUNDRED).compareTo(transaction.fee().multiply(percentage)) >= 0,
                LedgerFailure.InsufficientCollateral,
                "given " + balance.lovelace() + ", fee " + transaction.fee() + ", needed " + percentage + " %");
        transaction.totalCollateral().ifPresent(stated -> findings.require(stated.equals(balance.lovelace()),
                LedgerFailure.IncorrectTotalCollateralField, "given " + balance.lovelace() + ", stated " + stated));
    }
}
