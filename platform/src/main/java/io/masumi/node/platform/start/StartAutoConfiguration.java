package io.masumi.node.platform.start;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/** Waiting at the start; who runs the process brings its own, to end it. */
@AutoConfiguration
public class StartAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StartWaits startWaits() {
        return new StartWaits();
    }
}
