package io.masumi.node.gateway.sale;

import io.masumi.node.IdGenerator;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.gateway.access.Credits;
import io.masumi.node.gateway.access.OwnWallets;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about payments and purchases. */
@Configuration(proxyBeanMethods = false)
@Import({PaymentController.class, PurchaseController.class})
public class SaleConfiguration {

    @Bean
    Agents agents(Views views) {
        return new Agents(views);
    }

    @Bean
    BulkRecovery bulkRecovery(Commands commands, Views views) {
        return new BulkRecovery(commands, views);
    }

    @Bean
    Selling selling(Commands commands, Views views, Agents agents, OwnWallets own, Credits credits, TimeRules rules, IdGenerator ids,
            Clock clock) {
        return new Selling(commands, views, agents, own, credits, rules, ids, clock);
    }

    @Bean
    Buying buying(Commands commands, Views views, Agents agents, OwnWallets own, Credits credits,
            @Value("${masumi.gateway.patience:10s}") Duration patience) {
        return new Buying(commands, views, agents, own, credits, new Turns<>(patience));
    }
}
