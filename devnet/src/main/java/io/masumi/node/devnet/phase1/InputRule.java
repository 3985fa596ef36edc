package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import java.util.List;

/**
 * There is an input, and none is referred to as well. From protocol version 11 on the latter holds only for what Plutus V3 scripts are
 * shown (ReferenceInputsNotDisjointFromInputs in a node).
 */
final class InputRule implements Phase1Rule {
    private static final int ONLY_FOR_V3 = 11;

    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        findings.require(!transaction.inputs().isEmpty(), LedgerFailure.InputSetEmptyUTxO, "");
        List<OutputReference> both = transaction.referenceInputs().stream().filter(transaction.inputs()::contains).toList();
        if (subject.parameters().version().major() < ONLY_FOR_V3) {
            findings.require(both.isEmpty(), LedgerFailure.BabbageNonDisjointRefInputs, both.toString());
        } else {
            findings.require(both.isEmpty() || !subject.runs(ScriptLanguage.PLUTUS_V3), LedgerFailure.BadTranslation,
                    "ReferenceInputsNotDisjointFromInputs " + both);
        }
    }
}
