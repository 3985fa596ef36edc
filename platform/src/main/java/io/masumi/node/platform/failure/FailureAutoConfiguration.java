package io.masumi.node.platform.failure;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.axonserver.connector.TargetContextResolver;
import org.axonframework.axonserver.connector.query.AxonServerQueryBus;
import org.axonframework.axonserver.connector.query.QueryPriorityCalculator;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandBusSpanFactory;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.QueryBus;
import org.axonframework.queryhandling.QueryBusSpanFactory;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.AxonServerBusAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

import io.masumi.node.platform.serialization.MessageSerializer;

/**
 * The buses and gateways. Axon's own stand on the same classes, but its failures lose their type on the way through Axon Server, and it
 * lets a message name any class as what is to be answered.
 */
@AutoConfiguration(before = {AxonAutoConfiguration.class, AxonServerBusAutoConfiguration.class})
public class FailureAutoConfiguration {

    /** An answer that takes longer is none: what handles a command or query waits for a provider for much less. */
    private static final Duration LONGEST_COMMAND = Duration.ofMinutes(2);
    private static final Duration LONGEST_QUERY = Duration.ofMinutes(1);

    private static final String AXON_SERVER = "axon.axonserver.enabled";

    @Bean
    FailureKinds failureKinds(ObjectProvider<FailureKind> others) {
        return new FailureKinds(others.orderedStream().toList());
    }

    @Bean
    @Qualifier("localSegment")
    ExplainingCommandBus commandBus(TransactionManager transactions, Configuration axon, DuplicateCommandHandlerResolver duplicates,
            FailureKinds kinds, @Value("${" + AXON_SERVER + "}") boolean axonServer) {
        ExplainingCommandBus bus = new ExplainingCommandBus(SimpleCommandBus.builder()
                .transactionManager(transactions)
                .duplicateCommandHandlerResolver(duplicates)
                .spanFactory(axon.getComponent(CommandBusSpanFactory.class))
                .messageMonitor(axon.messageMonitor(CommandBus.class, "commandBus")), kinds, axonServer);
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return bus;
    }

    @Bean
    @ConditionalOnProperty(name = AXON_SERVER, havingValue = "false")
    QueryBus queryBus(TransactionManager transactions, Configuration axon, FailureKinds kinds) {
        return handling(transactions, axon, kinds, false);
    }

    @Bean("queryBus")
    @ConditionalOnProperty(name = AXON_SERVER, havingValue = "true")
    AxonServerQueryBus queryBusOverAxonServer(TransactionManager transactions, Configuration axon, FailureKinds kinds,
            AxonServerConnectionManager connections, AxonServerConfiguration settings, MessageSerializer serializer,
            QueryPriorityCalculator priorities, TargetContextResolver<? super QueryMessage<?, ?>> contexts) {
        ExplainingQueryBus handling = handling(transactions, axon, kinds, true);
        // Axon registers it only with the bus that it makes itself for one process.
        handling.registerHandlerInterceptor(new CorrelationDataInterceptor<>(axon.correlationDataProviders()));
        return AxonServerQueryBus.builder()
                .axonServerConnectionManager(connections)
                .configuration(settings)
                .localSegment(handling)
                .updateEmitter(handling.queryUpdateEmitter())
                .messageSerializer(serializer)
                .genericSerializer(serializer)
                .priorityCalculator(priorities)
                .targetContextResolver(contexts)
                .spanFactory(axon.getComponent(QueryBusSpanFactory.class))
                .build();
    }

    private static ExplainingQueryBus handling(TransactionManager transactions, Configuration axon, FailureKinds kinds,
            boolean sendersElsewhere) {
        return new ExplainingQueryBus(SimpleQueryBus.builder()
                .messageMonitor(axon.messageMonitor(QueryBus.class, "queryBus"))
                .transactionManager(transactions)
                .queryUpdateEmitter(axon.getComponent(QueryUpdateEmitter.class))
                .spanFactory(axon.getComponent(QueryBusSpanFactory.class)), kinds, sendersElsewhere);
    }

    @Bean
    CommandGateway commandGateway(CommandBus bus, FailureKinds kinds, ScheduledExecutorService commandRetryExecutor) {
        return DefaultCommandGateway.builder().commandBus(new RestoringCommandBus(bus, kinds, LONGEST_COMMAND))
                .retryScheduler(ConflictRetries.on(commandRetryExecutor)).build();
    }

    @Bean
    QueryGateway queryGateway(QueryBus bus, FailureKinds kinds) {
        return DefaultQueryGateway.builder().queryBus(new RestoringQueryBus(bus, kinds, LONGEST_QUERY)).build();
    }
}
