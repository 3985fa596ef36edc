package io.masumi.node.credit;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The {@link CreditRules} in every role: keys are held to them, the edge names them, and transactions keep to them. */
@AutoConfiguration
@EnableConfigurationProperties(CreditSettings.class)
class CreditAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    CreditRules creditRules(CreditSettings settings) {
        return settings.rules();
    }
}
