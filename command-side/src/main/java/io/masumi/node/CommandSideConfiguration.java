package io.masumi.node;

import io.masumi.node.purchase.Offers;
import org.axonframework.spring.stereotype.Aggregate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;

/**
 * The aggregates, for processes that decide: the platform imports this in the role {@code command}. They are found by
 * scanning because they are nobody else's business and so package-private.
 *
 * <p>Needs a {@link java.time.Clock} and the beans {@code aggregateCache} and {@code aggregateSnapshots} of the platform.
 */
@Configuration(proxyBeanMethods = false)
@ComponentScan(basePackages = {"io.masumi.node.payment", "io.masumi.node.purchase", "io.masumi.node.registry", "io.masumi.node.source",
        "io.masumi.node.wallet", "io.masumi.node.access",
        "io.masumi.node.dispute"}, useDefaultFilters = false, includeFilters = @Filter(Aggregate.class))
public class CommandSideConfiguration {

    @Bean
    Offers offers(ObjectProvider<org.axonframework.config.Configuration> axon) {
        return Offers.of(axon::getObject);
    }
}
