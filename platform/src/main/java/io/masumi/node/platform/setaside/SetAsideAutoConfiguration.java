package io.masumi.node.platform.setaside;

import java.time.Clock;
import java.time.Duration;
import io.masumi.node.platform.loop.BackgroundLoop;

import javax.sql.DataSource;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.axon.AxonOnPostgresAutoConfiguration;
import io.masumi.node.platform.axon.ClaimOwner;
import io.masumi.node.platform.serialization.EventNames;
import io.masumi.node.platform.serialization.SagaNames;

/** What event processors set aside. */
@AutoConfiguration(after = AxonOnPostgresAutoConfiguration.class)
public class SetAsideAutoConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    SetAsideStore setAsideStore(DataSource dataSource) {
        return new SetAsideStore(JdbcClient.create(dataSource));
    }

    @Bean
    SetAsideRetries setAsideRetries(SetAsideStore store, TransactionManager transactions, @Lazy Configuration axon, Clock clock) {
        return new SetAsideRetries(store, transactions, axon, clock);
    }

    @Bean
    BackgroundLoop setAsideRetriesLoop(SetAsideRetries retries) {
        return BackgroundLoop.every(Duration.ofSeconds(1), "set-aside-retries", retries::pass).finishingItsPass();
    }

    @Bean
    SetAsideSequences setAsideSequences(SetAsideStore store, SetAsideRetries retries, EventNames names, ClaimOwner owner, Clock clock) {
        return new SetAsideSequences(store, retries, names, owner, clock);
    }

    @Bean
    SetAsideDesk setAsideDesk(SetAsideStore store, Clock clock) {
        return new SetAsideDesk(store, clock);
    }

    @Bean
    SagaRebuilder sagaRebuilder(DataSource dataSource, SetAsideStore store, SagaNames sagas, EventNames names, @Lazy EventStore events,
            Clock clock) {
        return new SagaRebuilder(JdbcClient.create(dataSource), store, sagas, names, events, clock);
    }
}
