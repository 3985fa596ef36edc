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
import com.bloxbean.cardano.client.transaction.spec.Asset;
import com.bloxbean.cardano.client.transaction.spec.AuxiliaryData;
import com.bloxbean.cardano.client.transaction.spec.MultiAsset;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.TransactionWitnessSet;
import com.bloxbean.cardano.client.transaction.spec.VkeyWitness;
import com.bloxbean.cardano.client.transaction.util.TransactionUtil;
import io.masumi.node.chain.cardano.codec.PlutusBytes;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.provider.LedgerParameters;
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
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes a draft into a signed transaction that balances: takes inputs and collateral from the wallet, runs the scripts, and
 * settles fee and change. Fee, change and execution units depend on one another, so it builds again until they agree.
 */
final class TransactionAssembler {

    /** Scripts may use this much more than they did here: room for a difference that no reading of the rules explains. */
    private static final int UNITS_MARGIN_PERCENT = 1;

    private static final int ROUNDS = 12;
    /** An array of two, a hash, and an index below 256. */
    private static final int INPUT_BYTES = 37;
    /** Lovelace that pay for an action and leave change. */
    private static final BigInteger MIN_USEFUL_CHANGE = BigInteger.valueOf(2_000_000);
    private static final BigInteger FIRST_FEE = BigInteger.valueOf(300_000);
    private static final ExUnits FIRST_UNITS = new ExUnits(BigInteger.valueOf(1_000_000), BigInteger.valueOf(500_000_000));

    private static final Comparator<Utxo> LEDGER_ORDER = Comparator.comparing((Utxo utxo) -> utxo.ref().transactionHash())
            .thenComparing(utxo -> utxo.ref().index());

    private final LedgerParameters parameters;
    private final ProtocolParams protocol;
    private final TransactionFees fees;
    private final MinAdaCalculator minimum;
    private final Bundles bundles;
    private final WalletIdentity wallet;
    private final WalletFunds funds;
    private final UnaryOperator<byte[]> signer;

    /** @param signer makes the wallet's Ed25519 signature of a hash */
    TransactionAssembler(LedgerParameters parameters, WalletIdentity wallet, WalletFunds funds, UnaryOperator<byte[]> signer) {
        this.parameters = parameters;
        this.protocol = parameters.protocol();
        this.fees = new TransactionFees(protocol);
        this.minimum = new MinAdaCalculator(protocol);
        this.bundles = new Bundles(protocol);
        this.wallet = wallet;
        this.funds = funds;
        this.signer = signer;
    }

    /**
     * @param most lovelace that may leave the wallet, null for any
     * @param collection bech32 of where the wallet's money is collected, which is not to leave; null for none
     * @throws TransactionImpossibleException if more would: the provider names wrong fees or minima, or the wallet is in very many pieces
     */
    SignedTransaction assemble(Draft draft, BigInteger most, String collection) {
        Settled settled = settle(draft);
        BigInteger leaves = leaves(draft, settled.built(), collection);
        if (most != null && leaves.compareTo(most) > 0) {
            throw new TransactionImpossibleException("it would take " + leaves + " lovelace out of the wallet, " + settled.fee()
                    + " of them as the fee, and may take " + most + " (masumi.credits.*)");
        }
        return sign(draft, settled.built(), settled.fee());
    }

    /** Lovelace that the wallet and its collection address have less afterwards. */
    private BigInteger leaves(Draft draft, Built built, String collection) {
        List<Utxo> ofScripts = draft.spends().stream().map(Draft.ScriptSpend::utxo).toList();
        BigInteger before = built.inputs().stream().filter(utxo -> !ofScripts.contains(utxo)).map(utxo -> utxo.value().lovelace())
                .reduce(BigInteger.ZERO, BigInteger::add);
        return built.transaction().getBody().getOutputs().stream()
                .filter(output -> output.getAddress().equals(wallet.address()) || output.getAddress().equals(collection))
                .map(output -> output.getValue().getCoin()).reduce(before, BigInteger::subtract);
    }

    /** The same for keys that are elsewhere: room for their signatures is paid for, and none is there yet. */
    UnsignedTransaction unsigned(Draft draft) {
        Settled settled = settle(draft);
        Transaction transaction = settled.built().transaction();
        transaction.getWitnessSet().setVkeyWitnesses(new ArrayList<>());
        return new UnsignedTransaction(serialized(transaction), settled.built().hash(), draft.validity().until() - 1,
                settled.fee().longValueExact());
    }

    private record Settled(Built built, BigInteger fee) {}

