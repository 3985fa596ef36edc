package io.masumi.node.chain.saga;

import java.util.List;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.SagaLifecycle;
import org.axonframework.modelling.saga.StartSaga;

import io.masumi.node.chain.action.ActionRequest;
import io.masumi.node.chain.action.ActionRole;
import io.masumi.node.chain.action.ChainActions;
import io.masumi.node.chain.action.WantedAction;
import io.masumi.node.escrow.Participant;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.ConfirmationUndone;
import io.masumi.node.registry.RegistrationEvent.DeregistrationRequested;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationPhase;
import io.masumi.node.registry.RegistrationState;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;

/** Drives an agent's registration forward: minting and burning its NFT become chain actions. */
@ProcessingGroup(RegistrationSaga.GROUP)
final class RegistrationSaga {

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
        state = RegistrationState.evolve(state, event);
        actions.want(minting(sequenceNumber));
    }

    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationEvent event, @SequenceNumber long sequenceNumber, ChainActions actions, DeadlineManager deadlines,
            SaleDeadlines times) {
        state = RegistrationState.evolve(state, event);
        switch (event) {
            case DeregistrationRequested _ -> actions.want(burning(sequenceNumber));
            case ConfirmationUndone e -> {
                boolean burns = state.phase() == RegistrationPhase.DeregistrationInitiated;
                actions.wantAgain(burns ? burning(sequenceNumber) : minting(sequenceNumber), e.transactionHash());
            }
            default -> {
            }
        }
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

    private ActionRequest minting(long sequenceNumber) {
        RegistrationRequested requested = state.requested();
        String recipient = requested.recipient() == null ? null : requested.recipient().address();
        return request(new WantedAction.RegisterAgent(requested.details(), recipient, requested.sendFundingLovelace()),
                List.of(sellingWallet()), sequenceNumber);
    }

    private ActionRequest burning(long sequenceNumber) {
        return request(new WantedAction.DeregisterAgent(state.agentIdentifier()), holders(), sequenceNumber);
    }

    private ActionRequest request(WantedAction action, List<String> walletIds, long sequenceNumber) {
        return new ActionRequest(ActionRole.Registration, state.requested().registrationId().value(), sequenceNumber, sourceId(),
                walletIds, action, 0, null);
    }

    /** The wallets that may hold the NFT, and so burn it: only the one that does can build the transaction. */
    private List<String> holders() {
        Participant recipient = state.requested().recipient();
        return recipient == null || recipient.vkey() == null
                ? List.of(sellingWallet())
                : List.of(sellingWallet(), HotWalletId.of(sourceId(), recipient.vkey()).value());
    }

    private String sellingWallet() {
        return state.requested().sellingWallet().id();
    }

    private PaymentSourceId sourceId() {
        return new PaymentSourceId(state.requested().source().id());
    }
}
