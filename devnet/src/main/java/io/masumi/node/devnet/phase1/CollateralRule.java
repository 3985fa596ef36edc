package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.LedgerValue;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;

import java.math.BigInteger;
import java.util.List;

/** What pays the fee when a script fails. Checked only when scripts run. */
final class CollateralRule implements Phase1Rule {
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        if (!transaction.runsScripts()) {
            return;
        }
        List<OutputReference> inputs = transaction.collateral().inputs();
        if (inputs.isEmpty()) {
            findings.add(LedgerFailure.NoCollateralInputs, "");
            return;
        }
        ProtocolParameters parameters = subject.parameters();
        findings.require(inputs.size() <= parameters.collateral().maxInputs(), LedgerFailure.TooManyCollateralInputs,
                "at most " + parameters.collateral().maxInputs() + ", given " + inputs.size());
        List<OutputReference> notUnderKeys = inputs.stream().filter(input -> subject.output(input).lockingKey().isEmpty()).toList();
        findings.require(notUnderKeys.isEmpty(), LedgerFailure.ScriptsNotPaidUTxO, notUnderKeys.toString());
        checkBalance(subject, findings);
    }

    private static void checkBalance(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        LedgerValue given = LedgerOutput.sum(subject.outputsOf(transaction.collateral().inputs()).stream());
        LedgerValue balance = given.minus(LedgerOutput.sum(transaction.collateral().back().stream()));
        findings.require(balance.isOnlyLovelace(), LedgerFailure.CollateralContainsNonADA, balance.toString());
        BigInteger percentage = BigInteger.valueOf(subject.parameters().collateral().percent());
        findings.require(balance.lovelace().multiply(HUNDRED).compareTo(transaction.fee().multiply(percentage)) >= 0,
                LedgerFailure.InsufficientCollateral,
                "given " + balance.lovelace() + ", fee " + transaction.fee() + ", needed " + percentage + " %");
        transaction.collateral().total().ifPresent(stated -> findings.require(stated.equals(balance.lovelace()),
                LedgerFailure.IncorrectTotalCollateralField, "given " + balance.lovelace() + ", stated " + stated));
    }
}