    /** Small outputs are spent along if there is room. */
    private Settled settle(Draft draft) {
        if (funds.takesAlong() && !draft.merges()) {
            try {
                return settle(draft, true);
            } catch (TransactionTooLargeException e) {
                // It may fit without them.
            }
        }
        return settle(draft, false);
    }

    private Settled settle(Draft draft, boolean along) {
        draft.outputs().stream().filter(output -> !bundles.fit(output.assets())).findFirst().ifPresent(output -> {
            throw new TransactionImpossibleException("no output can hold as much, or as many tokens, as are to go to " + output.address());
        });
        List<ScriptUse> scripts = scripts(draft);
        ScriptEvaluator evaluator = scripts.isEmpty() ? null : new ScriptEvaluator(parameters);
        BigInteger fee = FIRST_FEE;
        List<ExUnits> units = scripts.stream().map(script -> FIRST_UNITS).toList();
        boolean evaluated = scripts.isEmpty();
        for (int round = 0; round < ROUNDS; round++) {
            Built built = build(draft, fee, units, along);
            if (!scripts.isEmpty()) {
                List<ExUnits> used = evaluator.evaluate(built.transaction(), built.hash(), built.resolved(), inRedeemerOrder(draft, built));
                if (!evaluated || !covers(units, used)) {
                    units = used.stream().map(TransactionAssembler::withMargin).toList();
                    evaluated = true;
                    continue;
                }
            }
            int scriptBytes = referenceScriptBytes(scripts) + draft.spentScriptBytes();
            BigInteger least = fees.minimum(built.size(), units, scriptBytes);
            // A smaller fee can make the transaction shorter and the fee smaller still; a few lovelace are not worth a round.
            boolean close = fee.subtract(least).compareTo(fees.slack()) <= 0;
            if (fee.compareTo(least) >= 0 && (close || round > ROUNDS / 2)) {
                checkLimits(draft, built, units);
                if (fee.compareTo(fees.most(!scripts.isEmpty(), scriptBytes)) > 0) {
                    throw new TransactionImpossibleException("the fee does not settle below the most that it can be");
                }
                return new Settled(built, fee);
            }
            fee = least;
        }
        throw new TransactionImpossibleException("fee and change do not settle");
    }

    private static List<ScriptUse> scripts(Draft draft) {
        List<ScriptUse> scripts = new ArrayList<>();
        draft.spends().forEach(spend -> scripts.add(spend.script()));
        draft.mint().ifPresent(mint -> scripts.add(mint.script()));
        return scripts;
    }

    /** A transaction of a round, with a signature that only has the right size. @param inputs in ledger order */
    private record Built(Transaction transaction, String hash, int size, List<Utxo> inputs, List<Utxo> collateral,
            Map<TransactionInput, TransactionOutput> resolved) {}

    private Built build(Draft draft, BigInteger fee, List<ExUnits> units, boolean along) {
        List<Utxo> inputs = new ArrayList<>(draft.required());
        draft.spends().forEach(spend -> inputs.add(spend.utxo()));
        Assets out = draft.outputs().stream().map(PlannedOutput::assets).reduce(Assets.lovelace(fee), Assets::plus);
        Assets minted = draft.mint().map(mint -> Assets.of(mint.unit(), mint.quantity())).orElse(Assets.NONE);
        Assets change = sum(inputs).plus(minted).minus(out);
        if (!change.missing().isEmpty() || inputs.isEmpty()) {
            inputs.addAll(funds.cover(Assets.NONE.minus(change), inputs));
            change = sum(inputs).plus(minted).minus(out);
        }
        List<PlannedOutput> outputs = new ArrayList<>(draft.outputs());
        if (!change.equals(Assets.NONE)) {
            BigInteger least = leastLovelace(change);
            while (change.lovelace().compareTo(least) < 0) {
                // What is taken may bring tokens with it, and they need lovelace too.
                inputs.addAll(funds.cover(Assets.lovelace(least.subtract(change.lovelace())), inputs));
                change = sum(inputs).plus(minted).minus(out);
                least = leastLovelace(change);
            }
            if (along) {
                inputs.addAll(funds.along(inputs));
                change = sum(inputs).plus(minted).minus(out);
            }
            outputs.addAll(changeOutputs(change, draft, inputs));
        }
        inputs.sort(LEDGER_ORDER);
        return transaction(draft, fee, units, inputs, outputs);
    }

