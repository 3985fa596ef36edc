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
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A Conway-era transaction with the parts that this ledger knows.
 *
 * @param mint minted (positive) and burnt (negative) assets
 * @param fee lovelace
 */
public record LedgerTransaction(Sent sent, List<OutputReference> inputs, List<OutputReference> referenceInputs, List<LedgerOutput> outputs,
        BigInteger fee, ValidityInterval validity, LedgerValue mint, Collateral collateral, List<String> requiredSigners,
        OptionalInt networkId, Hashes hashes, Optional<CborItem> auxiliaryData, Witnesses witnesses) {

    /**
     * A transaction as its sender wrote it.
     *
     * @param cbor all of it
     * @param id blake2b-256 of the body, hex
     * @param flaggedValid the sender's claim that every script passes
     * @param sizeForFees bytes that fees and the size limit count: the encoding without the validity flag
     */
    public record Sent(byte[] cbor, String id, boolean flaggedValid, int sizeForFees) {}

    /**
     * What pays the fee when a script fails.
     *
     * @param back an output that returns what is too much
     * @param total lovelace, as the sender states it
     */
    public record Collateral(List<OutputReference> inputs, Optional<LedgerOutput> back, Optional<BigInteger> total) {}

    /** What the body says of parts outside of it. */
    public record Hashes(Optional<byte[]> scriptData, Optional<byte[]> auxiliaryData) {}

    public byte[] cbor() {
        return sent.cbor();
    }

    public String id() {
        return sent.id();
    }

    /** All outputs that it spends, offers as collateral or refers to. */
    public Stream<OutputReference> uses() {
        return Stream.of(inputs, collateral.inputs(), referenceInputs).flatMap(List::stream);
    }

    /** The outputs that it makes, the collateral's return among them. */
    public Stream<LedgerOutput> allOutputs() {
        return Stream.concat(outputs.stream(), collateral.back().stream());
    }

    public byte[] bodyHash() {
        return HexFormat.of().parseHex(id());
    }

    public SortedSet<OutputReference> sortedInputs() {
        return new TreeSet<>(inputs);
    }

    public SortedSet<String> mintingPolicies() {
        TreeSet<String> policies = new TreeSet<>();
        mint.assets().keySet().forEach(unit -> policies.add(unit.substring(0, LedgerValue.POLICY_HEX_LENGTH)));
        return policies;
    }

    /** Declared execution units of all redeemers together. */
    public ExUnits declaredUnits() {
        BigInteger memory = BigInteger.ZERO;
        BigInteger steps = BigInteger.ZERO;
        for (LedgerRedeemer redeemer : witnesses.redeemers()) {
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
        return new OutputReference(id(), outputs.size());
    }

    /** A fresh copy for Scalus with no list missing. */
    public Transaction toClientLibrary() {
        try {
            Transaction transaction = Transaction.deserialize(cbor());
            if (transaction.getWitnessSet() == null) {
                transaction.setWitnessSet(new TransactionWitnessSet());
            }
            TransactionWitnessSet set = transaction.getWitnessSet();
            set.setPlutusDataList(set.getPlutusDataList() == null ? new ArrayList<>() : set.getPlutusDataList());
            set.setRedeemers(set.getRedeemers() == null ? new ArrayList<>() : set.getRedeemers());
            return transaction;
        } catch (CborDeserializationException e) {
            throw new IllegalStateException("an accepted transaction cannot be read again", e);
        }
    }
}
