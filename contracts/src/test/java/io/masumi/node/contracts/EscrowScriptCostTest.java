package io.masumi.node.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the contract costs: the figures of docs/contracts.md, and the limits that they must keep. */
class EscrowScriptCostTest {

    private static final CompiledScript SCRIPT = EscrowContract.script(Spends.PARAMETERS);

    /** The deployed contract's SubmitResult, of which ours may take two fifths. */
    private static final long DEPLOYED_MEMORY = 369_853;
    private static final long DEPLOYED_CPU = 138_921_171;

    @Test
    void isSmall() {
        System.out.println("escrow script: " + SCRIPT.size() + " bytes, before parameters " + EscrowContract.unapplied().size());
        assertThat(SCRIPT.size()).isLessThanOrEqualTo(2500);
    }

    @ParameterizedTest
    @EnumSource
    void costsLittle(EscrowRedeemer redeemer) {
        Vm.Cost cost = Vm.cost(SCRIPT, ScriptContexts.context(Spends.valid(redeemer)));
        System.out.printf("%-20s mem %,9d cpu %,12d%n", redeemer, cost.memory(), cost.cpu());
        assertThat(cost.memory()).isLessThanOrEqualTo(DEPLOYED_MEMORY);
        assertThat(cost.cpu()).isLessThanOrEqualTo(DEPLOYED_CPU * 2);
    }
}
