package io.masumi.node.chain.saga;

import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.SagaManagerSpanFactory;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.action.ActionAutoConfiguration;
import io.masumi.node.chain.action.ChainActions;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.platform.ConditionalOnRole;

/** The sagas, for processes that act on the chain. */
@AutoConfiguration(after = ActionAutoConfiguration.class)
@ConditionalOnRole("chain")
@EnableConfigurationProperties(SweepSettings.class)
public class SagaAutoConfiguration {

    @Bean
    SaleDeadlines saleDeadlines(ChainSettings settings, Clock clock) {
        return new SaleDeadlines(settings, clock);
    }

    @Bean
    SagaCommands sagaCommands(CommandGateway commands) {
        return new SagaCommands(commands, Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("saga-command-", 0).factory()));
    }

    @Bean
    ReferenceScriptWishes referenceScriptWishes(ChainActions actions, Sources sources) {
        return new ReferenceScriptWishes(actions, sources);
    }

    @Bean
    WishSweep wishSweep(QueryGateway queries, EventStore events, ChainActions actions, PlatformTransactionManager transactions,
            SweepSettings settings, Clock clock) {
        return new WishSweep(queries, events, actions, new TransactionTemplate(transactions), settings, clock);
    }

    @Bean
    WishSweepLoop wishSweepLoop(WishSweep sweep, SweepSettings settings) {
        return new WishSweepLoop(sweep, settings.interval());
    }

    @Bean
    ConfigurerModule chainSagas(SagaStore<Object> store) {
        return configurer -> configurer.eventProcessing()
                .registerSaga(PaymentSaga.class,
                        saga -> saga.configureSagaManager(axon -> manager(PaymentSaga.class, PaymentSaga::new, store, axon)))
                .registerSaga(PurchaseSaga.class,
                        saga -> saga.configureSagaManager(axon -> manager(PurchaseSaga.class, PurchaseSaga::new, store, axon)))
                .registerSaga(RegistrationSaga.class,
                        saga -> saga.configureSagaManager(axon -> manager(RegistrationSaga.class, RegistrationSaga::new, store, axon)));
    }

    /**
     * As Axon would make it, but for two things: Axon makes instances of public classes only, and its sagas log what went
     * wrong and go on, where ours must not miss an event and so stop and try again.
     */
    private static <T> AnnotatedSagaManager<T> manager(Class<T> type, Supplier<T> factory, SagaStore<Object> store, Configuration axon) {
        AnnotatedSagaRepository<T> repository = AnnotatedSagaRepository.<T>builder().sagaType(type).sagaStore(store)
                .resourceInjector(axon.resourceInjector()).parameterResolverFactory(axon.parameterResolverFactory())
                .handlerDefinition(axon.handlerDefinition(type)).build();
        return AnnotatedSagaManager.<T>builder().sagaType(type).sagaFactory(factory).sagaRepository(repository)
                .parameterResolverFactory(axon.parameterResolverFactory()).handlerDefinition(axon.handlerDefinition(type))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .spanFactory(axon.getComponent(SagaManagerSpanFactory.class)).build();
    }
}
