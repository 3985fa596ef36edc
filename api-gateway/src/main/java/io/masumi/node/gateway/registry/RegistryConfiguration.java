package io.masumi.node.gateway.registry;

import io.masumi.node.IdGenerator;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.OwnWallets;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about agents. */
@Configuration(proxyBeanMethods = false)
@Import({RegistryController.class, AgentController.class})
public class RegistryConfiguration {

    @Bean
    Registering registering(Commands commands, Views views, OwnWallets wallets, Credits credits, IdGenerator ids) {
        return new Registering(commands, views, wallets, credits, ids);
    }
}
