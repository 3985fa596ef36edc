package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.ProtocolParameters;

final class SizeRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        var transaction = subject.transaction();
        var parameters = subject.parameters();
        findings.require(transaction.sent().sizeForFees() <= parameters.transaction().size(), LedgerFailure.MaxTxSizeUTxO,
                "at most " + parameters.transaction().size() + " bytes, given " + transaction.sent().sizeForFees());
        var units = transaction.declaredUnits();
        findings.require(parameters.transaction().allow(units),
                LedgerFailure.ExUnitsTooBigUTxO, "memory " + units.getMem() + " of " + parameters.transaction().memory() + ", steps "
                        + units.getSteps() + " of " + parameters.transaction().steps());
        int referenced = subject.referenceScriptBytes();
        findings.require(referenced <= ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_TRANSACTION, LedgerFailure.ConwayTxRefScriptsSizeTooBig,
                "at most " + ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_TRANSACTION + " bytes, given " + referenced);
    }
}
