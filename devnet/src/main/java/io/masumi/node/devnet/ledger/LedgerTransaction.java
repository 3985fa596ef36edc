package io.masumi.node.devnet.ledger;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import io.masumi.node.cbor.CborItem;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A Conway-era transaction with the parts that this ledger knows.
 *
 * @param cbor the whole transaction as sent
 * @param id blake2b-256 of the body as sent, hex
 * @param flaggedValid the submitter's claim that every script passes
 * @param sizeForFees bytes that fees and the size limit count: the encoding without the validity flag
 * @param validFrom first slot in which the transaction may stand
 * @param validUntil first slot in which it may no longer stand
 * @param mint minted (positive) and burnt (negative) assets
 * @param fee lovelace
 */
public record LedgerTransaction(byte[] cbor, String id, boolean flaggedValid, int sizeForFees, List<OutputReference> inputs,
        List<LedgerOutput> outputs, BigInteger fee, OptionalLong validFrom, OptionalLong validUntil, LedgerValue mint,
        Optional<byte[]> scriptDataHash, List<OutputReference> collateralInputs, List<String> requiredSigners, OptionalInt networkId,
        Optional<LedgerOutput> collateralReturn, Optional<BigInteger> totalCollateral, List<OutputReference> referenceInputs,
        Optional<byte[]> auxiliaryDataHash, Optional<CborItem> auxiliaryData, Witnesses witnesses) {

    public byte[] bodyHash() {
        return HexFormat.of().parseHex(id);
    }

    public SortedSet<OutputReference> sortedInputs() {
        return new TreeSet<>(inputs);
    }

    public SortedSet<String> mintingPolicies() {
        var policies = new TreeSet<String>();
        mint.assets().keySet().forEach(unit -> policies.add(unit.substring(0, LedgerValue.POLICY_HEX_LENGTH)));
        return policies;
    }

    /** Declared execution units of all redeemers together. */
    public ExUnits declaredUnits() {
        var memory = BigInteger.ZERO;
        var steps = BigInteger.ZERO;
        for (var redeemer : witnesses.redeemers()) {
            memory = memory.add(redeemer.memory());
            steps = steps.add(redeemer.steps());
        }
        return new ExUnits(memory, steps);
    }

    public boolean runsScripts() {
        return !witnesses.redeemers().isEmpty();
    }

    /** Where the collateral return comes to stand when scripts fail: after the regular outputs. */
    public OutputReference collateralReturnReference() {
        return new OutputReference(id, outputs.size());
    }

    /** A fresh copy for Scalus with no list missing. */
    public Transaction toClientLibrary() {
        try {
            var transaction = Transaction.deserialize(cbor);
            if (transaction.getWitnessSet() == null) {
                transaction.setWitnessSet(new TransactionWitnessSet());
            }
            var set = transaction.getWitnessSet();
            set.setPlutusDataList(set.getPlutusDataList() == null ? new ArrayList<>() : set.getPlutusDataList());
            set.setRedeemers(set.getRedeemers() == null ? new ArrayList<>() : set.getRedeemers());
            return transaction;
        } catch (CborDeserializationException e) {
            throw new IllegalStateException("an accepted transaction cannot be read again", e);
        }
    }
}
