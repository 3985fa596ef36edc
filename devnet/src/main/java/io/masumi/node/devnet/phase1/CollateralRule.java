package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;

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
        var inputs = transaction.collateral().inputs();
        if (inputs.isEmpty()) {
            findings.add(LedgerFailure.NoCollateralInputs, "");
            return;
        }
        var parameters = subject.parameters();
        findings.require(inputs.size() <= parameters.collateral().maxInputs(), LedgerFailure.TooManyCollateralInputs,
                "at most " + parameters.collateral().maxInputs() + ", given " + inputs.size());
        var notUnderKeys = inputs.stream().filter(input -> subject.output(input).lockingKey().isEmpty()).toList();
        findings.require(notUnderKeys.isEmpty(), LedgerFailure.ScriptsNotPaidUTxO, notUnderKeys.toString());
        checkBalance(subject, findings);
    }

    private static void checkBalance(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        var given = LedgerOutput.sum(subject.outputsOf(transaction.collateral().inputs()).stream());
        var balance = given.minus(LedgerOutput.sum(transaction.collateral().back().stream()));
        findings.require(balance.isOnlyLovelace(), LedgerFailure.CollateralContainsNonADA, balance.toString());
        var percentage = BigInteger.valueOf(subject.parameters().collateral().percent());
        findings.require(balance.lovelace().multiply(HUNDRED).compareTo(transaction.fee().multiply(percentage)) >= 0,
                LedgerFailure.InsufficientCollateral,
                "given " + balance.lovelace() + ", fee " + transaction.fee() + ", needed " + percentage + " %");
        transaction.collateral().total().ifPresent(stated -> findings.require(stated.equals(balance.lovelace()),
                LedgerFailure.IncorrectTotalCollateralField, "given " + balance.lovelace() + ", stated " + stated));
    }
}
