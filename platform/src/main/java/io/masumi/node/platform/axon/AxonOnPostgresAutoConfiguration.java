package io.masumi.node.platform.axon;

import java.time.Clock;
import java.time.Duration;

import javax.sql.DataSource;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.repository.jdbc.JdbcSagaStore;
import org.axonframework.modelling.saga.repository.jdbc.PostgresSagaSqlSchema;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.AxonServerBusAutoConfiguration;
import org.axonframework.springboot.autoconfig.JdbcAutoConfiguration;
import org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration;
import org.axonframework.springboot.autoconfig.TransactionAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

import io.masumi.node.platform.database.EmbeddedPostgresServer;
import io.masumi.node.platform.loop.BackgroundLoop;
import io.masumi.node.platform.processes.NodeProcesses;
import io.masumi.node.platform.serialization.EventNames;

/**
 * Axon's stores in the node's database, and its units of work bound to transactions of it. Everything is declared here
 * because Axon's own auto-configuration does not see Spring Boot 4's transaction manager: it would run without any
 * transactions, and say nothing.
 */
@AutoConfiguration(after = {DataSourceTransactionManagerAutoConfiguration.class, FlywayAutoConfiguration.class,
        AxonServerBusAutoConfiguration.class}, before = {TransactionAutoConfiguration.class, NoOpTransactionAutoConfiguration.class,
                JdbcAutoConfiguration.class,
                AxonAutoConfiguration.class})
public class AxonOnPostgresAutoConfiguration {

    /** Shorter than the patience of whoever waits for a view that a killed process had claimed; claims are extended every two seconds. */
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(5);

    /** Events of other processes on the same database are looked for this often; our own are told at once. */
    private static final Duration FETCH_DELAY = Duration.ofMillis(100);

    private static final Duration LOOK_AT_SEGMENTS = Duration.ofSeconds(1);

    @Bean
    TransactionManager axonTransactionManager(PlatformTransactionManager transactions) {
        return new SpringTransactionManager(transactions);
    }

    @Bean
    ConnectionProvider connectionProvider(DataSource dataSource) {
        return new UnitOfWorkAwareConnectionProviderWrapper(new SpringDataSourceConnectionProvider(dataSource));
    }

    @Bean
    PersistenceExceptionResolver persistenceExceptionResolver() {
        return new UniqueViolations();
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    @DependsOnDatabaseInitialization
    EventStorageEngine eventStorageEngine(Serializer serializer, @Qualifier("eventSerializer") Serializer eventSerializer,
            ConnectionProvider connections, TransactionManager transactions, PersistenceExceptionResolver failures,
            Configuration configuration) {
        return new NodeEventStorage(JdbcEventStorageEngine.builder()
                .snapshotSerializer(serializer)
                .eventSerializer(eventSerializer)
                .upcasterChain(configuration.upcasterChain())
                .snapshotFilter(configuration.snapshotFilter())
                .persistenceExceptionResolver(failures)
                .connectionProvider(connections)
                .transactionManager(transactions)
                .dataType(byte[].class));
    }

    @Bean("eventBus")
    @Qualifier("eventStore")
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    EmbeddedEventStore eventStore(EventStorageEngine engine, Configuration configuration) {
        return EmbeddedEventStore.builder()
                .storageEngine(engine)
                .messageMonitor(configuration.messageMonitor(EventStore.class, "eventStore"))
                .spanFactory(configuration.getComponent(EventBusSpanFactory.class))
                .fetchDelay(FETCH_DELAY.toMillis())
                .build();
    }

    @Bean
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    StoredEventsCheck storedEventsCheck(DataSource dataSource, EventStorageEngine engine, EventNames names) {
        return new StoredEventsCheck(JdbcClient.create(dataSource), engine, names);
    }

    /** Axon Server's streams call back by themselves. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "axon.axonserver.enabled", havingValue = "false")
    EventArrivals eventArrivals(EmbeddedEventStore eventStore) {
        return new EventArrivals(eventStore);
    }

    /**
     * With the embedded server, whose data only one process can use, claims of a killed process are its successor's at
     * once; otherwise they run out after {@link #CLAIM_TIMEOUT}.
     */
    @Bean
    ClaimOwner claimOwner(NodeProcesses processes, ObjectProvider<EmbeddedPostgresServer> embedded) {
        return new ClaimOwner(embedded.getIfAvailable() == null ? processes.id() : "embedded");
    }

    @Bean
    @DependsOnDatabaseInitialization
    TokenStore tokenStore(ConnectionProvider connections, Serializer serializer, ClaimOwner owner) {
        return new ClaimedPositions(JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(serializer)
                .contentType(byte[].class)
                .claimTimeout(CLAIM_TIMEOUT)
                .nodeId(owner.name()));
    }

    @Bean
    @DependsOnDatabaseInitialization
    SagaStore<Object> sagaStore(ConnectionProvider connections, Serializer serializer) {
        PostgresSagaSqlSchema schema = new PostgresSagaSqlSchema();
        // A saga's deadlines and its events come on different threads, and with several processes in different ones.
        schema.setExclusiveLoad(true);
        return JdbcSagaStore.builder().connectionProvider(connections).sqlSchema(schema).serializer(serializer).build();
    }

    @Bean
    SegmentCare segmentCare(ObjectProvider<EventProcessingConfiguration> processing, DataSource dataSource, NodeProcesses processes,
            FairShares shares, ObjectProvider<BusyGroup> busy) {
        return new SegmentCare(processing::getObject, JdbcClient.create(dataSource), processes, shares, busy.stream().toList());
    }

    @Bean
    BackgroundLoop segmentCareLoop(SegmentCare care) {
        return BackgroundLoop.every(LOOK_AT_SEGMENTS, "segment-care", care::look);
    }

    @Bean
    ProcessorReporter processorReporter(ObjectProvider<EventProcessingConfiguration> processing, ObjectProvider<EventStore> events,
            FailedBatches failed, DataSource dataSource, Clock clock) {
        return new ProcessorReporter(processing::getObject, events::getObject, failed, JdbcClient.create(dataSource), clock);
    }
}
