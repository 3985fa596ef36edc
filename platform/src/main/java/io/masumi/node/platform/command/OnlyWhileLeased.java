package io.masumi.node.platform.command;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * Lets aggregates decide only while this process is certainly the one that handles commands: before it begins, and still when it has
 * decided. A refusal counts as a decision too: it may have been made on what is not so any more.
 */
final class OnlyWhileLeased implements MessageHandlerInterceptor<CommandMessage<?>>, MessageDispatchInterceptor<CommandMessage<?>> {

    private static final ClassValue<Boolean> FOR_AN_AGGREGATE = new ClassValue<>() {

        @Override
        protected Boolean computeValue(Class<?> command) {
            return Arrays.stream(command.getDeclaredFields()).anyMatch(field -> field.isAnnotationPresent(TargetAggregateIdentifier.class));
        }
    };

    private final CommandLease lease;

    OnlyWhileLeased(CommandLease lease) {
        this.lease = lease;
    }

    /** Before a transaction is begun: without a database that would take long. */
    @Override
    public BiFunction<Integer, CommandMessage<?>, CommandMessage<?>> handle(List<? extends CommandMessage<?>> commands) {
        return (_, command) -> {
            if (isForAnAggregate(command)) {
                lease.require();
            }
            return command;
        };
    }

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        if (!isForAnAggregate(work.getMessage())) {
            return chain.proceed();
        }
        lease.require();
        try {
            return chain.proceed();
        } finally {
            lease.require();
        }
    }

    private static boolean isForAnAggregate(CommandMessage<?> command) {
        return FOR_AN_AGGREGATE.get(command.getPayloadType());
    }
}
