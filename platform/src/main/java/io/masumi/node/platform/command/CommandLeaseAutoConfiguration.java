package io.masumi.node.platform.command;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.caching.Cache;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CannotGoOn;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.axon.MessagingAutoConfiguration;
import io.masumi.node.platform.database.DatabaseAutoConfiguration;
import io.masumi.node.platform.database.EmbeddedPostgresServer;
import io.masumi.node.platform.database.ProcessLocks;

/** Without Axon Server one process handles commands. Over it any number does, and none keeps aggregates in memory. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class, before = MessagingAutoConfiguration.class)
@ConditionalOnRole("command")
@ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
public class CommandLeaseAutoConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    CommandLease commandLease(ProcessLocks locks, DataSource database, ObjectProvider<EmbeddedPostgresServer> embedded,
            @Value("${masumi.commands.patience:15s}") Duration patience, Clock clock, ApplicationEventPublisher events) {
        return new CommandLease(locks, new CommandHolders(JdbcClient.create(database), clock), embedded.getIfAvailable() == null, patience,
                clock,
                why -> events.publishEvent(new CannotGoOn(this, why)));
    }

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
