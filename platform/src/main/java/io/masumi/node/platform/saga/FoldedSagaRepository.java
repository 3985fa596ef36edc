package io.masumi.node.platform.saga;

import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.axonframework.config.Configuration;
import org.axonframework.messaging.annotation.MessageHandlerInterceptorMemberChain;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.Saga;
import org.axonframework.modelling.saga.SagaRepository;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.modelling.saga.SagaStorageException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * Reads a saga for each event and deadline, and writes it as soon as that is handled. Axon's repository writes all sagas of a batch
 * at its end, where nobody can tell any more which of them cannot be written, or is half changed by an event that it failed at.
 */
public final class FoldedSagaRepository<T extends FoldedSaga> implements SagaRepository<T> {

    private static final SQLExceptionTranslator REASONS = new SQLStateSQLExceptionTranslator();

    private final Class<T> type;
    private final SagaStore<? super T> store;
    private final SagaModel<T> model;
    private final MessageHandlerInterceptorMemberChain<T> interceptors;

    /** Of sagas that take what they need as parameters: nothing is injected. */
    public FoldedSagaRepository(Class<T> type, SagaStore<? super T> store, Configuration axon) {
        AnnotationSagaMetaModelFactory models = new AnnotationSagaMetaModelFactory(axon.parameterResolverFactory(),
                axon.handlerDefinition(type));
        this.type = type;
        this.store = store;
        this.model = models.modelOf(type);
        this.interceptors = models.chainedInterceptor(type);
    }

    /** @throws LostSagaException if one is associated that is not stored: its events must not be passed by as if it had ended */
    @Override
    public Set<String> find(AssociationValue associated) {
        TreeSet<String> found = new TreeSet<>(store.findSagas(type, associated));
        found.forEach(id -> {
            if (load(id) == null) {
                throw new LostSagaException("The saga of " + associated.getValue() + " is not stored any more; have it made anew");
            }
        });
        return found;
    }

    /** @return null if there is none, since it has ended */
    @Override
    public Saga<T> load(String id) {
        SagaStore.Entry<T> entry = store.loadSaga(type, id);
        return entry == null ? null : new StoredSaga<>(annotated(id, entry.associationValues(), entry.saga()), this::write);
    }

    @Override
    public Saga<T> createInstance(String id, Supplier<T> factory) {
        return new StoredSaga<>(annotated(id, Set.of(), factory.get()), this::insert);
    }

    private AnnotatedSaga<T> annotated(String id, Set<AssociationValue> associations, T saga) {
        return new AnnotatedSaga<>(id, associations, saga, model, interceptors);
    }

    private void insert(AnnotatedSaga<T> saga) {
        saying(() -> store.insertSaga(type, saga.getSagaIdentifier(), saga.root(), saga.getAssociationValues().asSet()));
    }

    private void write(AnnotatedSaga<T> saga) {
        saying(saga.isActive()
                ? () -> store.updateSaga(type, saga.getSagaIdentifier(), saga.root(), saga.getAssociationValues())
                : () -> store.deleteSaga(type, saga.getSagaIdentifier(), saga.getAssociationValues().asSet()));
    }

    /** Says why it cannot be stored, where the store calls everything transient. */
    private void saying(Runnable storing) {
        try {
            storing.run();
        } catch (SagaStorageException e) {
            DataAccessException reason = e.getCause() instanceof SQLException refused
                    ? REASONS.translate("storing a saga", null, refused)
                    : null;
            throw reason == null ? e : reason;
        }
    }
}
