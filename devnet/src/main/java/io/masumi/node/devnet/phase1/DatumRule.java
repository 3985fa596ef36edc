package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputDatum;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import io.masumi.node.devnet.ledger.WitnessDatum;

import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Datums in the witness set: those that inputs need are there, and no others than outputs may mention. */
final class DatumRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        TreeSet<String> needed = new TreeSet<>();
        for (OutputReference input : transaction.sortedInputs()) {
            LedgerOutput output = subject.output(input);
            ScriptLanguage language = output.lockingScript().flatMap(subject::script).map(script -> script.language())
                    .orElse(ScriptLanguage.NATIVE);
            if (!language.isPlutus()) {
                continue;
            }
            switch (output.datum()) {
                case OutputDatum.Hash(var hash) -> needed.add(hash);
                case OutputDatum.None() -> findings.require(language == ScriptLanguage.PLUTUS_V3, LedgerFailure.UnspendableUTxONoDatumHash,
                        input.toString());
                case OutputDatum.Inline inline -> {
                }
            }
        }
        TreeSet<String> given = transaction.witnesses().datums().stream().map(WitnessDatum::hash)
                .collect(Collectors.toCollection(TreeSet::new));
        TreeSet<String> missing = new TreeSet<>(needed);
        missing.removeAll(given);
        findings.require(missing.isEmpty(), LedgerFailure.MissingRequiredDatums, missing.toString());
        TreeSet<String> supplemental = new TreeSet<>(given);
        supplemental.removeAll(needed);
        supplemental.removeAll(hashesIn(transaction.outputs()));
        supplemental.removeAll(hashesIn(subject.outputsOf(transaction.referenceInputs())));
        findings.require(supplemental.isEmpty(), LedgerFailure.NotAllowedSupplementalDatums, supplemental.toString());
    }

    private static Collection<String> hashesIn(Collection<LedgerOutput> outputs) {
        return outputs.stream().map(LedgerOutput::datum)
                .flatMap(datum -> datum instanceof OutputDatum.Hash(var hash) ? Stream.of(hash) : Stream.empty()).toList();
    }
}
