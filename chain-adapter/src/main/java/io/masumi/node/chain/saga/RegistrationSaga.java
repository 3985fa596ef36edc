package io.masumi.node.chain.saga;

import java.util.List;

import org.axonframework.config.ProcessingGroup;
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
import io.masumi.node.registry.RegistrationEvent.DeregistrationConfirmed;
import io.masumi.node.registry.RegistrationEvent.DeregistrationRequested;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationState;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;

/** Drives an agent's registration forward: minting and burning its NFT become chain actions. */
@ProcessingGroup(RegistrationSaga.GROUP)
final class RegistrationSaga {

    static final String GROUP = "registration-saga";

    private static final String REGISTRATION_ID = "registrationId";

    /** The registration as its events up to now make it. */
    private RegistrationState state;

    @StartSaga
    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationRequested event, @SequenceNumber long sequenceNumber, ChainActions actions) {
        state = RegistrationState.evolve(state, event);
        String recipient = event.recipient() == null ? null : event.recipient().address();
        want(new WantedAction.RegisterAgent(event.details(), recipient, event.sendFundingLovelace()), List.of(sellingWallet()),
                sequenceNumber, actions);
    }

    @SagaEventHandler(associationProperty = REGISTRATION_ID)
    void on(RegistrationEvent event, @SequenceNumber long sequenceNumber, ChainActions actions) {
        state = RegistrationState.evolve(state, event);
        switch (event) {
            case DeregistrationRequested _ -> want(new WantedAction.DeregisterAgent(state.agentIdentifier()), holders(),
                    sequenceNumber, actions);
            case DeregistrationConfirmed _ -> SagaLifecycle.end();
            default -> {
            }
        }
    }

    private void want(WantedAction action, List<String> walletIds, long sequenceNumber, ChainActions actions) {
        actions.want(new ActionRequest(ActionRole.Registration, state.requested().registrationId().value(), sequenceNumber, sourceId(),
                walletIds, action, 0, null));
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
