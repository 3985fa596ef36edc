package io.masumi.node.gateway.status;

import io.masumi.node.gateway.message.Views;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoint about the node itself. */
@Configuration(proxyBeanMethods = false)
@Import(HealthController.class)
public class StatusConfiguration {

    @Bean
    StoppedSources stoppedSources(Views views, Clock clock) {
        return new StoppedSources(views, clock);
    }
}
