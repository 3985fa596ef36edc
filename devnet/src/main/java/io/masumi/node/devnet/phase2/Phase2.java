package io.masumi.node.devnet.phase2;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.plutus.spec.PlutusData;
import com.bloxbean.cardano.client.plutus.spec.Redeemer;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.devnet.ledger.LedgerRedeemer;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.OutputDatum;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import io.masumi.node.devnet.phase1.ScriptPurpose;
import io.masumi.node.devnet.phase1.Subject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;
import scalus.bloxbean.Interop$;
import scalus.bloxbean.SlotConfig;
import scalus.builtin.ByteString;
import scalus.builtin.Data;
import scalus.builtin.JVMPlatformSpecific$;
import scalus.ledger.api.PlutusLedgerLanguage;
import scalus.ledger.api.ProtocolVersion;
import scalus.uplc.Constant;
import scalus.uplc.Term;
import scalus.uplc.eval.CekResult;
import scalus.uplc.eval.ExBudget;
import scalus.uplc.eval.MachineParams;
import scalus.uplc.eval.PlutusVM;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The second phase of validation: every Plutus script runs in Scalus's machine within the budget its redeemer declares. */
public final class Phase2 {
    static {
        ScalusLanguages.initialise();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Phase2.class);
    /** Many times what the largest budget takes. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(10);

    private final ProtocolParameters parameters;
    private final SlotConfig slots;
    private final Map<ScriptLanguage, MachineParams> machines = new ConcurrentHashMap<>();
    private final PlutusVM machine = new PlutusVM(JVMPlatformSpecific$.MODULE$);

    /**
     * @param zeroTime Unix milliseconds of slot 0
     * @param slotLength milliseconds
     */
    public Phase2(ProtocolParameters parameters, long zeroTime, long slotLength) {
        this.parameters = parameters;
        this.slots = new SlotConfig(zeroTime, 0, slotLength);
    }

    /** Made when first needed: each takes Scalus a good part of a second. */
    private MachineParams machineFor(ScriptLanguage language) {
        return machines.computeIfAbsent(language, needed -> {
            ProtocolVersion version = new ProtocolVersion(parameters.version().major(), parameters.version().minor());
            return needed == ScriptLanguage.PLUTUS_V3
                    ? PlutusV3Costs.machine(parameters.costModels().get(needed), version)
                    : Interop$.MODULE$.translateMachineParamsFromCostMdls(parameters.costModels(List.of(needed)), plutus(needed), version);
        });
    }

    private static PlutusLedgerLanguage plutus(ScriptLanguage language) {
        return switch (language) {
            case PLUTUS_V1 -> PlutusLedgerLanguage.PlutusV1;
            case PLUTUS_V2 -> PlutusLedgerLanguage.PlutusV2;
            case PLUTUS_V3 -> PlutusLedgerLanguage.PlutusV3;
            case NATIVE -> throw new IllegalArgumentException("native scripts do not run in the machine");
        };
    }

