package io.masumi.node.platform.setaside;

import java.util.Optional;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/** For components that work off the events of a batch together at its end, and then find that some of them cannot be. */
public interface EventFailures {

    /** Of the batch that the unit of work handles; empty when no event processor does. */
    static Optional<EventFailures> of(UnitOfWork<?> work) {
        return Optional.ofNullable(work.root().<EventFailures>getResource(EventFailures.class.getName()));
    }

    /**
     * Sets an event aside that was handed out in this batch, and all later ones of its aggregate. What was done for it must have been
     * taken back. To be called for each event of the aggregate from the first that failed on, in their order.
     *
     * @throws RuntimeException the failure, when it is no fault of the event: then the batch is to be tried again as a whole
     */
    void setAside(EventMessage<?> event, RuntimeException failure);
}
