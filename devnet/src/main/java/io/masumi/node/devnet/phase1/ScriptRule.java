package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.KeyWitness;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.ScriptLanguage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Exactly the needed scripts, well-formed, and the native ones among them agree. */
final class ScriptRule implements Phase1Rule {
    private final ScriptForm form = new ScriptForm();
    private final NativeScriptCheck nativeScripts = new NativeScriptCheck();

    @Override
    public void check(Subject subject, Findings findings) {
        checkExactSet(subject, findings);
        checkForms(subject, findings);
        checkNativeScripts(subject, findings);
    }

    private static void checkExactSet(Subject subject, Findings findings) {
        Set<String> given = subject.transaction().witnesses().scripts().keySet();
        TreeSet<String> neededAsWitness = subject.purposes().stream().map(ScriptPurpose::scriptHash)
                .collect(Collectors.toCollection(TreeSet::new));
        neededAsWitness.removeAll(subject.referenceScripts().keySet());
        TreeSet<String> missing = new TreeSet<>(neededAsWitness);
        missing.removeAll(given);
        findings.require(missing.isEmpty(), LedgerFailure.MissingScriptWitnessesUTXOW, missing.toString());
        TreeSet<String> extraneous = new TreeSet<>(given);
        extraneous.removeAll(neededAsWitness);
        findings.require(extraneous.isEmpty(), LedgerFailure.ExtraneousScriptWitnessesUTXOW, extraneous.toString());
    }

    private void checkForms(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        List<String> inWitnesses = transaction.witnesses().scripts().values().stream().filter(script -> !form.isWellFormed(script))
                .map(LedgerScript::hash).toList();
        findings.require(inWitnesses.isEmpty(), LedgerFailure.MalformedScriptWitnesses, inWitnesses.toString());
        List<String> inOutputs = transaction.allOutputs()
                .map(LedgerOutput::referenceScript).flatMap(Optional::stream).filter(script -> !form.isWellFormed(script))
                .map(LedgerScript::hash).toList();
        findings.require(inOutputs.isEmpty(), LedgerFailure.MalformedReferenceScripts, inOutputs.toString());
    }

    private void checkNativeScripts(Subject subject, Findings findings) {
        LedgerTransaction transaction = subject.transaction();
        Set<String> signers = transaction.witnesses().keys().stream().map(KeyWitness::keyHash).collect(Collectors.toSet());
        List<String> refusing = subject.purposes().stream().map(ScriptPurpose::scriptHash).distinct().map(subject::script)
                .flatMap(Optional::stream)
                .filter(script -> script.language() == ScriptLanguage.NATIVE)
                .filter(script -> !nativeScripts.agrees(script, signers, transaction.validity()))
                .map(LedgerScript::hash).toList();
        findings.require(refusing.isEmpty(), LedgerFailure.ScriptWitnessNotValidatingUTXOW, refusing.toString());
    }
}
