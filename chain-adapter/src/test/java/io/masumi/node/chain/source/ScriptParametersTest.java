package io.masumi.node.chain.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.masumi.node.cbor.CborWriter;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.Credential;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.escrow.Network;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both shapes in which a deployed contract carries its parameters, made of our own contracts; and scripts made to do harm. */
class ScriptParametersTest {

    private static final String ADMIN_1 = "a1".repeat(28);
    private static final String ADMIN_2 = "a2".repeat(28);
    private static final EscrowParameters PARAMETERS = new EscrowParameters(2, List.of(ADMIN_1, ADMIN_2, ADMIN_1),
            PlutusAddress.of(new Credential.Key("fe".repeat(28)), new Credential.Key("57".repeat(28))), 50, 420_000);
    private static final EscrowParameters OTHERS = new EscrowParameters(1, List.of(ADMIN_2),
            PlutusAddress.of(new Credential.Script("51".repeat(28))), 0, 0);

    @Test
    void readsNestedApplications() {
        holds(EscrowContract.script(PARAMETERS), PARAMETERS);
        holds(EscrowContract.script(OTHERS), OTHERS);
    }

    @Test
    void readsOneCaseOverConstr() {
        CompiledScript script = Compiled.inOneCase(EscrowContract.script(PARAMETERS), 5);
        assertThat(script.hash()).isNotEqualTo(EscrowContract.script(PARAMETERS).hash());
        holds(script, PARAMETERS);
        holds(Compiled.inOneCase(EscrowContract.script(OTHERS), 5), OTHERS);
    }

    private static void holds(CompiledScript script, EscrowParameters expected) {
        for (Network network : Network.values()) {
            ScriptParameters.Escrow found = ScriptParameters.escrow(script.bytes(), network);
            assertThat(found.requiredAdminSignatures()).isEqualTo(expected.requiredAdmins());
            assertThat(found.adminKeyHashes()).isEqualTo(expected.adminKeyHashes());
            assertThat(found.feeRatePermille()).isEqualTo(expected.feePermille());
            assertThat(found.cooldownTime()).isEqualTo(expected.cooldownMillis());
            assertThat(found.feeAddress().network()).isEqualTo(network);
            assertThat(found.feeAddress().paymentKeyHash().or(found.feeAddress()::paymentScriptHash))
                    .contains(expected.feeAddress().payment().hash());
            // Base or enterprise: a stake part makes the address longer.
            assertThat(found.feeAddress().bech32().length() > 100).isEqualTo(expected.feeAddress().stake().isPresent());
        }
    }

    @Test
    void readsTheRegistrysEscrow() {
        CompiledScript policy = RegistryPolicy.script("addr_test1abc");
        assertThat(ScriptParameters.registry(policy.bytes())).isEqualTo("addr_test1abc");
        assertThat(ScriptParameters.registry(Compiled.inOneCase(policy, 1).bytes())).isEqualTo("addr_test1abc");
    }

    @Test
    void refusesWhatIsNoEscrow() {
        refuses(RegistryPolicy.script("addr_test1abc").bytes(), "an escrow has 5 parameters, it has 1");
        refuses(new byte[]{1, 2, 3}, "not a Plutus script");
        refuses(new byte[0], "not a Plutus script");
        refuses(Arrays.copyOf(EscrowContract.script(OTHERS).bytes(), 100), "not a Plutus script");
        assertThatThrownBy(() -> ScriptParameters.registry(EscrowContract.script(OTHERS).bytes()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("one parameter");
    }

    /** Nobody could ever resolve a dispute there. */
    @Test
    void refusesAnEscrowWhoseAdminsCannotSign() {
        PlutusAddress fee = PARAMETERS.feeAddress();
        refuses(EscrowContract.script(new EscrowParameters(0, List.of(ADMIN_1), fee, 50, 1)).bytes(), "required admins is 0, not 1 to 1");
        refuses(EscrowContract.script(new EscrowParameters(3, List.of(ADMIN_1, ADMIN_2), fee, 50, 1)).bytes(), "is 3, not 1 to 2");
        refuses(EscrowContract.script(new EscrowParameters(1, List.of(), fee, 50, 1)).bytes(), "is 1, not 1 to 0");
        refuses(EscrowContract.script(new EscrowParameters(1, List.of(ADMIN_1), fee, 50, 1L << 60)).bytes(), "cooldown");
    }

    @Test
    void refusesWhatWouldOverflowTheStack() {
        byte[] delays = new byte[16_000];
        Arrays.fill(delays, (byte) 0x11);
        refuses(program(delays, new byte[]{0x61}), "it");
        byte[] applications = new byte[16_000];
        Arrays.fill(applications, (byte) 0x33);
        refuses(program(applications, new byte[]{0x61}), "it");
        refuses(program(new byte[]{0x4c, 0x01}, chunks(nested(15_000)), new byte[]{0x01}), "it");
    }

    /** Whatever the bytes, the answer is the parameters or a refusal. */
    @Test
    void nothingButARefusalComesOutOfBrokenBytes() {
        Random random = new Random(7);
        byte[] good = EscrowContract.script(PARAMETERS).bytes();
        int refused = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                // The parameters stand at the end.
                int at = random.nextBoolean() ? bytes.length - 1 - random.nextInt(200) : 3 + random.nextInt(bytes.length - 3);
                bytes[at] = (byte) random.nextInt();
            }
            Throwable failure = catchThrowable(() -> ScriptParameters.escrow(bytes, Network.Preprod));
            refused += failure == null ? 0 : 1;
            assertThat(failure).satisfiesAnyOf(none -> assertThat(none).isNull(),
                    refusal -> assertThat(refusal).isExactlyInstanceOf(IllegalArgumentException.class));
        }
        assertThat(refused).isBetween(100, 2999);
    }

    private static void refuses(byte[] script, String why) {
        assertThatThrownBy(() -> ScriptParameters.escrow(script, Network.Preprod)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why).satisfies(e -> assertThat(e.getMessage().length()).isLessThan(300));
    }

    /** A program of Plutus Core 1.1.0 in flat, in a CBOR byte string. */
    private static byte[] program(byte[]... parts) {
        ByteArrayOutputStream flat = new ByteArrayOutputStream();
        flat.writeBytes(new byte[]{1, 1, 0});
        for (byte[] part : parts) {
            flat.writeBytes(part);
        }
        return CborWriter.byteString(flat.toByteArray());
    }

    /** CBOR lists of one element, in one another. */
    private static byte[] nested(int depth) {
        byte[] cbor = new byte[depth + 1];
        Arrays.fill(cbor, (byte) 0x81);
        cbor[depth] = 0;
        return cbor;
    }

    /** A byte string in flat: chunks of up to 255 bytes, each after its length, and an empty one. */
    private static byte[] chunks(byte[] bytes) {
        ByteArrayOutputStream flat = new ByteArrayOutputStream();
        for (int from = 0; from < bytes.length; from += 255) {
            int length = Math.min(255, bytes.length - from);
            flat.write(length);
            flat.write(bytes, from, length);
        }
        flat.write(0);
        return flat.toByteArray();
    }
}
