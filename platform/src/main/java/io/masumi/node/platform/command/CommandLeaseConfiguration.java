package io.masumi.node.platform.command;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.CannotGoOn;
import io.masumi.node.platform.database.EmbeddedPostgresServer;
import io.masumi.node.platform.database.ProcessLocks;

/** The right to handle commands, for processes that do, and for those that see to it that nobody does. */
@Configuration(proxyBeanMethods = false)
public class CommandLeaseConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    CommandLease commandLease(ProcessLocks locks, DataSource database, ObjectProvider<EmbeddedPostgresServer> embedded,
            @Value("${masumi.commands.patience:15s}") Duration patience, Clock clock, ApplicationEventPublisher events) {
        return new CommandLease(locks, new CommandHolders(JdbcClient.create(database), clock), embedded.getIfAvailable() == null, patience,
                clock, why -> events.publishEvent(new CannotGoOn(this, why)));
    }
}
