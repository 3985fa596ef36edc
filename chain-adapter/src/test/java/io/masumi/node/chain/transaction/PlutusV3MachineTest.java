package io.masumi.node.chain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.provider.ProviderUnavailableException;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import scalus.ledger.api.PlutusLedgerLanguage;
import scalus.ledger.api.ProtocolVersion;
import scalus.uplc.eval.MachineParams;

/** The chain's list of costs is held to Plutus's own cost model, which Scalus has as a file and reads without a list's order. */
class PlutusV3MachineTest {

    private static final ProtocolVersion VERSION = new ProtocolVersion(10, 0);
    private static final long[] PREPROD = ProtocolParameters.preprod().costModels().get(ScriptLanguage.PLUTUS_V3).values().stream()
            .mapToLong(Long::longValue).toArray();

    @Test
    void everyParameterHasItsPlace() {
        MachineParams reference = MachineParams.defaultParamsFor(PlutusLedgerLanguage.PlutusV3, VERSION);
        assertThat(PlutusV3Machine.of(PREPROD, VERSION)).isEqualTo(reference);
    }

    @Test
    void parametersOfLaterBuiltinsAreLeftOut() {
        assertThat(PlutusV3Machine.of(Arrays.copyOf(PREPROD, 350), VERSION)).isEqualTo(PlutusV3Machine.of(PREPROD, VERSION));
    }

    @Test
    void aListThatIsTooShortIsRefusedRatherThanFilledUp() {
        assertThatThrownBy(() -> PlutusV3Machine.of(Arrays.copyOf(PREPROD, 250), VERSION))
                .isInstanceOf(ProviderUnavailableException.class).hasMessageContaining("250");
    }
}