    /**
     * All change in one output, but for a collateral when the wallet has none left for its next transactions, for some outputs to
     * work from beside each other when it has too few of them, and for tokens that do not fit in. At least half of the change stays
     * together, for those who need much at once.
     */
    private List<PlannedOutput> changeOutputs(Assets all, Draft draft, List<Utxo> spent) {
        List<Assets> tokens = bundles.split(all);
        List<PlannedOutput> full = tokens.subList(1, tokens.size()).stream()
                .map(bundle -> PlannedOutput.of(wallet.address(), bundle).atLeastMinimum(minimum)).toList();
        BigInteger left = full.stream().map(output -> output.assets().lovelace()).reduce(all.lovelace(), BigInteger::subtract);
        boolean hasCollateral = funds.keptAsCollateral().filter(kept -> !spent.contains(kept)).isPresent()
                || draft.outputs().contains(collateral());
        List<PlannedOutput> outputs = new ArrayList<>(singleChange(tokens.getFirst().withLovelace(left), hasCollateral, draft.merges()));
        outputs.addAll(full);
        return outputs;
    }

    private PlannedOutput collateral() {
        return PlannedOutput.of(wallet.address(), Assets.lovelace(WalletFunds.COLLATERAL));
    }

    /** Fewest lovelace that the ledger allows with this change. */
    private BigInteger leastLovelace(Assets change) {
        List<Assets> tokens = bundles.split(change);
        BigInteger least = PlannedOutput.of(wallet.address(), tokens.getFirst().withLovelace(change.lovelace())).minimumLovelace(minimum);
        return tokens.subList(1, tokens.size()).stream()
                .map(bundle -> PlannedOutput.of(wallet.address(), bundle).minimumLovelace(minimum)).reduce(least, BigInteger::add);
    }

    private List<PlannedOutput> singleChange(Assets change, boolean hasCollateral, boolean merges) {
        List<PlannedOutput> besides = new ArrayList<>();
        Assets main = change;
        if (!hasCollateral && spare(main).compareTo(WalletFunds.COLLATERAL) >= 0) {
            besides.add(collateral());
            main = main.minus(collateral().assets());
        }
        int split = merges
                ? 0
                : main.lovelace().shiftRight(1).min(spare(main)).max(BigInteger.ZERO).divide(WalletFunds.WORKING)
                        .min(BigInteger.valueOf(funds.split())).intValue();
        PlannedOutput working = PlannedOutput.of(wallet.address(), Assets.lovelace(WalletFunds.WORKING));
        besides.addAll(Collections.nCopies(split, working));
        main = main.minus(Assets.lovelace(WalletFunds.WORKING.multiply(BigInteger.valueOf(split))));
        List<PlannedOutput> outputs = new ArrayList<>();
        outputs.add(PlannedOutput.of(wallet.address(), main));
        outputs.addAll(besides);
        return outputs;
    }

    /** Lovelace that can be set apart from change: its tokens keep what they need, and without tokens it stays of use. */
    private BigInteger spare(Assets change) {
        BigInteger stays = change.isOnlyLovelace()
                ? MIN_USEFUL_CHANGE
                : PlannedOutput.of(wallet.address(), change).minimumLovelace(minimum);
        return change.lovelace().subtract(stays);
    }

