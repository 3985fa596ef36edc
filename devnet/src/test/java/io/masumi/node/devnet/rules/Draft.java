package io.masumi.node.devnet.rules;

import com.bloxbean.cardano.client.common.cbor.CborSerializationUtil;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import com.bloxbean.cardano.client.plutus.spec.PlutusScript;
import com.bloxbean.cardano.client.plutus.spec.PlutusV1Script;
import com.bloxbean.cardano.client.plutus.spec.PlutusV2Script;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.plutus.spec.Redeemer;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import com.bloxbean.cardano.client.spec.Era;
import com.bloxbean.cardano.client.spec.Script;
import com.bloxbean.cardano.client.transaction.TransactionSigner;
import com.bloxbean.cardano.client.transaction.spec.Asset;
import com.bloxbean.cardano.client.transaction.spec.MultiAsset;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.spec.Value;
import com.bloxbean.cardano.client.transaction.spec.script.NativeScript;
import com.bloxbean.cardano.client.transaction.util.SerializationUtil;
import com.bloxbean.cardano.client.util.Tuple;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import co.nstant.in.cbor.model.Array;
import co.nstant.in.cbor.model.Map;

/**
 * A transaction in the making that comes out right in every rule unless told otherwise: change, script data hash and
 * signatures are added when it is finished. Mistakes are made at the stage where they do not repair themselves.
 */
final class Draft {
    /** More than any of the small transactions here needs; lovelace. */
    static final BigInteger FEE = BigInteger.valueOf(1_000_000);
    static final ExUnits UNITS = new ExUnits(BigInteger.valueOf(10_000), BigInteger.valueOf(10_000_000));

    final Transaction transaction;
    private final List<BigInteger> supplied = new ArrayList<>();
    private final List<Value> suppliedAssets = new ArrayList<>();
    private final List<Wallet> signers = new ArrayList<>();
    private final TreeSet<ScriptLanguage> languages = new TreeSet<>();
    private final List<Consumer<Transaction>> beforeHashing = new ArrayList<>();
    private final List<Consumer<Transaction>> beforeSigning = new ArrayList<>();
    private final List<Consumer<Transaction>> afterSigning = new ArrayList<>();
    private UnaryOperator<byte[]> encoded = bytes -> bytes;
    private final Wallet wallet;
    private ProtocolParameters parameters = ProtocolParameters.preprod();

    Draft(Wallet wallet) {
        this.wallet = wallet;
        signers.add(wallet);
        transaction = Transaction.builder().era(Era.Conway).body(TransactionBody.builder().fee(FEE).build())
                .witnessSet(new TransactionWitnessSet()).build();
    }

    /** For a chain with other parameters. */
    Draft at(ProtocolParameters other) {
        parameters = other;
        return this;
    }

    Draft spend(OutputReference reference, BigInteger lovelace) {
        transaction.getBody().getInputs().add(input(reference));
        supplied.add(lovelace);
        return this;
    }

    Draft spend(OutputReference reference, Value value) {
        suppliedAssets.add(Value.builder().coin(BigInteger.ZERO).multiAssets(value.getMultiAssets()).build());
        return spend(reference, value.getCoin());
    }

    Draft pay(TransactionOutput output) {
        transaction.getBody().getOutputs().add(output);
        return this;
    }

    Draft pay(String address, long lovelace) {
        return pay(new TransactionOutput(address, Value.fromCoin(BigInteger.valueOf(lovelace))));
    }

    Draft fee(long lovelace) {
        transaction.getBody().setFee(BigInteger.valueOf(lovelace));
        return this;
    }

    Draft signedBy(Wallet... wallets) {
        signers.clear();
        signers.addAll(List.of(wallets));
        return this;
    }

    Draft mint(String policy, String nameHex, long quantity) {
        transaction.getBody().getMint().add(MultiAsset.builder().policyId(policy)
                .assets(List.of(Asset.builder().name("0x" + nameHex).value(BigInteger.valueOf(quantity)).build())).build());
        return this;
    }

    /** Gives the script in the witness set. */
    Draft attach(Script script) {
        TransactionWitnessSet witnesses = transaction.getWitnessSet();
        switch (script) {
            case NativeScript nativeScript -> witnesses.getNativeScripts().add(nativeScript);
            case PlutusV1Script v1 -> witnesses.getPlutusV1Scripts().add(v1);
            case PlutusV2Script v2 -> witnesses.getPlutusV2Scripts().add(v2);
            case PlutusV3Script v3 -> witnesses.getPlutusV3Scripts().add(v3);
            default -> throw new IllegalArgumentException("unknown script");
        }
        if (script instanceof PlutusScript plutus) {
            uses(ScriptLanguage.values()[plutus.getScriptType()]);
        }
        return this;
    }

