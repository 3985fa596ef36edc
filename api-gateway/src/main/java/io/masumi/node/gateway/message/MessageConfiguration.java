package io.masumi.node.gateway.message;

import io.masumi.node.IdGenerator;
import io.masumi.node.platform.start.StartWaits;
import java.time.Duration;
import java.util.UUID;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** How the edge talks to the other parts. */
@Configuration(proxyBeanMethods = false)
public class MessageConfiguration {

    @Bean
    Commands commands(CommandGateway gateway, @Value("${masumi.gateway.patience:10s}") Duration patience, Environment environment) {
        return new Commands(gateway, patience, Elsewhere.of(environment));
    }

    /** For records that nothing outside determines. */
    @Bean
    @ConditionalOnMissingBean
    IdGenerator idGenerator() {
        return () -> "c" + UUID.randomUUID().toString().replace("-", "");
    }

    @Bean
    StartUp startUp(StartWaits waits) {
        return new StartUp(waits);
    }

    @Bean
    Views views(QueryGateway gateway, @Value("${masumi.gateway.patience:10s}") Duration patience, Environment environment) {
        return new Views(gateway, patience, Elsewhere.of(environment));
    }
}