    /**
     * Runs them in a thread of their own for a limited time: Scalus walks all of a datum to price a comparison before it looks at
     * the budget, and data that refers to itself twice over and over can be walked for ever, where a node stops at the budget.
     *
     * @param subject a transaction that passed phase 1
     */
    public ScriptOutcome run(Subject subject) {
        if (!subject.transaction().runsScripts()) {
            return new ScriptOutcome.Passed();
        }
        FutureTask<ScriptOutcome> running = new FutureTask<>(() -> runAll(subject));
        Thread thread = Thread.ofPlatform().daemon().name("devnet-scripts").start(running);
        try {
            return running.get(LONGEST_RUN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException endless) {
            thread.setPriority(Thread.MIN_PRIORITY);
            LOG.warn("the scripts of {} are given up after {} seconds", subject.transaction().id(), LONGEST_RUN.toSeconds());
            return new ScriptOutcome.Failed("the scripts do not end");
        } catch (ExecutionException failure) {
            return new ScriptOutcome.Failed(String.valueOf(failure.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while scripts ran", e);
        }
    }

    private ScriptOutcome runAll(Subject subject) {
        TransactionContext context = new TransactionContext(subject);
        Map<LedgerRedeemer.Pointer, LedgerRedeemer> redeemers = new HashMap<>();
        subject.transaction().witnesses().redeemers().forEach(redeemer -> redeemers.put(redeemer.pointer(), redeemer));
        for (ScriptPurpose purpose : subject.plutusPurposes()) {
            Optional<String> failure = run(context, purpose, redeemers.get(purpose.pointer()));
            if (failure.isPresent()) {
                return new ScriptOutcome.Failed("script " + purpose.scriptHash() + " for " + purpose.pointer() + ": " + failure.get());
            }
        }
        return new ScriptOutcome.Passed();
    }

    private Optional<String> run(TransactionContext context, ScriptPurpose purpose, LedgerRedeemer redeemer) {
        LedgerScript script = context.subject.script(purpose.scriptHash()).orElseThrow();
        ExBudget budget = ExBudget.fromCpuAndMemory(redeemer.steps().longValueExact(), redeemer.memory().longValueExact());
        try {
            Data[] arguments = context.arguments(script, purpose, redeemer);
            CekResult result = machine.evaluateScriptRestricting(machineFor(script.language()), budget,
                    CborItem.parse(script.code()).asBytes(), arguments);
            LOG.debug("script {} for {} used {}", purpose.scriptHash(), purpose.pointer(), result.budget());
            boolean unit = result.term() instanceof Term.Const constant && constant._1() == Constant.Unit$.MODULE$;
            // From V3 on a script must return unit, to agree by accident is no longer possible (CIP-117).
            return script.language() != ScriptLanguage.PLUTUS_V3 || unit
                    ? Optional.empty()
                    : Optional.of("a Plutus V3 script must return unit");
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError failure) {
            // The machine's own errors are RuntimeExceptions; the Errors are what hostile scripts can drive it to.
            return Optional.of(failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
    }

    /** The parts of the script contexts that all scripts of one transaction share. */
    private final class TransactionContext {
        private final Subject subject;
        private final Transaction transaction;
        private final scala.collection.immutable.Map<TransactionInput, TransactionOutput> outputs;
        private final scala.collection.immutable.Seq<Tuple2<ByteString, Data>> datums;

        TransactionContext(Subject subject) {
            this.subject = subject;
            this.transaction = subject.transaction().toClientLibrary();
            Map<TransactionInput, TransactionOutput> resolved = new HashMap<>();
            subject.resolved()
                    .forEach((reference, output) -> resolved.put(new TransactionInput(reference.transactionId(), reference.index()),
                            output.toClientLibrary()));
            this.outputs = scala.collection.immutable.Map.from(CollectionConverters.asScala(resolved));
            List<Tuple2<ByteString, Data>> witnessDatums = new ArrayList<>();
            subject.transaction().witnesses().datums()
                    .forEach(datum -> witnessDatums.add(new Tuple2<>(ByteString.fromHex(datum.hash()), data(datum.cbor()))));
            this.datums = CollectionConverters.asScala(witnessDatums).toSeq();
        }

        Data[] arguments(LedgerScript script, ScriptPurpose purpose, LedgerRedeemer redeemer) {
            Redeemer clientRedeemer = transaction.getWitnessSet().getRedeemers().stream()
                    .filter(candidate -> candidate.getTag() == purpose.pointer().tag()
                            && candidate.getIndex().intValueExact() == purpose.pointer().index())
                    .findFirst().orElseThrow();
            Data redeemerData = data(redeemer.cbor());
            Optional<Data> datum = spentDatum(purpose);
            String id = subject.transaction().id();
            int protocol = parameters.version().major();
            return switch (script.language()) {
                case PLUTUS_V1 -> withDatum(datum, redeemerData,
                        scalus.ledger.api.v1.ToDataInstances.given_ToData_ScriptContext()
                                .apply(new scalus.ledger.api.v1.ScriptContext(
                                        Interop$.MODULE$.getTxInfoV1(transaction, id, datums, outputs, slots, protocol),
                                        Interop$.MODULE$.getScriptPurposeV1(clientRedeemer, transaction))));
                case PLUTUS_V2 -> withDatum(datum, redeemerData,
                        scalus.ledger.api.v2.ToDataInstances.given_ToData_ScriptContext()
                                .apply(new scalus.ledger.api.v2.ScriptContext(
                                        Interop$.MODULE$.getTxInfoV2(transaction, id, datums, outputs, slots, protocol),
                                        Interop$.MODULE$.getScriptPurposeV2(clientRedeemer, transaction))));
                case PLUTUS_V3 -> new Data[]{ScriptContextV3.withoutMintedLovelace(
                        scalus.ledger.api.v3.ToDataInstances.given_ToData_ScriptContext()
                                .apply(new scalus.ledger.api.v3.ScriptContext(
                                        Interop$.MODULE$.getTxInfoV3(transaction, id, datums, outputs, slots, protocol), redeemerData,
                                        Interop$.MODULE$.getScriptInfoV3(transaction, clientRedeemer, Option.apply(datum.orElse(null))))))};
                case NATIVE -> throw new IllegalArgumentException("native scripts have no redeemer");
            };
        }

        private Data[] withDatum(Optional<Data> datum, Data redeemer, Data context) {
            return datum.map(spent -> new Data[]{spent, redeemer, context}).orElseGet(() -> new Data[]{redeemer, context});
        }

        private Optional<Data> spentDatum(ScriptPurpose purpose) {
            if (purpose.pointer().tag() != com.bloxbean.cardano.client.plutus.spec.RedeemerTag.Spend) {
                return Optional.empty();
            }
            OutputReference input = List.copyOf(subject.transaction().sortedInputs()).get(purpose.pointer().index());
            return switch (subject.output(input).datum()) {
                case OutputDatum.None() -> Optional.empty();
                case OutputDatum.Inline(var hash, var cbor) -> Optional.of(data(cbor));
                case OutputDatum.Hash(var hash) -> subject.transaction().witnesses().datums().stream()
                        .filter(datum -> datum.hash().equals(hash)).map(datum -> data(datum.cbor())).findFirst();
            };
        }
    }

    private static Data data(byte[] cbor) {
        try {
            return Interop$.MODULE$.toScalusData(PlutusData.deserialize(cbor));
        } catch (CborDeserializationException e) {
            throw new IllegalArgumentException("not Plutus data: " + HexFormat.of().formatHex(cbor), e);
        }
    }
}
