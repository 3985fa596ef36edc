package io.masumi.node.platform.saga;

import java.util.function.Consumer;
import java.util.function.Function;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.Saga;

/** A saga that is written when it has handled something, and passes by what it has handled before. */
final class StoredSaga<T extends FoldedSaga> implements Saga<T> {

    private final AnnotatedSaga<T> saga;
    private final Consumer<AnnotatedSaga<T>> write;

    StoredSaga(AnnotatedSaga<T> saga, Consumer<AnnotatedSaga<T>> write) {
        this.saga = saga;
        this.write = write;
    }

    @Override
    public Object handle(EventMessage<?> message) {
        if (message instanceof DomainEventMessage<?> event) {
            if (!saga.root().isNews(event.getSequenceNumber())) {
                return null;
            }
            saga.root().handled(event.getSequenceNumber());
        }
        Object result = saga.handle(message);
        write.accept(saga);
        return result;
    }

    @Override
    public boolean canHandle(EventMessage<?> message) {
        return saga.canHandle(message);
    }

    @Override
    public String getSagaIdentifier() {
        return saga.getSagaIdentifier();
    }

    @Override
    public AssociationValues getAssociationValues() {
        return saga.getAssociationValues();
    }

    @Override
    public <R> R invoke(Function<T, R> invocation) {
        return saga.invoke(invocation);
    }

    @Override
    public void execute(Consumer<T> invocation) {
        saga.execute(invocation);
    }

    @Override
    public boolean isActive() {
        return saga.isActive();
    }
}
