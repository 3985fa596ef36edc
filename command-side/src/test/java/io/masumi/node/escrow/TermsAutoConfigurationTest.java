package io.masumi.node.escrow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class TermsAutoConfigurationTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(TermsAutoConfiguration.class));

    @Test
    void theRulesAreTheStandardOnesUnlessSetOtherwise() {
        application.run(context -> assertThat(context.getBean(TimeRules.class)).isEqualTo(TimeRules.STANDARD));
    }

    @Test
    void eachRuleIsASetting() {
        application.withPropertyValues("masumi.terms.pay-by-before-submit-result=1s", "masumi.terms.pay-by-grace=2s",
                "masumi.terms.submit-result-ahead=3s", "masumi.terms.unlock-after-submit-result=4s", "masumi.terms.dispute-after-unlock=5s",
                "masumi.terms.default-submit-result-ahead=6s", "masumi.terms.default-unlock-after-submit-result=7s",
                "masumi.terms.default-dispute-after-submit-result=8s")
                .run(context -> assertThat(context.getBean(TimeRules.class)).isEqualTo(new TimeRules(Duration.ofSeconds(1),
                        Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofSeconds(5), Duration.ofSeconds(6),
                        Duration.ofSeconds(7), Duration.ofSeconds(8))));
    }
}