    private Built transaction(Draft draft, BigInteger fee, List<ExUnits> units, List<Utxo> inputs, List<PlannedOutput> outputs) {
        TransactionBody body = new TransactionBody();
        body.setInputs(inputs.stream().map(utxo -> input(utxo.ref())).toList());
        body.setOutputs(outputs.stream().map(PlannedOutput::toOutput).toList());
        body.setFee(fee);
        body.setTtl(draft.validity().until());
        body.setValidityStartInterval(draft.validity().from());
        draft.mint().ifPresent(mint -> body.setMint(
                List.of(new MultiAsset(mint.policyId(), List.of(new Asset("0x" + mint.assetName(), mint.quantity()))))));
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

    private static List<ScriptUse> inRedeemerOrder(Draft draft, Built built) {
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
        body.setTotalCollateral(back.isPresent() ? required : sum(collateral).lovelace());
        return collateral;
    }

    /** What comes back of collateral when a script fails, tokens and all; empty if the ledger would not take that output. */
    private Optional<PlannedOutput> collateralReturn(List<Utxo> collateral, BigInteger required) {
        Assets rest = sum(collateral).minus(Assets.lovelace(required));
        if (rest.lovelace().signum() <= 0 || !bundles.fit(rest)) {
            return Optional.empty();
        }
        PlannedOutput back = PlannedOutput.of(wallet.address(), rest);
        return Optional.of(back).filter(output -> output.minimumLovelace(minimum).compareTo(rest.lovelace()) <= 0);
    }

    /** Less than an output's minimum is more than asked for: then all of it is put up. */
    private static boolean canBePutUpWhole(List<Utxo> collateral, BigInteger required) {
        Assets all = sum(collateral);
        return all.isOnlyLovelace() && all.lovelace().compareTo(required) >= 0;
    }

    private static boolean covers(List<ExUnits> declared, List<ExUnits> used) {
        for (int i = 0; i < used.size(); i++) {
            if (declared.get(i).getMem().compareTo(used.get(i).getMem()) < 0
                    || declared.get(i).getSteps().compareTo(used.get(i).getSteps()) < 0) {
                return false;
            }
        }
        return true;
    }

    private static ExUnits withMargin(ExUnits used) {
        return new ExUnits(withMargin(used.getMem()), withMargin(used.getSteps()));
    }

    private static BigInteger withMargin(BigInteger quantity) {
        return quantity.add(quantity.multiply(BigInteger.valueOf(UNITS_MARGIN_PERCENT)).divide(BigInteger.valueOf(100)));
    }

    private static int referenceScriptBytes(List<ScriptUse> scripts) {
        return scripts.stream().distinct().filter(script -> script.carrier().isPresent()).mapToInt(script -> script.bytes().length)
                .sum();
    }

    private void checkLimits(Draft draft, Built built, List<ExUnits> units) {
        if (built.size() > protocol.getMaxTxSize()) {
            if (built.size() - bytesOfPieces(draft, built) <= protocol.getMaxTxSize()) {
                Assets needed = draft.outputs().stream().map(PlannedOutput::assets)
                        .reduce(Assets.lovelace(built.transaction().getBody().getFee()), Assets::plus);
                throw new WalletInPiecesException("it holds enough, but in so many outputs, or beside so many tokens, that the transaction"
                        + " would have " + built.size() + " bytes, where the limit is " + protocol.getMaxTxSize(),
                        (double) built.size() / protocol.getMaxTxSize(), needed.toFunds());
            }
            throw new TransactionTooLargeException(
                    "the transaction would have " + built.size() + " bytes, the limit is " + protocol.getMaxTxSize(),
                    (double) built.size() / protocol.getMaxTxSize());
        }
        BigInteger memory = units.stream().map(ExUnits::getMem).reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger steps = units.stream().map(ExUnits::getSteps).reduce(BigInteger.ZERO, BigInteger::add);
        double share = Math.max(share(memory, protocol.getMaxTxExMem()), share(steps, protocol.getMaxTxExSteps()));
        if (share > 1) {
            throw new TransactionTooLargeException("the scripts would use more than one transaction may", share);
        }
    }

    /** What a transaction could do without if the wallet had what it takes in two outputs without tokens. */
    private static int bytesOfPieces(Draft draft, Built built) {
        int inputs = Math.max(0, built.inputs().size() - draft.spends().size() - draft.required().size() - 2) * INPUT_BYTES;
        TransactionBody body = built.transaction().getBody();
        return Stream.concat(body.getOutputs().stream().skip(draft.outputs().size()), Stream.ofNullable(body.getCollateralReturn()))
                .mapToInt(output -> Bundles.size(Assets.of(OutputFunds.of(output))) - Bundles.size(Assets.NONE)).sum() + inputs;
    }

    private static double share(BigInteger used, String limit) {
        return used.doubleValue() / Double.parseDouble(limit);
    }

    private SignedTransaction sign(Draft draft, Built built, BigInteger fee) {
        byte[] signature = signer.apply(HexFormat.of().parseHex(built.hash()));
        built.transaction().getWitnessSet().setVkeyWitnesses(List.of(new VkeyWitness(wallet.publicKey(), signature)));
        byte[] bytes = serialized(built.transaction());
        List<Utxo> change = new ArrayList<>();
        List<TransactionOutput> outputs = built.transaction().getBody().getOutputs();
        for (int i = 0; i < outputs.size(); i++) {
            TransactionOutput output = outputs.get(i);
            if (output.getAddress().equals(wallet.address()) && output.getInlineDatum() == null) {
                change.add(new Utxo(new OutputRef(built.hash(), i), wallet.address(), OutputFunds.of(output), null, null, null, null));
            }
        }
        return new SignedTransaction(bytes, built.hash(), draft.validity().until() - 1, fee.longValueExact(),
                built.inputs().stream().map(Utxo::ref).toList(), built.collateral().stream().map(Utxo::ref).toList(), List.copyOf(change),
                draft.mint().filter(mint -> mint.quantity().signum() > 0).map(Draft.Mint::unit).orElse(null));
    }

    private static Assets sum(List<Utxo> utxos) {
        return Assets.sum(utxos.stream().map(Utxo::value));
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

    private static byte[] serialized(Transaction transaction) {
        try {
            return transaction.serialize();
        } catch (CborSerializationException e) {
            throw new IllegalStateException("the transaction cannot be written", e);
        }
    }
}
