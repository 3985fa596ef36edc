package io.masumi.node.platform.axon;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.NoCache;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.serialization.Serializer;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

import io.masumi.node.platform.start.StartWaits;
import io.masumi.node.EventName;
import io.masumi.node.platform.MessageMetadata;
import io.masumi.node.platform.database.EmbeddedPostgresServer;
import io.masumi.node.platform.processes.NodeProcesses;
import io.masumi.node.platform.setaside.SetAsideSequences;

/** How commands are sent, aggregates kept, and events published and processed. */
@AutoConfiguration(before = AxonAutoConfiguration.class)
@EnableConfigurationProperties(ProcessorSettings.class)
public class MessagingAutoConfiguration {

    /** Aggregates name it: {@code @Aggregate(snapshotTriggerDefinition = "aggregateSnapshots")}. */
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 100;

    @Bean
    CorrelationDataProvider messageOrigin() {
        return new MessageOriginProvider();
    }

    @Bean
    CorrelationDataProvider requestedBy() {
        return new SimpleCorrelationDataProvider(MessageMetadata.REQUESTED_BY);
    }

    @Bean(destroyMethod = "shutdown")
    ScheduledExecutorService commandRetryExecutor() {
        return Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("command-retry").daemon().factory());
    }

    /** Aggregates name it. Where several processes handle commands, each reads an aggregate anew for each command. */
    @Bean
    @ConditionalOnMissingBean
    Cache aggregateCache() {
        return NoCache.INSTANCE;
    }

    @Bean
    SnapshotTriggerDefinition aggregateSnapshots(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_BETWEEN_SNAPSHOTS);
    }

    @Bean
    @ConditionalOnProperty("axon.axonserver.enabled")
    AxonServerAtStart axonServerAtStart(StartWaits waits) {
        return new AxonServerAtStart(waits);
    }

    @Bean
    @ConditionalOnProperty("axon.axonserver.enabled")
    AxonServerReporter axonServerReporter(ObjectProvider<AxonServerConnectionManager> connections, AxonServerConfiguration settings,
            Clock clock) {
        return new AxonServerReporter(connections::getObject, settings.getServers(), clock);
    }

    @Bean
    @ConditionalOnProperty("axon.axonserver.enabled")
    AxonServerStreams axonServerStreams(AxonServerConfiguration server, AxonServerConnectionManager connections, Serializer serializer,
            @Qualifier("eventSerializer") Serializer eventSerializer, @Lazy Configuration axon) {
        return AxonServerStreams.of(server, connections, serializer, eventSerializer, axon);
    }

    /** A failure rolls its batch back to be tried again, where Axon by default logs it and skips the event. */
    @Bean
    ConfigurerModule pooledProcessors(ProcessorSettings settings, ObjectProvider<SetAsideSequences> setAside, NodeProcesses processes,
            FairShares shares, FailedBatches failed, ObjectProvider<BusyGroup> busy, ObjectProvider<EmbeddedPostgresServer> embedded,
            ObjectProvider<EventArrivals> arrivals, ObjectProvider<AxonServerStreams> axonServer) {
        return configurer -> configurer.eventProcessing()
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance())
                .registerEventProcessorFactory((name, axon, components) -> new PooledProcessors(settings, setAside.getObject(), processes,
                        shares, failed, busy.stream().toList(), embedded.getIfAvailable() != null,
                        _ -> source(arrivals.getIfAvailable(), axonServer)).build(name, axon, components));
    }

    @Bean
    FailedBatches failedBatches() {
        return new FailedBatches();
    }

    @Bean
    FairShares fairShares(NodeProcesses processes) {
        return new FairShares(processes);
    }

    private static StreamableMessageSource<TrackedEventMessage<?>> source(EventArrivals ofDatabase,
            ObjectProvider<AxonServerStreams> ofServer) {
        return ofDatabase != null ? ofDatabase.source() : ofServer.getObject().source();
    }

    @Bean
    SmartInitializingSingleton noOlderThanKnown(CommandBus commandBus) {
        return () -> commandBus.registerHandlerInterceptor(new NoOlderThanKnown());
    }

    /** An event without a name of its own would be stored under its class's, and bind us to that for ever. */
    @Bean
    SmartInitializingSingleton namedEventsOnly(EventBus eventBus) {
        return () -> eventBus.registerDispatchInterceptor(messages -> requireName());
    }

    private static BiFunction<Integer, EventMessage<?>, EventMessage<?>> requireName() {
        return (index, event) -> {
            if (!event.getPayloadType().isAnnotationPresent(EventName.class)) {
                throw new IllegalArgumentException(event.getPayloadType().getName() + " is published as an event but has no @EventName");
            }
            return event;
        };
    }
}
