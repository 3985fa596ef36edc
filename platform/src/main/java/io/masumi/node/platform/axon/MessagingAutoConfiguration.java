package io.masumi.node.platform.axon;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiFunction;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.caching.Cache;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.EventBus;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.correlation.MessageOriginProvider;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.masumi.node.EventName;
import io.masumi.node.platform.MessageMetadata;

/** How commands are sent, aggregates kept, and events published and processed. */
@AutoConfiguration(before = AxonAutoConfiguration.class)
@EnableConfigurationProperties(ProcessorSettings.class)
public class MessagingAutoConfiguration {

    /** Aggregates name it: {@code @Aggregate(snapshotTriggerDefinition = "aggregateSnapshots")}. */
    private static final int EVENTS_BETWEEN_SNAPSHOTS = 100;

    private static final Duration FIRST_WAIT_AFTER_FAILURE = Duration.ofSeconds(1);

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

    @Bean
    CommandGateway commandGateway(CommandBus commandBus, ScheduledExecutorService commandRetryExecutor) {
        return DefaultCommandGateway.builder().commandBus(commandBus).retryScheduler(ConflictRetries.on(commandRetryExecutor)).build();
    }

    /** Aggregates name it: {@code @Aggregate(cache = "aggregateCache")}. What a failed command touched is thrown out of it. */
    @Bean
    Cache aggregateCache() {
        return new WeakReferenceCache();
    }

    @Bean
    SnapshotTriggerDefinition aggregateSnapshots(Snapshotter snapshotter) {
        return new EventCountSnapshotTriggerDefinition(snapshotter, EVENTS_BETWEEN_SNAPSHOTS);
    }

    /**
     * Every processing group, sagas included, is a pooled streaming processor that begins with the first event ever. Axon
     * lets new sagas begin with the latest event, found when the processor comes up: the first commands would race with that.
     * A handler's failure rolls its batch back to be tried again, where Axon by default logs it and skips the event.
     */
    @Bean
    ConfigurerModule pooledProcessors(ProcessorSettings settings) {
        return configurer -> configurer.eventProcessing()
                .usingPooledStreamingEventProcessors()
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance())
                .registerPooledStreamingEventProcessorConfiguration((configuration, builder) -> builder
                        .initialToken(StreamableMessageSource::createTailToken)
                        .initialSegmentCount(settings.segments())
                        .tokenClaimInterval(FIRST_WAIT_AFTER_FAILURE.toMillis())
                        .batchSize(settings.batchSize()));
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
