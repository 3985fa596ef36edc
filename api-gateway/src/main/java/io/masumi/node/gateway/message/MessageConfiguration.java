package io.masumi.node.gateway.message;

import java.time.Duration;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How the edge talks to the other parts. */
@Configuration(proxyBeanMethods = false)
public class MessageConfiguration {

    @Bean
    Commands commands(CommandGateway gateway, @Value("${masumi.gateway.patience:10s}") Duration patience) {
        return new Commands(gateway, patience);
    }

    @Bean
    Views views(QueryGateway gateway, @Value("${masumi.gateway.patience:10s}") Duration patience) {
        return new Views(gateway, patience);
    }
}
