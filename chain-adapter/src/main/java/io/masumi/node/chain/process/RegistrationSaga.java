package io.masumi.node.chain.process;

import java.util.Optional;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

import io.masumi.node.Requester;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.ChainActions;
import io.masumi.node.platform.saga.FoldedSaga;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.Funds;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionFailed;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.DeregistrationRequested;
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
    /** Id of the deadline after which what the registration costs is final, null while something is there or under way. */
    private String ending;

    @StartSaga
    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationRequested event, @SequenceNumber long sequenceNumber, ChainActions actions, SagaCommands commands, KeyCosts costs) {
        state = RegistrationState.evolve(null, event);
        say(null, event, sequenceNumber, actions, commands, costs);
    }

    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationEvent event, @SequenceNumber long sequenceNumber, ChainActions actions, DeadlineManager deadlines,
            SaleDeadlines times, SagaCommands commands, KeyCosts costs) {
        RegistrationState before = state;
        state = RegistrationState.evolve(before, event);
        say(before, event, sequenceNumber, actions, commands, costs);
        ending = times.ending(deadlines, ENDING, isGone() || hasFailed(), ending);
    }

    /**
     * How it is now it stays: no rollback reaches back so far. An agent that is gone is forgotten; one that could not be registered
     * costs nothing more, but is heard of should it be there after all.
     */
    @DeadlineHandler(deadlineName = ENDING)
    void end(DeadlineMessage<?> due, KeyCosts costs) {
        ending = null;
        if (isGone() || hasFailed()) {
            costs.close(account(), costs.of(state));
        }
        if (isGone()) {
            SagaLifecycle.end();
        }
    }

    private boolean isGone() {
        return state.phase() == RegistrationPhase.DeregistrationConfirmed;
    }

    private boolean hasFailed() {
        return state.phase() == RegistrationPhase.RegistrationFailed;
    }

    /** @param before the registration before the event, null if it is the first */
    private void say(RegistrationState before, RegistrationEvent event, long sequenceNumber, ChainActions actions, SagaCommands commands,
            KeyCosts costs) {
        actions.hear(ActionRole.Registration, account().recordId(), sequenceNumber, intents -> {
            Intent intent = RegistrationIntents.of(state, event, sequenceNumber);
            if (isPaidFor(event, sequenceNumber, commands, costs)) {
                intents.intend(intent);
                settle(before, costs);
            } else {
                intents.intend(new Intent.Nothing());
            }
        });
    }

    /** What its key cannot pay for is not asked of the chain; the record says so. */
    private boolean isPaidFor(RegistrationEvent event, long sequenceNumber, SagaCommands commands, KeyCosts costs) {
        Optional<String> refusal = asking(event).flatMap(asking -> costs.ask(account(), asking, costs.of(state)));
        refusal.ifPresent(why -> commands.tell(
                new RecordTransactionFailed(state.requested().registrationId(), ErrorType.InsufficientFunds, why), sequenceNumber));
        return refusal.isEmpty();
    }

    /** Who asks by this event for something on chain. */
    private static Optional<Requester> asking(RegistrationEvent event) {
        return Optional.ofNullable(switch (event) {
            case RegistrationRequested e -> e.requester();
            case DeregistrationRequested e -> e.requester();
            default -> null;
        });
    }

    private void settle(RegistrationState before, KeyCosts costs) {
        Funds cost = costs.of(state);
        if (before == null || !cost.equals(costs.of(before))) {
            costs.settle(account(), cost, state.phase().name());
        }
    }

    private KeyCosts.Account account() {
        return new KeyCosts.Account(state.requested().requester(), state.requested().registrationId().value(), CreditUse.Registration);
    }
}
