package io.masumi.node.gateway.purchase;

import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.OwnWallets;
import io.masumi.node.gateway.escrow.Agents;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about purchases. */
@Configuration(proxyBeanMethods = false)
@Import(PurchaseController.class)
public class PurchaseConfiguration {

    @Bean
    Buying buying(Commands commands, Views views, Agents agents, OwnWallets own, Credits credits,
            @Value("${masumi.gateway.patience:10s}") Duration patience) {
        return new Buying(commands, views, agents, own, credits, new Turns<>(patience));
    }
}
