package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;

import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.NoCache;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.axonserver.connector.command.AxonServerCommandBus;
import org.axonframework.axonserver.connector.event.axon.AxonServerEventStore;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.spring.stereotype.Aggregate;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.DefaultLifecycleProcessor;

import io.masumi.node.testing.TestPostgres;

class AxonServerTest {

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Node {}

    /** Its beans stand though no server is there; they connect when they are started, which this context is not. */
    @Test
    void takesTheEventStoresPlaceAndNothingElses() {
        EnvironmentPostProcessor defaults = new PlatformDefaults();
        new ApplicationContextRunner()
                .withInitializer(context -> defaults.postProcessEnvironment(context.getEnvironment(), null))
                .withPropertyValues("axon.axonserver.enabled=true", "masumi.database.url=" + TestPostgres.newDatabase())
                .withBean("lifecycleProcessor", DefaultLifecycleProcessor.class, NothingStarts::new)
                .withUserConfiguration(Node.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(EventStorageEngine.class);
                    assertThat(context.getBean(EventStore.class)).isInstanceOf(AxonServerEventStore.class);
                    assertThat(context.getBean(CommandBus.class)).isInstanceOf(AxonServerCommandBus.class);
                    assertThat(context.getBean(Cache.class)).as("each process would have aggregates that others changed")
                            .isSameAs(NoCache.INSTANCE);
                    assertThat(context).doesNotHaveBean("commandLease");
                    assertThat(context.getBean(TransactionManager.class)).isInstanceOf(SpringTransactionManager.class);
                    assertThat(context.getBean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
                    assertThat(context.getBean(DeadlineManager.class)).isInstanceOf(DbSchedulerDeadlineManager.class);
                });
    }

    /** Nobody listens where its database would be. */
    @Test
    @Timeout(60)
    void aProcessThatKeepsNothingOpensNoDatabase() {
        EnvironmentPostProcessor defaults = new PlatformDefaults();
        EnvironmentPostProcessor without = new ProcessesWithoutDatabase();
        new ApplicationContextRunner()
                .withPropertyValues("axon.axonserver.enabled=true", "masumi.database.url=jdbc:postgresql://127.0.0.1:1/none",
                        "masumi.roles=command,gateway")
                .withInitializer(context -> {
                    defaults.postProcessEnvironment(context.getEnvironment(), null);
                    without.postProcessEnvironment(context.getEnvironment(), null);
                })
                .withBean("lifecycleProcessor", DefaultLifecycleProcessor.class, NothingStarts::new)
                .withUserConfiguration(Node.class)
                .run(context -> {
                    assertThat(context).hasNotFailed().doesNotHaveBean(DataSource.class).doesNotHaveBean(TokenStore.class);
                    assertThat(context.getBean(CommandBus.class)).isInstanceOf(AxonServerCommandBus.class);
                    assertThat(context.getBeanNamesForAnnotation(Aggregate.class)).isNotEmpty();
                });
    }

    private static final class NothingStarts extends DefaultLifecycleProcessor {

        @Override
        public void onRefresh() {}
    }
}
