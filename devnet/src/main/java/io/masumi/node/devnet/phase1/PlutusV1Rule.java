package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputDatum;
import io.masumi.node.devnet.ledger.ScriptLanguage;

import java.util.stream.Stream;

/** Plutus V1 scripts know neither inline datums nor reference scripts nor reference inputs. */
final class PlutusV1Rule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        if (!subject.runs(ScriptLanguage.PLUTUS_V1)) {
            return;
        }
        LedgerTransaction transaction = subject.transaction();
        boolean modern = !transaction.referenceInputs().isEmpty()
                || Stream.concat(subject.outputsOf(transaction.inputs()).stream(), transaction.outputs().stream())
                        .anyMatch(PlutusV1Rule::isModern);
        findings.require(!modern, LedgerFailure.BadTranslation, "inline datums, reference scripts or reference inputs");
    }

    private static boolean isModern(LedgerOutput output) {
        return output.datum() instanceof OutputDatum.Inline || output.referenceScript().isPresent();
    }
}