    /** A script of this language runs, wherever it comes from. */
    Draft uses(ScriptLanguage language) {
        languages.add(language);
        return this;
    }

    Draft datum(PlutusData datum) {
        transaction.getWitnessSet().getPlutusDataList().add(datum);
        return this;
    }

    Draft redeemer(RedeemerTag tag, int index) {
        return redeemer(tag, index, UNITS);
    }

    Draft redeemer(RedeemerTag tag, int index, ExUnits units) {
        transaction.getWitnessSet().getRedeemers()
                .add(Redeemer.builder().tag(tag).index(index).data(PlutusData.unit()).exUnits(units).build());
        return this;
    }

    Draft collateral(OutputReference... references) {
        Arrays.stream(references).forEach(reference -> transaction.getBody().getCollateral().add(input(reference)));
        return this;
    }

    Draft refer(OutputReference reference) {
        transaction.getBody().getReferenceInputs().add(input(reference));
        return this;
    }

    Draft claimingInvalid() {
        transaction.setValid(false);
        return this;
    }

    Draft body(Consumer<TransactionBody> change) {
        beforeHashing.add(draft -> change.accept(draft.getBody()));
        return this;
    }

    Draft beforeSigning(Consumer<Transaction> change) {
        beforeSigning.add(change);
        return this;
    }

    Draft afterSigning(Consumer<Transaction> change) {
        afterSigning.add(change);
        return this;
    }

    Draft encoded(UnaryOperator<byte[]> change) {
        encoded = change;
        return this;
    }

    /** Puts these bytes where the auxiliary data stands, after the body is fixed. */
    Draft auxiliaryData(byte[] cbor) {
        return encoded(bytes -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(bytes, 0, bytes.length - 1);
            out.writeBytes(cbor);
            return out.toByteArray();
        });
    }

    byte[] bytes() {
        try {
            addChange();
            beforeHashing.forEach(change -> change.accept(transaction));
            addScriptDataHash();
            beforeSigning.forEach(change -> change.accept(transaction));
            Transaction signed = transaction;
            for (Wallet signer : signers) {
                signed = TransactionSigner.INSTANCE.sign(signed, signer.key());
            }
            signed.setEra(Era.Conway);
            for (Consumer<Transaction> change : afterSigning) {
                change.accept(signed);
            }
            return encoded.apply(signed.serialize());
        } catch (Exception e) {
            throw new IllegalStateException("the draft cannot be finished", e);
        }
    }

    private void addChange() {
        TransactionBody body = transaction.getBody();
        Value in = new Value(supplied.stream().reduce(BigInteger.ZERO, BigInteger::add), new ArrayList<>(body.getMint()));
        for (Value assets : suppliedAssets) {
            in = in.add(assets);
        }
        Value out = Value.fromCoin(body.getFee());
        for (TransactionOutput output : body.getOutputs()) {
            out = out.add(output.getValue());
        }
        Value change = in.subtract(out);
        change.getMultiAssets().forEach(policy -> policy.getAssets().removeIf(asset -> asset.getValue().signum() <= 0));
        change.getMultiAssets().removeIf(policy -> policy.getAssets().isEmpty());
        if (change.getCoin().signum() > 0) {
            body.getOutputs().add(new TransactionOutput(wallet.address(), change));
        }
    }

    /** Written without cardano-client-lib's generator, which leaves out the set tag of the datums. */
    private void addScriptDataHash() throws Exception {
        TransactionWitnessSet witnesses = transaction.getWitnessSet();
        if (languages.isEmpty() && witnesses.getPlutusDataList().isEmpty() && witnesses.getRedeemers().isEmpty()) {
            return;
        }
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        Map redeemers = new co.nstant.in.cbor.model.Map();
        for (Redeemer redeemer : witnesses.getRedeemers()) {
            Tuple<Array, Array> entry = redeemer.serialize();
            redeemers.put(entry._1, entry._2);
        }
        covered.writeBytes(CborSerializationUtil.serialize(redeemers));
        if (!witnesses.getPlutusDataList().isEmpty()) {
            Array datums = SerializationUtil.createArray(Era.Conway);
            for (PlutusData datum : witnesses.getPlutusDataList()) {
                datums.add(datum.serialize());
            }
            covered.writeBytes(CborSerializationUtil.serialize(datums));
        }
        covered.writeBytes(parameters.costModels(languages).getLanguageViewEncoding());
        transaction.getBody().setScriptDataHash(Blake2bUtil.blake2bHash256(covered.toByteArray()));
    }

    private static TransactionInput input(OutputReference reference) {
        return new TransactionInput(reference.transactionId(), reference.index());
    }
}
