package io.masumi.node.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.statistics.Statistics;

/** The compiled script and its plain-Java twin agree on spends drawn at random, under parameters drawn at random. */
@Tag("slow")
class EscrowRulesProperties {

    @Property(tries = 7000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void scriptAndTwinAgree(@ForAll long seed, @ForAll EscrowRedeemer redeemer) {
        RandomSpend random = RandomSpend.of(seed, redeemer);
        EscrowSpend spend = random.spend();
        Set<EscrowRule> broken = new EscrowRules(random.parameters()).brokenBy(spend);
        boolean permitted = broken.isEmpty();

        assertThat(Vm.accepts(EscrowContract.script(random.parameters()), ScriptContexts.context(spend)))
                .as(() -> spend + " breaks " + broken).isEqualTo(permitted);

        Statistics.label("accepted").collect(redeemer, permitted).coverage(coverage -> {
            for (EscrowRedeemer each : EscrowRedeemer.values()) {
                coverage.check(each, true).count(count -> count >= 100);
                coverage.check(each, false).count(count -> count >= 100);
            }
        });
        // No rule agrees by never being the reason.
        broken.forEach(rule -> Statistics.label("broken").collect(rule));
        if (broken.size() == 1) {
            Statistics.label("broken alone").collect(broken.iterator().next());
        }
        Statistics.label("broken").coverage(coverage -> EnumSet.allOf(EscrowRule.class).forEach(
                rule -> coverage.check(rule).count(count -> count >= 1)));
        Statistics.label("broken alone").coverage(coverage -> EnumSet.allOf(EscrowRule.class).forEach(
                rule -> coverage.check(rule).count(count -> count >= 1)));
    }
}
