package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;

final class SizeRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        ProtocolParameters parameters = subject.parameters();
        findings.require(transaction.sent().sizeForFees() <= parameters.transaction().size(), LedgerFailure.MaxTxSizeUTxO,
                "at most " + parameters.transaction().size() + " bytes, given " + transaction.sent().sizeForFees());
        ExUnits units = transaction.declaredUnits();
        findings.require(parameters.transaction().allow(units),
                LedgerFailure.ExUnitsTooBigUTxO, "memory " + units.getMem() + " of " + parameters.transaction().memory() + ", steps "
                        + units.getSteps() + " of " + parameters.transaction().steps());
        int referenced = subject.referenceScriptBytes();
        findings.require(referenced <= ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_TRANSACTION, LedgerFailure.ConwayTxRefScriptsSizeTooBig,
                "at most " + ProtocolParameters.MAX_REFERENCE_SCRIPTS_PER_TRANSACTION + " bytes, given " + referenced);
    }
}
