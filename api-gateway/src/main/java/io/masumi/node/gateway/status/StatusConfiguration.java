package io.masumi.node.gateway.status;

import io.masumi.node.gateway.message.Views;
import io.masumi.node.platform.Role;
import io.masumi.node.platform.health.HealthWatch;
import java.time.Clock;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** The endpoint about the node itself. */
@Configuration(proxyBeanMethods = false)
@Import(HealthController.class)
public class StatusConfiguration {

    @Bean
    StoppedSources stoppedSources(Views views, Clock clock) {
        return new StoppedSources(views, clock);
    }

    @Bean
    NodeHealth nodeHealth(HealthWatch watch, StoppedSources stopped, QueryGateway queries, Environment environment,
            @Value("${axon.axonserver.enabled}") boolean axonServer, @Value("${masumi.devnet.enabled:false}") boolean developmentNetwork,
            Clock clock) {
        return new NodeHealth(watch, stopped, queries, Role.of(environment), axonServer, developmentNetwork, clock);
    }
}
