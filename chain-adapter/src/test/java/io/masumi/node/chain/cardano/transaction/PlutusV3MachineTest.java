package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scalus.ledger.api.PlutusLedgerLanguage;
import scalus.ledger.api.ProtocolVersion;
import scalus.uplc.eval.MachineParams;

/** The chain's list of costs is held to Plutus's own cost model, which Scalus has as a file and reads without a list's order. */
class PlutusV3MachineTest {

    private static final ProtocolVersion VERSION = new ProtocolVersion(11, 0);
    private static final long[] PREPROD = costs(11);

    private static long[] costs(int protocolMajor) {
        return ProtocolParameters.preprod(protocolMajor).costModels().get(ScriptLanguage.PLUTUS_V3).values().stream()
                .mapToLong(Long::longValue).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void everyParameterHasItsPlace(int major) {
        ProtocolVersion version = new ProtocolVersion(major, 0);
        MachineParams reference = MachineParams.defaultParamsFor(PlutusLedgerLanguage.PlutusV3, version);
        assertThat(PlutusV3Machine.of(costs(major), version)).isEqualTo(reference);
    }

    @Test
    void parametersOfLaterBuiltinsAreLeftOut() {
        for (int length : new int[]{251, 297, 350, 400}) {
            assertThat(PlutusV3Machine.of(Arrays.copyOf(PREPROD, length), VERSION)).isEqualTo(PlutusV3Machine.of(PREPROD, VERSION));
        }
    }

    /** So what the contracts cost, as docs/contract-rules.md says it, is the same at both. */
    @Test
    void nothingThatIsThereAlreadyCostsOtherwiseAtVersion11() {
        assertThat(PREPROD).hasSize(350).startsWith(costs(10));
        assertThat(PlutusV3Machine.of(PREPROD, VERSION)).isEqualTo(PlutusV3Machine.of(costs(10), new ProtocolVersion(10, 0)));
    }

    @Test
    void aListThatIsTooShortIsRefusedRatherThanFilledUp() {
        assertThatThrownBy(() -> PlutusV3Machine.of(Arrays.copyOf(PREPROD, 250), VERSION))
                .isInstanceOf(ProviderUnavailableException.class).hasMessageContaining("250");
    }
}
