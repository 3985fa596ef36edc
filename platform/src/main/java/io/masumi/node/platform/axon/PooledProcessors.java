package io.masumi.node.platform.axon;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

import org.axonframework.common.AxonThreadFactory;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventProcessor;
import org.axonframework.eventhandling.EventProcessorSpanFactory;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.messaging.StreamableMessageSource;

import io.masumi.node.platform.setaside.SetAsideSequences;

/**
 * Every processing group, sagas included, is a pooled streaming processor that begins with the first event ever. Axon lets
 * new sagas begin with the latest event, found when the processor comes up: the first commands would race with that.
 *
 * <p>Made here and not by Axon, since Axon lets nobody in between a processor and the components that it hands events to.
 */
final class PooledProcessors implements EventProcessingConfigurer.EventProcessorBuilder {

    private static final Duration FIRST_WAIT_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final int WORKERS = 4;

    private final ProcessorSettings settings;
    private final SetAsideSequences setAside;
    private final Function<Configuration, StreamableMessageSource<TrackedEventMessage<?>>> source;

    PooledProcessors(ProcessorSettings settings, SetAsideSequences setAside,
            Function<Configuration, StreamableMessageSource<TrackedEventMessage<?>>> source) {
        this.settings = settings;
        this.setAside = setAside;
        this.source = source;
    }

    @Override
    public EventProcessor build(String name, Configuration axon, EventHandlerInvoker components) {
        var processing = axon.eventProcessingConfiguration();
        return PooledStreamingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(setAside.around(name, components))
                .rollbackConfiguration(processing.rollbackConfiguration(name))
                .errorHandler(processing.errorHandler(name))
                .messageMonitor(processing.messageMonitor(PooledStreamingEventProcessor.class, name))
                .messageSource(source.apply(axon))
                .tokenStore(processing.tokenStore(name))
                .transactionManager(processing.transactionManager(name))
                .coordinatorExecutor(_ -> threads(axon, 1, "Coordinator[" + name + "]"))
                .workerExecutor(_ -> threads(axon, WORKERS, "WorkPackage[" + name + "]"))
                .spanFactory(axon.getComponent(EventProcessorSpanFactory.class))
                .initialToken(StreamableMessageSource::createTailToken)
                .initialSegmentCount(settings.segments())
                .tokenClaimInterval(FIRST_WAIT_AFTER_FAILURE.toMillis())
                .batchSize(settings.batchSize())
                .build();
    }

    private static ScheduledExecutorService threads(Configuration axon, int number, String name) {
        var threads = Executors.newScheduledThreadPool(number, new AxonThreadFactory(name));
        axon.onShutdown(threads::shutdown);
        return threads;
    }
}
