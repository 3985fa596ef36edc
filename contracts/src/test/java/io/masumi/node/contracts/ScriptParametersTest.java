package io.masumi.node.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import scalus.builtin.Data;
import scalus.uplc.Constant;
import scalus.uplc.DefaultFun$;
import scalus.uplc.Term;

/** Both shapes in which a deployed contract carries its parameters, made of our own contracts. */
class ScriptParametersTest {

    private static final EscrowParameters OTHERS = new EscrowParameters(1, List.of(),
            PlutusAddress.of(new Credential.Script("51".repeat(28))),
            0, 1);

    @Test
    void readsNestedApplications() {
        for (EscrowParameters parameters : List.of(Spends.PARAMETERS, OTHERS)) {
            assertThat(ScriptParameters.ofEscrow(EscrowContract.script(parameters))).isEqualTo(parameters);
        }
    }

    @Test
    void readsOneCaseOverConstr() {
        for (EscrowParameters parameters : List.of(Spends.PARAMETERS, OTHERS)) {
            assertThat(ScriptParameters.ofEscrow(inOneCase(parameters))).isEqualTo(parameters);
        }
    }

    /** The second shape is the same contract in other bytes. */
    @Test
    void oneCaseOverConstrIsTheSameContract() {
        CompiledScript script = inOneCase(Spends.PARAMETERS);
        assertThat(script.hash()).isNotEqualTo(EscrowContract.script(Spends.PARAMETERS).hash());
        assertThat(Vm.accepts(script, ScriptContexts.context(Spends.valid(EscrowRedeemer.SubmitResult)))).isTrue();
    }

    @Test
    void readsTheRegistrysEscrow() {
        assertThat(ScriptParameters.escrowAddressOfRegistry(RegistryPolicy.script("addr_test1abc"))).isEqualTo("addr_test1abc");
    }

    @Test
    void refusesWhatIsNoEscrow() {
        assertThatThrownBy(() -> ScriptParameters.ofEscrow(RegistryPolicy.script("addr_test1abc")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("five parameters, this one 1");
        assertThatThrownBy(() -> ScriptParameters.ofEscrow(EscrowContract.unapplied())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("this one 0");
        assertThatThrownBy(() -> ScriptParameters.ofEscrow(CompiledScript.ofBytes(new byte[]{1, 2, 3})))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not a Plutus script");
        byte[] cut = java.util.Arrays.copyOf(EscrowContract.script(OTHERS).bytes(), 100);
        assertThatThrownBy(() -> ScriptParameters.ofEscrow(CompiledScript.ofBytes(cut))).isInstanceOf(IllegalArgumentException.class);
    }

    /** As the deployed escrow: a forced builtin among the constants, which the script takes as a further argument. */
    private static CompiledScript inOneCase(EscrowParameters parameters) {
        List<Term> arguments = new ArrayList<>();
        arguments.add(Term.Force.apply(Term.Builtin.apply(DefaultFun$.ChooseData)));
        for (Data parameter : EscrowContract.asData(parameters)) {
            arguments.add(Term.Const.apply(Constant.Data.apply(parameter)));
        }
        Term script = Term.LamAbs.apply("chooseData", EscrowValidator.term());
        return CompiledScript
                .of(Term.Case.apply(Term.Constr.apply(0, PlutusData.scalaList(arguments)), PlutusData.scalaList(List.of(script))));
    }
}
