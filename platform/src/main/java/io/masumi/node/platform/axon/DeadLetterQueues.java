package io.masumi.node.platform.axon;

import java.util.Arrays;
import java.util.Optional;

import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.JdbcSequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;

import io.masumi.node.platform.DeadLettered;

/** A queue in the node's database for the processing group of every {@link DeadLettered} component. */
final class DeadLetterQueues implements ConfigurerModule {

    private final ListableBeanFactory beans;

    DeadLetterQueues(ListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void configureModule(Configurer configurer) {
        Arrays.stream(beans.getBeanNamesForAnnotation(DeadLettered.class)).map(beans::getType).map(DeadLetterQueues::group).distinct()
                .forEach(group -> configurer.eventProcessing()
                        .registerDeadLetterQueue(group, configuration -> queue(group, configuration))
                        .registerDeadLetteringEventHandlerInvokerConfiguration(group, (configuration, builder) -> builder
                                .enableSequenceIdentifierCache()));
    }

    private static String group(Class<?> component) {
        return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(component, ProcessingGroup.class)).map(ProcessingGroup::value)
                .orElseThrow(() -> new IllegalStateException(component.getName() + " is @DeadLettered but names no @ProcessingGroup"));
    }

    private static SequencedDeadLetterQueue<EventMessage<?>> queue(String group, Configuration configuration) {
        return JdbcSequencedDeadLetterQueue.<EventMessage<?>>builder()
                .processingGroup(group)
                .connectionProvider(configuration.getComponent(ConnectionProvider.class))
                .transactionManager(configuration.getComponent(TransactionManager.class))
                .genericSerializer(configuration.serializer())
                .eventSerializer(configuration.eventSerializer())
                .build();
    }
}
