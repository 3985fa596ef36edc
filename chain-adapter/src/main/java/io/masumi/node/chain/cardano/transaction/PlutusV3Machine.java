package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import scala.jdk.javaapi.CollectionConverters;
import scalus.ledger.api.BuiltinSemanticsVariant;
import scalus.ledger.api.PlutusLedgerLanguage;
import scalus.ledger.api.ProtocolVersion;
import scalus.uplc.eval.BuiltinCostModel$;
import scalus.uplc.eval.CekMachineCosts$;
import scalus.uplc.eval.MachineParams;

/**
 * What Plutus V3 costs on a chain. A chain says it as a list of numbers, whose order the ledger defines; Scalus takes them by
 * name. Scalus 0.8.2's own translation of that list is not used, because it has the coefficients of the four divisions in
 * another order than the ledger, and names the builtins that are new in V3 as its cost model does not look for them, so that each
 * of their parameters silently becomes 300 000 000: an integerToByteString came to 900 million steps instead of 1.3.
 */
final class PlutusV3Machine {
    static {
        ScalusLanguages.initialise();
    }

    /**
     * The ledger's parameters in its order (ParamName of plutus-ledger-api), spelled as Scalus looks for them, which differs from the
     * ledger for divideInteger. They end with the builtins of the Chang hard fork: Scalus knows none of the later ones.
     */
    private static final List<String> PARAMETERS = parameters();

    private PlutusV3Machine() {}

    /**
     * @param costs the chain's cost model of Plutus V3, in the ledger's order; may go on with parameters of later builtins
     * @throws ProviderUnavailableException if the list is too short to be a cost model of Plutus V3
     */
    static MachineParams of(long[] costs, ProtocolVersion version) {
        if (costs.length < PARAMETERS.size()) {
            throw new ProviderUnavailableException("the chain provider's cost model for Plutus V3 has only " + costs.length + " values, "
                    + "the ledger's has at least " + PARAMETERS.size(), null);
        }
        Map<String, Object> named = new HashMap<>();
        for (int i = 0; i < PARAMETERS.size(); i++) {
            named.put(PARAMETERS.get(i), costs[i]);
        }
        scala.collection.immutable.Map<String, Object> byName = scala.collection.immutable.Map
                .<String, Object>from(CollectionConverters.asScala(named));
        BuiltinSemanticsVariant semantics = BuiltinSemanticsVariant.fromProtocolAndPlutusVersion(version, PlutusLedgerLanguage.PlutusV3);
        return new MachineParams(CekMachineCosts$.MODULE$.fromMap(byName),
                BuiltinCostModel$.MODULE$.fromCostModelParams(PlutusLedgerLanguage.PlutusV3, semantics, byName), semantics);
    }

    private static List<String> parameters() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PlutusV3Machine.class.getResourceAsStream("plutus-v3-cost-parameters.txt")),
                StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the names of the cost parameters cannot be read", e);
        }
    }
}
