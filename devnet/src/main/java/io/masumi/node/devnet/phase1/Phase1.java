package io.masumi.node.devnet.phase1;

import io.masumi.node.cbor.MalformedCborException;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.TransactionRejected;
import io.masumi.node.devnet.ledger.UtxoView;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The first phase of validation: everything about a transaction that needs no script to run. */
public final class Phase1 {
    private final ProtocolParameters parameters;
    private final List<Phase1Rule> rules = List.of(new InputRule(), new ValueRule(), new FeeRule(), new OutputRule(), new SizeRule(),
            new ValidityRule(), new SignatureRule(), new ScriptRule(), new RedeemerRule(), new DatumRule(), new ScriptDataHashRule(),
            new PlutusV1Rule(), new CollateralRule(), new AuxiliaryDataRule());

    public Phase1(ProtocolParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * @param slot the slot in which the transaction would stand
     * @param forecastEnd first slot whose time is not yet certain
     * @return the transaction with the outputs it uses
     * @throws TransactionRejected naming every broken rule
     */
    public Subject check(LedgerTransaction transaction, UtxoView utxos, long slot, long forecastEnd) {
        Subject subject = new Subject(transaction, parameters, slot, forecastEnd, resolve(transaction, utxos));
        Findings findings = new Findings();
        try {
            rules.forEach(rule -> rule.check(subject, findings));
        } catch (MalformedCborException malformed) {
            findings.add(LedgerFailure.DecoderFailure, malformed.getMessage());
        }
        if (findings.any()) {
            throw new TransactionRejected(findings.all());
        }
        return subject;
    }

    /** Without its inputs nothing else about a transaction can be judged, so a missing one is reported alone. */
    private static java.util.Map<OutputReference, LedgerOutput> resolve(LedgerTransaction transaction, UtxoView utxos) {
        Map<OutputReference, LedgerOutput> resolved = new HashMap<>();
        TreeSet<OutputReference> missing = new TreeSet<>();
        transaction.uses().forEach(reference -> utxos.find(reference).ifPresentOrElse(output -> resolved.put(reference, output),
                () -> missing.add(reference)));
        if (!transaction.inputs().isEmpty() && missing.containsAll(transaction.inputs())) {
            // Since node 10.2 the mempool says this instead of listing every consequence.
            throw TransactionRejected.because(LedgerFailure.ConwayMempoolFailure, "");
        }
        if (!missing.isEmpty()) {
            throw TransactionRejected.because(LedgerFailure.BadInputsUTxO, missing.toString());
        }
        return resolved;
    }
}
