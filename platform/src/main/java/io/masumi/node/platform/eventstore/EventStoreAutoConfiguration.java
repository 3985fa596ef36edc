package io.masumi.node.platform.eventstore;

import java.time.Clock;

import javax.sql.DataSource;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.platform.CannotGoOn;
import io.masumi.node.platform.axon.AxonOnPostgresAutoConfiguration;
import io.masumi.node.platform.start.StartWaits;

/** Whether the node's events are where a process that starts would look for them. */
@AutoConfiguration(after = AxonOnPostgresAutoConfiguration.class)
public class EventStoreAutoConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    AxonServerRecord axonServerRecord(DataSource dataSource) {
        return new AxonServerRecord(JdbcClient.create(dataSource));
    }

    @Bean
    StoreStands storeStands(@Value("${axon.axonserver.enabled}") boolean axonServer, ApplicationEventPublisher events) {
        return new StoreStands(axonServer, why -> events.publishEvent(new CannotGoOn(this, why)));
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    DatabaseHoldsEvents databaseHoldsEvents(AxonServerRecord record) {
        return new DatabaseHoldsEvents(record);
    }

    @Bean
    @DependsOnDatabaseInitialization
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "true")
    AxonServerHoldsEvents axonServerHoldsEvents(DataSource dataSource, PlatformTransactionManager transactions,
            Serializer serializer, AxonServerRecord record, AxonServerConnectionManager connections, AxonServerConfiguration settings,
            StartWaits waits, Clock clock) {
        PostgresEvents database = new PostgresEvents(new JdbcTemplate(dataSource), new TransactionTemplate(transactions), serializer);
        return new AxonServerHoldsEvents(record, new Positions(JdbcClient.create(dataSource), database, serializer), database,
                new AxonServerEvents(connections, settings), waits, clock);
    }
}
