package io.masumi.node.chain.saga;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

import io.masumi.node.chain.action.ActionRole;
import io.masumi.node.chain.action.ChainActions;
import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationPhase;
import io.masumi.node.registry.RegistrationState;

/** Drives an agent's registration forward: minting and burning its NFT become chain actions. */
@SagaName("masumi.saga.Registration")
@ProcessingGroup(RegistrationSaga.GROUP)
final class RegistrationSaga extends FoldedSaga {

    static final String GROUP = "registration-saga";

    private static final String REGISTRATION_ID = "registrationId";
    private static final String ENDING = "registration-ending";

    /** The registration as its events up to now make it. */
    private RegistrationState state;
    /** Id of the deadline after which this ends, null while the agent is not gone. */
    private String ending;

    @StartSaga
    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationRequested event, @SequenceNumber long sequenceNumber, ChainActions actions) {
        state = RegistrationState.evolve(null, event);
        say(event, sequenceNumber, actions);
    }

    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationEvent event, @SequenceNumber long sequenceNumber, ChainActions actions, DeadlineManager deadlines,
            SaleDeadlines times) {
        state = RegistrationState.evolve(state, event);
        say(event, sequenceNumber, actions);
        ending = times.ending(deadlines, ENDING, isGone(), ending);
    }

    /** The agent is gone and stays so: no rollback reaches back so far. */
    @DeadlineHandler(deadlineName = ENDING)
    void end() {
        if (isGone()) {
            SagaLifecycle.end();
        }
    }

    private boolean isGone() {
        return state.phase() == RegistrationPhase.DeregistrationConfirmed;
    }

    private void say(RegistrationEvent event, long sequenceNumber, ChainActions actions) {
        actions.hear(ActionRole.Registration, state.requested().registrationId().value(), sequenceNumber,
                wishes -> wishes.wish(RegistrationWishes.of(state, event, sequenceNumber)));
    }
}
