package io.masumi.node.escrow;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The {@link TimeRules} in every role: aggregates check them, and the edge fills in the times that a seller leaves open. */
@AutoConfiguration
@EnableConfigurationProperties(TermsSettings.class)
class TermsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    TimeRules timeRules(TermsSettings settings) {
        return settings.rules();
    }
}
