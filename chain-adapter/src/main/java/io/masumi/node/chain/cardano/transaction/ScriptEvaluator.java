package io.masumi.node.chain.cardano.transaction;

import co.nstant.in.cbor.model.ByteString;
import com.bloxbean.cardano.client.api.model.ProtocolParams;
import com.bloxbean.cardano.client.api.util.CostModelUtil;
import com.bloxbean.cardano.client.plutus.spec.CostMdls;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.Language;
import com.bloxbean.cardano.client.plutus.spec.Redeemer;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import com.bloxbean.cardano.client.transaction.spec.TransactionInput;
import com.bloxbean.cardano.client.transaction.spec.TransactionOutput;
import io.masumi.node.chain.cardano.codec.PlutusBytes;
import io.masumi.node.chain.cardano.provider.LedgerParameters;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.cardano.provider.SlotTimes;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.MalformedCborException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import scala.Option;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scalus.bloxbean.Interop$;
import scalus.bloxbean.SlotConfig;
import scalus.builtin.Data;
import scalus.builtin.JVMPlatformSpecific$;
import scalus.ledger.api.ProtocolVersion;
import scalus.ledger.api.v3.ScriptContext;
import scalus.ledger.api.v3.ToDataInstances;
import scalus.ledger.api.v3.TxInfo;
import scalus.uplc.eval.ExBudget;
import scalus.uplc.eval.MachineParams;
import scalus.uplc.eval.PlutusVM;

/**
 * Runs a transaction's Plutus V3 scripts locally and tells what they use. Scalus's parts are called one by one rather than
 * its evaluator, because that one shows V3 scripts a mint with an entry of no lovelace, which the ledger does not.
 */
final class ScriptEvaluator {
    static {
        ScalusLanguages.initialise();
    }

    private static final int MINT_FIELD = 4;

    private final PlutusVM machine = new PlutusVM(JVMPlatformSpecific$.MODULE$);
    private final ProtocolParams protocol;
    private final SlotConfig slots;
    private final MachineParams costs;

    ScriptEvaluator(LedgerParameters parameters) {
        this.protocol = parameters.protocol();
        this.slots = new SlotConfig(parameters.slots().zeroTime(), 0, SlotTimes.SLOT_MILLIS);
        this.costs = PlutusV3Machine.of(costModels(protocol).get(Language.PLUTUS_V3).getCosts(),
                new ProtocolVersion(protocol.getProtocolMajorVer(), protocol.getProtocolMinorVer()));
    }

    /** Whether scripts can be shown a transaction with this output: our libraries do not know all data that the ledger takes. */
    static boolean canShow(Utxo utxo) {
        if (utxo.inlineDatum() == null) {
            return true;
        }
        try {
            return PlutusBytes.read(utxo.inlineDatum()).map(Interop$.MODULE$::toScalusData).isPresent();
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            return false;
        }
    }

    /** The cost model of Plutus V3, which is all that our transactions run. */
    static CostMdls costModels(ProtocolParams protocol) {
        CostMdls models = new CostMdls();
        models.add(CostModelUtil.getCostModelFromProtocolParams(protocol, Language.PLUTUS_V3)
                .orElseThrow(() -> new ProviderUnavailableException("the chain provider gives no cost model for Plutus V3", null)));
        return models;
    }

    /**
     * Runs every redeemer's script.
     *
     * @param hash the transaction's, hex
     * @param resolved all spent and referenced outputs
     * @param scripts the script of each redeemer, in the order of the transaction's redeemers
     * @return units used, in the same order
     * @throws TransactionImpossibleException if a script refuses or exceeds what one transaction may use
     */
    List<ExUnits> evaluate(Transaction transaction, String hash, Map<TransactionInput, TransactionOutput> resolved,
            List<ScriptUse> scripts) {
        scala.collection.immutable.Map<TransactionInput, TransactionOutput> outputs = scala.collection.immutable.Map
                .<TransactionInput, TransactionOutput>from(CollectionConverters.asScala(resolved));
        Seq<Tuple2<scalus.builtin.ByteString, Data>> noDatums = CollectionConverters
                .asScala(List.<Tuple2<scalus.builtin.ByteString, Data>>of()).toSeq();
        TxInfo info = Interop$.MODULE$.getTxInfoV3(transaction, hash, noDatums, outputs, slots, protocol.getProtocolMajorVer());
        List<Redeemer> redeemers = transaction.getWitnessSet().getRedeemers();
        List<ExUnits> used = new ArrayList<>();
        for (int i = 0; i < redeemers.size(); i++) {
            used.add(evaluate(transaction, info, redeemers.get(i), resolved, scripts.get(i)));
        }
        return used;
    }

    private ExUnits evaluate(Transaction transaction, TxInfo info, Redeemer redeemer, Map<TransactionInput, TransactionOutput> resolved,
            ScriptUse script) {
        Optional<Data> datum = switch (redeemer.getTag()) {
            case Spend -> Optional.ofNullable(
                    resolved.get(transaction.getBody().getInputs().get(redeemer.getIndex().intValueExact())).getInlineDatum())
                    .map(Interop$.MODULE$::toScalusData);
            default -> Optional.empty();
        };
        Data context = withoutMintedLovelace(ToDataInstances.given_ToData_ScriptContext()
                .apply(new ScriptContext(info, Interop$.MODULE$.toScalusData(redeemer.getData()),
                        Interop$.MODULE$.getScriptInfoV3(transaction, redeemer, Option.apply(datum.orElse(null))))));
        ExBudget limit = ExBudget.fromCpuAndMemory(Long.parseLong(protocol.getMaxTxExSteps()), Long.parseLong(protocol.getMaxTxExMem()));
        try {
            ExBudget used = machine.evaluateScriptRestricting(costs, limit, flat(script.bytes()), context).budget();
            return new ExUnits(BigInteger.valueOf(used.memory()), BigInteger.valueOf(used.cpu()));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            // Scripts come from others: the machine's errors are RuntimeExceptions, the Errors are what a hostile one drives it to.
            throw new TransactionImpossibleException("script " + script.hash() + " refuses " + redeemer.getTag() + " "
                    + redeemer.getIndex() + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static Data withoutMintedLovelace(Data context) {
        List<Data> contextFields = new ArrayList<>(CollectionConverters.asJava(((Data.Constr) context).args()));
        List<Data> infoFields = new ArrayList<>(CollectionConverters.asJava(((Data.Constr) contextFields.getFirst()).args()));
        List<Tuple2<Data, Data>> minted = CollectionConverters.asJava(((Data.Map) infoFields.get(MINT_FIELD)).values()).stream()
                .filter(entry -> !(entry._1() instanceof Data.B policy && policy.value().isEmpty())).toList();
        infoFields.set(MINT_FIELD, new Data.Map(CollectionConverters.asScala(minted).toList()));
        contextFields.set(0, new Data.Constr(0, CollectionConverters.asScala(infoFields).toList()));
        return new Data.Constr(0, CollectionConverters.asScala(contextFields).toList());
    }

    /** A script is the flat form of its program in a CBOR byte string. */
    private static byte[] flat(byte[] script) {
        try {
            return CborItem.parse(script).asBytes();
        } catch (MalformedCborException e) {
            throw new TransactionImpossibleException("a script is not in the ledger's form: " + e.getMessage());
        }
    }
}
