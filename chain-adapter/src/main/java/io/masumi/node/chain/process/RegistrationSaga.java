package io.masumi.node.chain.process;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;

import io.masumi.node.Requester;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionFailed;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationPhase;
import io.masumi.node.registry.RegistrationState;

/** Drives an agent's registration forward: minting and burning its NFT become chain actions. */
@SagaName("masumi.saga.Registration")
@ProcessingGroup(RegistrationSaga.GROUP)
public final class RegistrationSaga extends RecordSaga<RegistrationState, RegistrationEvent> {

    static final String GROUP = "registration-saga";

    private static final String REGISTRATION_ID = "registrationId";
    private static final String ENDING = "registration-ending";

    @StartSaga
    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationRequested event, @SequenceNumber long sequenceNumber, SagaServices services) {
        hear(event, sequenceNumber, services);
    }

    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationEvent event, @SequenceNumber long sequenceNumber, DeadlineManager deadlines, SagaServices services) {
        hear(event, sequenceNumber, services);
        scheduleEnding(ENDING, deadlines, services);
    }

    @DeadlineHandler(deadlineName = ENDING)
    void due(DeadlineMessage<?> due, SagaServices services) {
        end(services);
    }

    @Override
    RegistrationIntents kind() {
        return new RegistrationIntents();
    }

    @Override
    String id() {
        return state().requested().registrationId().value();
    }

    @Override
    Requester owner() {
        return state().requested().requester();
    }

    @Override
    String progress() {
        return state().phase().name();
    }

    @Override
    Object unaffordable(String why) {
        return new RecordTransactionFailed(state().requested().registrationId(), ErrorType.InsufficientFunds, why);
    }

    @Override
    boolean isOver() {
        return isGone() || state().phase() == RegistrationPhase.RegistrationFailed;
    }

    /** An agent that could not be registered costs nothing more, but is heard of should it be there after all. */
    @Override
    boolean endsWhenOver() {
        return isGone();
    }

    private boolean isGone() {
        return state().phase() == RegistrationPhase.DeregistrationConfirmed;
    }
}
