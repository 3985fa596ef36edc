package io.masumi.node.chain.cardano.transaction;

import com.bloxbean.cardano.client.api.MinAdaCalculator;
import com.bloxbean.cardano.client.api.model.ProtocolParams;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionBody;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import com.bloxbean.cardano.client.transaction.spec.VkeyWitness;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.provider.LedgerParameters;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.chain.cardano.transaction.TransactionWriter.Built;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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
    private static final BigInteger FIRST_FEE = BigInteger.valueOf(300_000);
    private static final ExUnits FIRST_UNITS = new ExUnits(BigInteger.valueOf(1_000_000), BigInteger.valueOf(500_000_000));

    private final LedgerParameters parameters;
    private final ProtocolParams protocol;
    private final TransactionFees fees;
    private final Bundles bundles;
    private final Change change;
    private final TransactionWriter writer;
    private final WalletIdentity wallet;
    private final WalletFunds funds;
    private final UnaryOperator<byte[]> signer;

    /** @param signer makes the wallet's Ed25519 signature of a hash */
    TransactionAssembler(LedgerParameters parameters, WalletIdentity wallet, WalletFunds funds, UnaryOperator<byte[]> signer) {
        this.parameters = parameters;
        this.protocol = parameters.protocol();
        this.fees = new TransactionFees(protocol);
        this.bundles = new Bundles(protocol);
        this.change = new Change(wallet.address(), funds, bundles, new MinAdaCalculator(protocol));
        this.writer = new TransactionWriter(protocol, wallet, funds);
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
        return new UnsignedTransaction(TransactionWriter.serialized(transaction), settled.built().hash(), draft.validity().until() - 1,
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
        List<ScriptUse> scripts = TransactionWriter.scripts(draft);
        ScriptEvaluator evaluator = scripts.isEmpty() ? null : new ScriptEvaluator(parameters);
        BigInteger fee = FIRST_FEE;
        List<ExUnits> units = scripts.stream().map(script -> FIRST_UNITS).toList();
        boolean evaluated = scripts.isEmpty();
        for (int round = 0; round < ROUNDS; round++) {
            Built built = build(draft, fee, units, along);
            if (!scripts.isEmpty()) {
                List<ExUnits> used = evaluator.evaluate(built.transaction(), built.hash(), built.resolved(), scripts);
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
            BigInteger least = this.change.least(change);
            while (change.lovelace().compareTo(least) < 0) {
                // What is taken may bring tokens with it, and they need lovelace too.
                inputs.addAll(funds.cover(Assets.lovelace(least.subtract(change.lovelace())), inputs));
                change = sum(inputs).plus(minted).minus(out);
                least = this.change.least(change);
            }
            if (along) {
                inputs.addAll(funds.along(inputs));
                change = sum(inputs).plus(minted).minus(out);
            }
            outputs.addAll(this.change.outputs(change, draft, inputs));
        }
        inputs.sort(TransactionWriter.LEDGER_ORDER);
        return writer.write(draft, fee, units, inputs, outputs);
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
        byte[] bytes = TransactionWriter.serialized(built.transaction());
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

}
