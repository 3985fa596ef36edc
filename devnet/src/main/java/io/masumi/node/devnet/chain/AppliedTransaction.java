package io.masumi.node.devnet.chain;

import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputReference;
import java.math.BigInteger;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checked transaction with what it does to the ledger. One whose scripts fail spends its collateral and makes nothing
 * but the collateral return.
 *
 * @param resolved all outputs it spends, refers to or offers as collateral
 */
public record AppliedTransaction(LedgerTransaction transaction, Map<OutputReference, LedgerOutput> resolved) {
    public boolean valid() {
        return transaction.sent().flaggedValid();
    }

    public String id() {
        return transaction.id();
    }

    public List<OutputReference> consumed() {
        return valid() ? transaction.inputs() : transaction.collateral().inputs();
    }

    public Map<OutputReference, LedgerOutput> produced() {
        Map<OutputReference, LedgerOutput> produced = new LinkedHashMap<>();
        if (valid()) {
            int index = 0;
            for (LedgerOutput output : transaction.outputs()) {
                produced.put(new OutputReference(id(), index++), output);
            }
        } else {
            transaction.collateral().back().ifPresent(output -> produced.put(transaction.collateralReturnReference(), output));
        }
        return produced;
    }

    /** What it paid, lovelace: its fee, or its collateral if its scripts failed. */
    public BigInteger paid() {
        return valid()
                ? transaction.fee()
                : LedgerOutput.sum(consumed().stream().map(resolved::get)).minus(LedgerOutput.sum(produced().values().stream())).lovelace();
    }

    /** Bytes of all reference scripts it spends or refers to; a block may hold only so many. */
    public int referenceScriptBytes() {
        return resolved.values().stream().flatMap(output -> output.referenceScript().stream()).mapToInt(script -> script.size()).sum();
    }
}
