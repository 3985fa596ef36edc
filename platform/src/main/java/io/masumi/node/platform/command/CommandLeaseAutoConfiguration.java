package io.masumi.node.platform.command;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.caching.Cache;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.axon.MessagingAutoConfiguration;
import io.masumi.node.platform.database.DatabaseAutoConfiguration;

/** Without Axon Server one process handles commands. Over it any number does, and none keeps aggregates in memory. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class, before = MessagingAutoConfiguration.class)
@ConditionalOnRole("command")
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
@Import(CommandLeaseConfiguration.class)
public class CommandLeaseAutoConfiguration {

    /** Aggregates name it: {@code @Aggregate(cache = "aggregateCache")}. What a failed command touched is thrown out of it. */
    @Bean
    Cache aggregateCache(CommandLease lease) {
        return new LeasedCache(lease);
    }

    @Bean
    SmartInitializingSingleton decideOnlyWhileLeased(CommandBus bus, CommandLease lease) {
        OnlyWhileLeased only = new OnlyWhileLeased(lease);
        return () -> {
            bus.registerDispatchInterceptor(only);
            bus.registerHandlerInterceptor(only);
        };
    }
}
