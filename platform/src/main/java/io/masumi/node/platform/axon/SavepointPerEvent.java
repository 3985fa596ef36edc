package io.masumi.node.platform.axon;

import java.util.function.Supplier;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.annotation.HandlerEnhancerDefinition;
import org.axonframework.messaging.annotation.MessageHandlingMember;
import org.axonframework.messaging.annotation.WrappedMessageHandlingMember;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;

import io.masumi.node.platform.DeadLettered;

/**
 * Runs each event handler of a {@link DeadLettered} component within a savepoint. After a failed statement PostgreSQL
 * refuses everything else in the transaction, the dead letter too, so that the event would never be put aside.
 */
final class SavepointPerEvent implements HandlerEnhancerDefinition {

    private final Supplier<PlatformTransactionManager> transactions;

    SavepointPerEvent(Supplier<PlatformTransactionManager> transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> MessageHandlingMember<T> wrapHandler(MessageHandlingMember<T> original) {
        var wanted = original.canHandleMessageType(EventMessage.class)
                && AnnotatedElementUtils.hasAnnotation(original.declaringClass(), DeadLettered.class);
        return wanted ? new WithinSavepoint<>(original, transactions) : original;
    }

    private static final class WithinSavepoint<T> extends WrappedMessageHandlingMember<T> {

        private final Supplier<PlatformTransactionManager> transactions;

        private WithinSavepoint(MessageHandlingMember<T> original, Supplier<PlatformTransactionManager> transactions) {
            super(original);
            this.transactions = transactions;
        }

        @Override
        public Object handle(Message<?> message, T target) throws Exception {
            var manager = transactions.get();
            var savepoint = manager.getTransaction(new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_NESTED));
            Object result;
            try {
                result = super.handle(message, target);
            } catch (Exception | Error failure) {
                manager.rollback(savepoint);
                throw failure;
            }
            manager.commit(savepoint);
            return result;
        }
    }
}
