package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.ProtocolParameters;

final class SizeRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        var parameters = subject.parameters();
        findings.require(transaction.sizeForFees() <= parameters.maxTransactionSize(), LedgerFailure.MaxTxSizeUTxO,
                "at most " + parameters.maxTransactionSize() + " bytes, given " + transaction.sizeForFees());
        var units = transaction.declaredUnits();
        findings.require(
                units.getMem().compareTo(parameters.maxTransactionMemory()) <= 0
                        && units.getSteps().compareTo(parameters.maxTransactionSteps()) <= 0,
                LedgerFailure.ExUnitsTooBigUTxO, "memory " + units.getMem() + " of " + parameters.maxTransactionMemory() + ", steps "
                        + units.getSteps() + " of " + parameters.maxTransactionSteps());
        int referenced = subject.referenceScriptBytes();
        findings.require(referenced <= ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_TRANSACTION, LedgerFailure.ConwayTxRefScriptsSizeTooBig,
                "at most " + ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_TRANSACTION + " bytes, given " + referenced);
    }
}
