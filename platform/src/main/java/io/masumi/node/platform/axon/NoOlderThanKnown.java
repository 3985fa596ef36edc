package io.masumi.node.platform.axon;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;

import io.masumi.node.platform.MessageMetadata;
import io.masumi.node.platform.OutdatedAggregateException;

/**
 * Takes back what an aggregate decided that is older than the sender of the command knows: that something meant nothing to it, for one.
 * Taken back, it is also forgotten where it was kept in memory.
 */
final class NoOlderThanKnown implements MessageHandlerInterceptor<CommandMessage<?>> {

    @Override
    public Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain) throws Exception {
        Object answer = chain.proceed();
        if (work.getMessage().getMetaData().get(MessageMetadata.KNOWN_EVENT) instanceof Number known && answer instanceof Long version
                && version < known.longValue()) {
            throw new OutdatedAggregateException(known.longValue(), "is at " + version);
        }
        return answer;
    }
}
