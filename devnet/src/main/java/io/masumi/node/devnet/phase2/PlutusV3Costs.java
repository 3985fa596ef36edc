package io.masumi.node.devnet.phase2;

import scala.jdk.javaapi.CollectionConverters;
import scalus.ledger.api.BuiltinSemanticsVariant;
import scalus.ledger.api.PlutusLedgerLanguage;
import scalus.ledger.api.ProtocolVersion;
import scalus.uplc.eval.BuiltinCostModel$;
import scalus.uplc.eval.CekMachineCosts$;
import scalus.uplc.eval.MachineParams;

import java.util.HashMap;
import java.util.Map;

/**
 * Scalus's machine with a cost model of Plutus V3, by the ledger's names. Scalus 0.8.2's own translation of the ledger's list serves
 * for V1 and V2 only: for V3 it takes the coefficients of the divisions in another order than the ledger has them, and loses those of
 * the builtins that V3 brought, each of which then costs 300 000 000 a parameter.
 */
final class PlutusV3Costs {
    static {
        ScalusLanguages.initialise();
    }

    private PlutusV3Costs() {}

    static MachineParams machine(Map<String, Long> costs, ProtocolVersion version) {
        Map<String, Object> named = new HashMap<>();
        // Scalus has a shorter name for the coefficients of this one builtin.
        costs.forEach((name, cost) -> named.put(
                name.replace("divideInteger-cpu-arguments-model-arguments-", "divideInteger-cpu-arguments-"), cost));
        scala.collection.immutable.Map<String, Object> byName = scala.collection.immutable.Map
                .<String, Object>from(CollectionConverters.asScala(named));
        BuiltinSemanticsVariant semantics = BuiltinSemanticsVariant.fromProtocolAndPlutusVersion(version, PlutusLedgerLanguage.PlutusV3);
        return new MachineParams(CekMachineCosts$.MODULE$.fromMap(byName),
                BuiltinCostModel$.MODULE$.fromCostModelParams(PlutusLedgerLanguage.PlutusV3, semantics, byName), semantics);
    }
}
