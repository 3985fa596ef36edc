package io.masumi.node.chain.cardano.transaction;

import co.nstant.in.cbor.CborException;
import com.bloxbean.cardano.client.api.MinAdaCalculator;
import com.bloxbean.cardano.client.api.model.ProtocolParams;
import com.bloxbean.cardano.client.exception.CborSerializationException;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.Redeemer;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import com.bloxbean.cardano.client.plutus.util.ScriptDataHashGenerator;
import com.bloxbean.cardano.client.spec.Era;
import com.bloxbean.cardano.client.transaction.spec.AuxiliaryData;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.spec.VkeyWitness;
import com.bloxbean.cardano.client.transaction.util.TransactionUtil;
import io.masumi.node.chain.cardano.codec.PlutusBytes;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes a transaction in the client library's model once inputs, outputs, fee and execution units are chosen, and puts up its collateral. */
final class TransactionWriter {

    static final Comparator<Utxo> LEDGER_ORDER = Comparator.comparing((Utxo utxo) -> utxo.ref().transactionHash())
            .thenComparing(utxo -> utxo.ref().index());

    private final ProtocolParams protocol;
    private final TransactionFees fees;
    private final MinAdaCalculator minimum;
    private final Bundles bundles;
    private final WalletIdentity wallet;
    private final WalletFunds funds;

    TransactionWriter(ProtocolParams protocol, WalletIdentity wallet, WalletFunds funds) {
        this.protocol = protocol;
        this.fees = new TransactionFees(protocol);
        this.minimum = new MinAdaCalculator(protocol);
        this.bundles = new Bundles(protocol);
        this.wallet = wallet;
        this.funds = funds;
    }

    /** A transaction of a round, with a signature that only has the right size. @param inputs in ledger order */
    record Built(Transaction transaction, String hash, int size, List<Utxo> inputs, List<Utxo> collateral,
            Map<TransactionInput, TransactionOutput> resolved) {}

    Built write(Draft draft, BigInteger fee, List<ExUnits> units, List<Utxo> inputs, List<PlannedOutput> outputs) {
        TransactionBody body = new TransactionBody();
        body.setInputs(inputs.stream().map(utxo -> input(utxo.ref())).toList());
        body.setOutputs(outputs.stream().map(PlannedOutput::toOutput).toList());
        body.setFee(fee);
        body.setTtl(draft.validity().until());
        body.setValidityStartInterval(draft.validity().from());
        draft.mint().ifPresent(mint -> body.setMint(Assets.of(mint.unit(), mint.quantity()).toValue().getMultiAssets()));
        TransactionWitnessSet witnesses = new TransactionWitnessSet();
        witnesses.setVkeyWitnesses(Collections.nCopies(signers(draft).size(), new VkeyWitness(new byte[32], new byte[64])));
        List<Utxo> collateral = List.of();
        Map<TransactionInput, TransactionOutput> resolved = new HashMap<>();
        inputs.forEach(utxo -> resolved.put(input(utxo.ref()), output(utxo)));
        if (!units.isEmpty()) {
            addScripts(draft, units, inputs, body, witnesses, resolved);
            collateral = addCollateral(fee, inputs, body);
        }
        Transaction transaction = Transaction.builder().era(Era.Conway).body(body).witnessSet(witnesses)
                .auxiliaryData(AuxiliaryData.builder().metadata(draft.metadata()).build()).build();
        byte[] bytes = serialized(transaction);
        return new Built(transaction, TransactionUtil.getTxHash(bytes), bytes.length, inputs, collateral, resolved);
    }

    private void addScripts(Draft draft, List<ExUnits> units, List<Utxo> inputs, TransactionBody body, TransactionWitnessSet witnesses,
            Map<TransactionInput, TransactionOutput> resolved) {
        List<Redeemer> redeemers = new ArrayList<>();
        int next = 0;
        for (Draft.ScriptSpend spend : spendsInLedgerOrder(draft)) {
            redeemers.add(new Redeemer(RedeemerTag.Spend, BigInteger.valueOf(inputs.indexOf(spend.utxo())), spend.redeemer(),
                    units.get(next++)));
        }
        if (draft.mint().isPresent()) {
            redeemers.add(new Redeemer(RedeemerTag.Mint, BigInteger.ZERO, draft.mint().get().redeemer(), units.get(next)));
        }
        witnesses.setRedeemers(redeemers);
        // Each script once, whether shown in full or by reference.
        Map<String, ScriptUse> scripts = new java.util.TreeMap<>();
        scripts(draft).forEach(script -> scripts.put(script.hash(), script));
        witnesses.setPlutusV3Scripts(
                scripts.values().stream().filter(script -> script.carrier().isEmpty()).map(ScriptUse::toWitness).toList());
        body.setReferenceInputs(scripts.values().stream().flatMap(script -> script.carrier().stream()).distinct()
                .map(carrier -> input(carrier.ref())).toList());
        scripts.values().forEach(script -> script.carrier().ifPresent(utxo -> resolved.put(input(utxo.ref()), carrier(utxo, script))));
        // Every action of a contract is signed by a party; scripts see only signatures that are required.
        if (!draft.spends().isEmpty()) {
            List<String> seen = draft.signers().isEmpty() ? List.of(wallet.vkey()) : draft.signers();
            body.setRequiredSigners(seen.stream().map(HexFormat.of()::parseHex).toList());
        }
        try {
            body.setScriptDataHash(
                    ScriptDataHashGenerator.generate(Era.Conway, redeemers, List.of(), ScriptEvaluator.costModels(protocol)));
        } catch (CborSerializationException | CborException e) {
            throw new IllegalStateException("redeemers cannot be written", e);
        }
    }

