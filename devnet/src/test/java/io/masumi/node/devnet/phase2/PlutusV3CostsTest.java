package io.masumi.node.devnet.phase2;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scalus.ledger.api.PlutusLedgerLanguage;
import scalus.ledger.api.ProtocolVersion;
import scalus.uplc.eval.MachineParams;

/** Preprod's prices of Plutus V3 are those of Plutus's own cost model, which Scalus has as a file and reads without a list's order. */
class PlutusV3CostsTest {

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void everyParameterHasItsPlace(int major) {
        ProtocolVersion version = new ProtocolVersion(major, 0);
        MachineParams machine = PlutusV3Costs.machine(ProtocolParameters.preprod(major).costModels().get(ScriptLanguage.PLUTUS_V3),
                version);
        MachineParams reference = MachineParams.defaultParamsFor(PlutusLedgerLanguage.PlutusV3, version);
        assertThat(machine).isEqualTo(reference);
    }
}
