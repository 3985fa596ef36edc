package io.masumi.node.platform.axon;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.axonframework.common.AxonThreadFactory;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;

import io.masumi.node.platform.processes.NodeProcesses;
import io.masumi.node.platform.setaside.SetAsideSequences;

/**
 * Every processing group, sagas included, is a pooled streaming processor that begins with the first event ever. Axon lets
 * new sagas begin with the latest event, found when the processor comes up: the first commands would race with that.
 *
 * <p>Made here and not by Axon, since Axon lets nobody in between a processor and the components that it hands events to.
 */
final class PooledProcessors implements EventProcessingConfigurer.EventProcessorBuilder {

    private static final Duration FIRST_WAIT_AFTER_FAILURE = Duration.ofSeconds(1);
    /** Each uses a database connection, and so does each command that a saga sends meanwhile. */
    private static final int WORKERS_OF_BUSY = 2;
    private static final Duration CLAIM_EXTENSION = Duration.ofSeconds(2);
    /** Of the only process there can be: the claims are its own after any time. */
    private static final Duration CLAIM_EXTENSION_ALONE = Duration.ofMinutes(1);

    private final ProcessorSettings settings;
    private final SetAsideSequences setAside;
    private final NodeProcesses processes;
    private final FairShares shares;
    private final FailedBatches failed;
    private final Set<String> busy;
    private final boolean alone;
    private final Function<Configuration, StreamableMessageSource<TrackedEventMessage<?>>> source;

    /** @param alone whether no other process can be there */
    PooledProcessors(ProcessorSettings settings, SetAsideSequences setAside, NodeProcesses processes, FairShares shares,
            FailedBatches failed,
            List<BusyGroup> busy, boolean alone, Function<Configuration, StreamableMessageSource<TrackedEventMessage<?>>> source) {
        this.settings = settings;
        this.setAside = setAside;
        this.processes = processes;
        this.shares = shares;
        this.failed = failed;
        this.busy = busy.stream().map(BusyGroup::name).collect(Collectors.toSet());
        this.alone = alone;
        this.source = source;
    }

    @Override
    public EventProcessor build(String name, Configuration axon, EventHandlerInvoker components) {
        EventProcessingConfiguration processing = axon.eventProcessingConfiguration();
        processes.worksAt(name);
        return PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(setAside.around(name, components))
                .rollbackConfiguration(processing.rollbackConfiguration(name))
                .errorHandler(failed.noting(processing.errorHandler(name)))
                .messageMonitor(processing.messageMonitor(PooledStreamingEventProcessor.class, name))
                .messageSource(source.apply(axon))
                .tokenStore(processing.tokenStore(name))
                .transactionManager(processing.transactionManager(name))
                .coordinatorExecutor(_ -> threads(axon, 1, "Coordinator[" + name + "]"))
                .workerExecutor(_ -> threads(axon, busy.contains(name) ? WORKERS_OF_BUSY : 1, "WorkPackage[" + name + "]"))
                .spanFactory(axon.getComponent(EventProcessorSpanFactory.class))
                .initialToken(StreamableMessageSource::createTailToken)
                .initialSegmentCount(busy.contains(name) ? settings.segments() : 1)
                .maxSegmentProvider(shares)
                .tokenClaimInterval(FIRST_WAIT_AFTER_FAILURE.toMillis())
                .claimExtensionThreshold((alone ? CLAIM_EXTENSION_ALONE : CLAIM_EXTENSION).toMillis())
                .batchSize(settings.batchSize())
                .build();
    }

    private static ScheduledExecutorService threads(Configuration axon, int number, String name) {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(number, new AxonThreadFactory(name));
        axon.onShutdown(threads::shutdown);
        return threads;
    }
}
