package io.masumi.node.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the contract costs: prints the figures of docs/contracts.md and holds them to their limits. The spends have two inputs,
 * a change output, and lovelace only in the escrow, as in the sale of a service for ada.
 */
class EscrowScriptCostTest {

    private static final CompiledScript SCRIPT = EscrowContract.script(Spends.PARAMETERS);

    /** The deployed contract's SubmitResult, of which ours may take two fifths. */
    private static final long DEPLOYED_MEMORY = 369_853;
    private static final long DEPLOYED_CPU = 138_921_171;

    @Test
    void isSmall() {
        System.out.printf("escrow script: %d bytes with parameters, %d without; registry policy %d%n", SCRIPT.size(),
                EscrowContract.unapplied().size(), RegistryPolicy.script("addr_test1").size());
        assertThat(SCRIPT.size()).isLessThanOrEqualTo(2500);
    }

    @ParameterizedTest
    @EnumSource
    void costsLittle(EscrowRedeemer redeemer) {
        Vm.Cost ada = Vm.cost(SCRIPT, ScriptContexts.context(Spends.inLovelaceOnly(Spends.valid(redeemer))));
        Vm.Cost assets = Vm.cost(SCRIPT, ScriptContexts.context(Spends.valid(redeemer)));
        System.out.printf("| %s | %,d | %,d | %,d | %,d |%n", redeemer, ada.memory(), ada.cpu(), assets.memory(), assets.cpu());
        if (redeemer == EscrowRedeemer.SubmitResult) {
            assertThat(ada.memory()).isLessThanOrEqualTo(DEPLOYED_MEMORY * 2 / 5);
            assertThat(ada.cpu()).isLessThanOrEqualTo(DEPLOYED_CPU * 2 / 5);
        }
        assertThat(assets.memory()).isLessThanOrEqualTo(DEPLOYED_MEMORY);
        assertThat(assets.cpu()).isLessThanOrEqualTo(DEPLOYED_CPU);
    }
}
