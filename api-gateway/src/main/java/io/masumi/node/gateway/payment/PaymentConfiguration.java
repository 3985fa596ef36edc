package io.masumi.node.gateway.payment;

import io.masumi.node.IdGenerator;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.OwnWallets;
import io.masumi.node.gateway.escrow.Agents;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about payments. */
@Configuration(proxyBeanMethods = false)
@Import(PaymentController.class)
public class PaymentConfiguration {

    @Bean
    Selling selling(Commands commands, Views views, Agents agents, OwnWallets own, Credits credits, TimeRules rules, IdGenerator ids,
            Clock clock) {
        return new Selling(commands, views, agents, own, credits, rules, ids, clock);
    }
}
