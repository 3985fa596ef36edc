package io.masumi.node.chain.process;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaManagerSpanFactory;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.follower.ending.AwaitedEnds;
import io.masumi.node.chain.outbox.ActionAutoConfiguration;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.axon.BusyGroup;
import io.masumi.node.platform.loop.BackgroundLoop;
import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.saga.FoldedSagaRepository;

/** The sagas, for processes that act on the chain. */
@AutoConfiguration(after = ActionAutoConfiguration.class)
@ConditionalOnRole("chain")
@EnableConfigurationProperties(SweepSettings.class)
public class SagaAutoConfiguration {

    @Bean
    BusyGroup paymentSagas() {
        return new BusyGroup(PaymentSaga.GROUP);
    }

    @Bean
    BusyGroup purchaseSagas() {
        return new BusyGroup(PurchaseSaga.GROUP);
    }

    @Bean
    SagaServices sagaServices(ChainActions actions, ChainSettings settings, Clock clock, AwaitedEnds ends, CommandGateway gateway,
            RecordCommands records, CreditRules rules, QueryGateway queries, EventStore events) {
        SagaCommands commands = new SagaCommands(gateway, records,
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("saga-command-", 0).factory()));
        return new SagaServices(actions, new SaleDeadlines(settings, clock), ends::await, commands,
                new KeyCosts(commands, rules, new OwnAddresses(queries)), events);
    }

    @Bean
    ReferenceScriptIntents referenceScriptIntents(ChainActions actions, Sources sources) {
        return new ReferenceScriptIntents(actions, sources);
    }

    @Bean
    IntentSweep intentSweep(QueryGateway queries, EventStore events, ChainActions actions, @Lazy EventProcessingConfiguration processing,
            CommandGateway commands, PlatformTransactionManager transactions, SweepSettings settings, Clock clock) {
        return new IntentSweep(queries, events, actions, new SilentSagas(processing, commands), new TransactionTemplate(transactions),
                settings, clock);
    }

    /** Not at once: after a start sagas have most to do. */
    @Bean
    BackgroundLoop intentSweepLoop(IntentSweep sweep, SweepSettings settings) {
        return BackgroundLoop.every(settings.interval(), "intent-sweep", sweep::sweep).firstAfter(settings.interval());
    }

    @Bean
    ConfigurerModule chainSagas(SagaStore<Object> store) {
        return configurer -> Stream.of(PaymentSaga.class, PurchaseSaga.class, RegistrationSaga.class)
                .forEach(type -> register(type, store, configurer.eventProcessing()));
    }

    private static <T extends FoldedSaga> void register(Class<T> type, SagaStore<Object> store, EventProcessingConfigurer processing) {
        processing.registerSaga(type, saga -> saga.configureSagaManager(axon -> manager(type, store, axon)));
    }

    /** As Axon would make it, but that what goes wrong is passed on: its own are logged and forgotten, and the event with them. */
    private static <T extends FoldedSaga> AnnotatedSagaManager<T> manager(Class<T> type, SagaStore<Object> store, Configuration axon) {
        return AnnotatedSagaManager.<T>builder().sagaType(type)
                .sagaRepository(new FoldedSagaRepository<>(type, store, axon))
                .parameterResolverFactory(axon.parameterResolverFactory()).handlerDefinition(axon.handlerDefinition(type))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .spanFactory(axon.getComponent(SagaManagerSpanFactory.class)).build();
    }
}
