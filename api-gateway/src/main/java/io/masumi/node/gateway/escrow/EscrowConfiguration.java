package io.masumi.node.gateway.escrow;

import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.ObjectMapper;

/** What both sides of a sale need at the edge. */
@Configuration(proxyBeanMethods = false)
public class EscrowConfiguration {

    @Bean
    Agents agents(Views views) {
        return new Agents(views);
    }

    @Bean
    BulkRecovery bulkRecovery(Commands commands, Views views, ObjectMapper json) {
        return new BulkRecovery(commands, views, json);
    }

    @Bean
    Records records(Views views, ObjectMapper json) {
        return new Records(views, json);
    }
}