    /** Everybody who signs: the wallet for its inputs, and whom the scripts ask for. */
    private Set<String> signers(Draft draft) {
        Set<String> signers = new LinkedHashSet<>(draft.signers());
        signers.add(wallet.vkey());
        return signers;
    }

    private static List<Draft.ScriptSpend> spendsInLedgerOrder(Draft draft) {
        return draft.spends().stream().sorted(Comparator.comparing(Draft.ScriptSpend::utxo, LEDGER_ORDER)).toList();
    }

    /** The scripts that it runs, in the order of its redeemers. */
    static List<ScriptUse> scripts(Draft draft) {
        List<ScriptUse> scripts = new ArrayList<>(spendsInLedgerOrder(draft).stream().map(Draft.ScriptSpend::script).toList());
        draft.mint().ifPresent(mint -> scripts.add(mint.script()));
        return scripts;
    }

    private static TransactionOutput carrier(Utxo utxo, ScriptUse script) {
        TransactionOutput output = output(utxo);
        output.setScriptRef(script.toWitness());
        return output;
    }

    private List<Utxo> addCollateral(BigInteger fee, List<Utxo> inputs, TransactionBody body) {
        BigInteger required = fees.collateralFor(fee);
        int most = protocol.getMaxCollateralInputs();
        List<Utxo> collateral = funds.collateral(inputs, most, some -> collateralReturn(some, required).isPresent())
                .or(() -> funds.collateral(inputs, most, some -> canBePutUpWhole(some, required)))
                .orElseThrow(() -> new InsufficientFundsException("for collateral, an output of " + WalletFunds.COLLATERAL.max(required)
                        + " lovelace without tokens is missing: no " + most + " of its outputs together hold " + required
                        + " lovelace more than their tokens need"));
        Optional<PlannedOutput> back = collateralReturn(collateral, required);
        body.setCollateral(collateral.stream().sorted(LEDGER_ORDER).map(utxo -> input(utxo.ref())).toList());
        back.ifPresent(output -> body.setCollateralReturn(output.toOutput()));
        body.setTotalCollateral(back.isPresent() ? required : Assets.sum(collateral.stream().map(Utxo::value)).lovelace());
        return collateral;
    }

    /** What comes back of collateral when a script fails, tokens and all; empty if the ledger would not take that output. */
    private Optional<PlannedOutput> collateralReturn(List<Utxo> collateral, BigInteger required) {
        Assets rest = Assets.sum(collateral.stream().map(Utxo::value)).minus(Assets.lovelace(required));
        if (rest.lovelace().signum() <= 0 || !bundles.fit(rest)) {
            return Optional.empty();
        }
        PlannedOutput back = PlannedOutput.of(wallet.address(), rest);
        return Optional.of(back).filter(output -> output.minimumLovelace(minimum).compareTo(rest.lovelace()) <= 0);
    }

    /** Less than an output's minimum is more than asked for: then all of it is put up. */
    private static boolean canBePutUpWhole(List<Utxo> collateral, BigInteger required) {
        Assets all = Assets.sum(collateral.stream().map(Utxo::value));
        return all.isOnlyLovelace() && all.lovelace().compareTo(required) >= 0;
    }

    private static TransactionInput input(OutputRef ref) {
        return new TransactionInput(ref.transactionHash(), ref.index());
    }

    private static TransactionOutput output(Utxo utxo) {
        TransactionOutput output = TransactionOutput.builder().address(utxo.address()).value(Assets.of(utxo.value()).toValue()).build();
        if (utxo.inlineDatum() != null) {
            output.setInlineDatum(PlutusBytes.read(utxo.inlineDatum()).orElseThrow(
                    () -> new TransactionImpossibleException("the datum of " + utxo.ref() + " cannot be read")));
        } else if (utxo.dataHash() != null) {
            output.setDatumHash(HexFormat.of().parseHex(utxo.dataHash()));
        }
        return output;
    }

    static byte[] serialized(Transaction transaction) {
        try {
            return transaction.serialize();
        } catch (CborSerializationException e) {
            throw new IllegalStateException("the transaction cannot be written", e);
        }
    }
}
