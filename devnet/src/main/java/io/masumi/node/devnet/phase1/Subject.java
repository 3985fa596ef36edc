package io.masumi.node.devnet.phase1;

import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerRedeemer;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A transaction with the outputs it uses, as both phases look at it. All of its inputs exist.
 *
 * @param slot the slot in which the transaction would stand
 * @param forecastEnd first slot whose time is not yet certain
 * @param resolved outputs spent, referred to or given as collateral
 */
public record Subject(LedgerTransaction transaction, ProtocolParameters parameters, long slot, long forecastEnd,
        Map<OutputReference, LedgerOutput> resolved) {

    public LedgerOutput output(OutputReference reference) {
        return resolved.get(reference);
    }

    List<LedgerOutput> outputsOf(Collection<OutputReference> references) {
        return references.stream().map(resolved::get).toList();
    }

    /** Scripts in the outputs that the transaction spends or refers to, by hash. */
    Map<String, LedgerScript> referenceScripts() {
        TreeMap<String, LedgerScript> scripts = new TreeMap<>();
        scriptCarriers().map(this::output).map(LedgerOutput::referenceScript).flatMap(Optional::stream)
                .forEach(script -> scripts.put(script.hash(), script));
        return scripts;
    }

    /** Bytes of all scripts in spent and referred outputs; the same script in two outputs counts twice. */
    int referenceScriptBytes() {
        return scriptCarriers().map(this::output).map(LedgerOutput::referenceScript).flatMap(Optional::stream).mapToInt(LedgerScript::size)
                .sum();
    }

    private Stream<OutputReference> scriptCarriers() {
        return Stream.concat(transaction.inputs().stream(), transaction.referenceInputs().stream()).distinct();
    }

    /** Every script at hand, from the witness set or by reference. */
    public Optional<LedgerScript> script(String hash) {
        return Optional.ofNullable(transaction.witnesses().scripts().get(hash)).or(() -> Optional.ofNullable(referenceScripts().get(hash)));
    }

    /** What the transaction needs scripts for: inputs under scripts and minted or burnt policies. */
    public List<ScriptPurpose> purposes() {
        List<ScriptPurpose> purposes = new ArrayList<>();
        int index = 0;
        for (OutputReference input : transaction.sortedInputs()) {
            int position = index++;
            output(input).lockingScript()
                    .ifPresent(hash -> purposes.add(new ScriptPurpose(new LedgerRedeemer.Pointer(RedeemerTag.Spend, position), hash)));
        }
        index = 0;
        for (String policy : transaction.mintingPolicies()) {
            purposes.add(new ScriptPurpose(new LedgerRedeemer.Pointer(RedeemerTag.Mint, index++), policy));
        }
        return purposes;
    }

    /** The purposes whose script is at hand and a Plutus script: each of them must have a redeemer. */
    public List<ScriptPurpose> plutusPurposes() {
        return purposes().stream()
                .filter(purpose -> script(purpose.scriptHash()).filter(script -> script.language().isPlutus()).isPresent())
                .toList();
    }

    /** Whether a script in that Plutus language runs. */
    boolean runs(ScriptLanguage language) {
        return plutusPurposes().stream().map(purpose -> script(purpose.scriptHash()).orElseThrow())
                .anyMatch(script -> script.language() == language);
    }

    /** Key hashes that must sign, hex. */
    TreeSet<String> neededKeys() {
        TreeSet<String> needed = new TreeSet<>(transaction.requiredSigners());
        Stream.concat(transaction.inputs().stream(), transaction.collateral().inputs().stream()).map(this::output)
                .map(LedgerOutput::lockingKey).flatMap(Optional::stream).forEach(needed::add);
        return needed;
    }
}
