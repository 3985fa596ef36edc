package io.masumi.node.contracts;

import static io.masumi.node.contracts.PlutusData.bytes;
import static io.masumi.node.contracts.PlutusData.constr;
import static io.masumi.node.contracts.PlutusData.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import scalus.builtin.ByteString;
import scalus.builtin.Data;
import scalus.builtin.JVMPlatformSpecific$;

/** The registry policy's rules row by row. */
class RegistryPolicyTest {

    private static final String ESCROW = "addr_test1wz7j4kmg2cs7yf92uat3ed4a3u97kr7axxr4avaz0lhwdsqukgwfm";
    static final CompiledScript SCRIPT = RegistryPolicy.script(ESCROW);
    private static final String POLICY = SCRIPT.hash();
    static final OutputReference FIRST = new OutputReference("f1".repeat(32), 0);
    private static final OutputReference SECOND = new OutputReference("f2".repeat(32), 258);
    private static final List<OutputReference> SPENT = List.of(FIRST, SECOND);
    private static final String NAME = RegistryPolicy.assetName(SECOND);
    private static final String OTHER_NAME = RegistryPolicy.assetName(new OutputReference("f3".repeat(32), 0));
    private static final Data MINT = constr(0);
    private static final Data BURN = constr(1);

    @ParameterizedTest
    @CsvFileSource(resources = "/vectors/registry-asset-names.csv", numLinesToSkip = 1)
    void namesAreThoseOfOtherNodes(String txHash, int index, String assetName) {
        OutputReference spent = new OutputReference(txHash, index);
        assertThat(RegistryPolicy.assetName(spent)).isEqualTo(assetName);
        assertThat(Vm.accepts(SCRIPT, ScriptContexts.minting(POLICY, List.of(spent), minted(assetName, 1), MINT))).isTrue();
    }

    static Stream<Arguments> accepted() {
        return Stream.of(Arguments.of("mint, named after the second input", minted(NAME, 1), MINT),
                Arguments.of("mint, named after the first input", minted(RegistryPolicy.assetName(FIRST), 1), MINT),
                Arguments.of("mint beside other policies",
                        Map.of(POLICY, Map.of(NAME, 1L), "00".repeat(28), Map.of("00", 5L, "01", 5L), "ff".repeat(28), Map.of("", -3L)),
                        MINT),
                Arguments.of("burn, whatever the name", minted(OTHER_NAME, -1), BURN));
    }

    static Stream<Arguments> rejected() {
        return Stream.of(Arguments.of("mint: quantity 2", minted(NAME, 2), MINT),
                Arguments.of("mint: quantity -1", minted(NAME, -1), MINT),
                Arguments.of("mint: named after no input", minted(OTHER_NAME, 1), MINT),
                Arguments.of("mint: an empty name", minted("", 1), MINT),
                Arguments.of("mint: two names", Map.of(POLICY, Map.of(NAME, 1L, RegistryPolicy.assetName(FIRST), 1L)), MINT),
                Arguments.of("mint: one name minted, one burnt", Map.of(POLICY, Map.of(NAME, 1L, OTHER_NAME, -1L)), MINT),
                Arguments.of("mint: nothing of this policy", Map.of("00".repeat(28), Map.of(NAME, 1L)), MINT),
                Arguments.of("mint: nothing at all", Map.of(), MINT),
                Arguments.of("mint: named after the transaction without the index", minted(hash(SECOND.txHash()), 1), MINT),
                Arguments.of("mint: named with the index in one byte", minted(hash(FIRST.txHash() + "00"), 1), MINT),
                Arguments.of("mint: named with the index turned round", minted(hash(SECOND.txHash() + "02010000"), 1), MINT),
                Arguments.of("mint: named after the next index",
                        minted(RegistryPolicy.assetName(new OutputReference(FIRST.txHash(), 1)), 1),
                        MINT),
                Arguments.of("burn: nothing of this policy", Map.of("00".repeat(28), Map.of(NAME, -1L)), BURN),
                Arguments.of("burn: nothing at all", Map.of(), BURN), Arguments.of("burn: quantity -2", minted(NAME, -2), BURN),
                Arguments.of("burn: quantity 1", minted(NAME, 1), BURN),
                Arguments.of("burn: two names", Map.of(POLICY, Map.of(NAME, -1L, OTHER_NAME, -1L)), BURN),
                Arguments.of("burn: one name burnt, one minted", Map.of(POLICY, Map.of(NAME, -1L, OTHER_NAME, 1L)), BURN),
                Arguments.of("another redeemer that mints", minted(NAME, 1), constr(2)),
                Arguments.of("another redeemer that burns", minted(NAME, -1), constr(2)),
                Arguments.of("mint with a field", minted(NAME, 1), constr(0, integer(0))),
                Arguments.of("burn with a field", minted(NAME, -1), constr(1, integer(0))),
                Arguments.of("a number as redeemer", minted(NAME, 1), integer(0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepted(String how, Map<String, Map<String, Long>> mint, Data redeemer) {
        assertThat(Vm.accepts(SCRIPT, ScriptContexts.minting(POLICY, SPENT, mint, redeemer))).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void rejected(String how, Map<String, Map<String, Long>> mint, Data redeemer) {
        assertThat(Vm.accepts(SCRIPT, ScriptContexts.minting(POLICY, SPENT, mint, redeemer))).isFalse();
    }

    @Test
    void anyOtherPurposeFails() {
        Data credential = constr(1, bytes(POLICY));
        for (Data purpose : List.of(constr(1, PlutusData.outputReference(FIRST), constr(0, integer(0))), constr(2, credential),
                constr(3, integer(0), constr(1, credential, constr(1))), constr(4, constr(1, credential)),
                constr(5, integer(0), credential))) {
            assertThat(Vm.accepts(SCRIPT, ScriptContexts.minting(SPENT, minted(NAME, 1), MINT, purpose))).isFalse();
            assertThat(Vm.accepts(SCRIPT, ScriptContexts.minting(SPENT, minted(NAME, -1), BURN, purpose))).isFalse();
        }
    }

    @Test
    void anotherEscrowHasAnotherPolicy() {
        assertThat(RegistryPolicy.script("addr1wx7j4kmg2cs7yf92uat3ed4a3u97kr7axxr4avaz0lhwdsq87ujx7").hash()).isNotEqualTo(POLICY);
        assertThatThrownBy(() -> RegistryPolicy.script("00")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("bech32");
    }

    private static String hash(String hex) {
        return JVMPlatformSpecific$.MODULE$.blake2b_256(ByteString.fromHex(hex)).toHex();
    }

    private static Map<String, Map<String, Long>> minted(String name, long quantity) {
        return Map.of(POLICY, Map.of(name, quantity));
    }
}
