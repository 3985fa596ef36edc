package io.masumi.node.chain.process;

import java.util.List;
import java.util.Optional;

import io.masumi.node.Requester;
import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.escrow.Participant;
import io.masumi.node.registry.RegistrationEvent;
import io.masumi.node.registry.RegistrationEvent.ConfirmationUndone;
import io.masumi.node.registry.RegistrationEvent.DeregistrationRequested;
import io.masumi.node.registry.RegistrationEvent.RegistrationDeleted;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationPhase;
import io.masumi.node.registry.RegistrationState;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;

/** What a registration wants done on chain. */
final class RegistrationIntents extends RecordIntents<RegistrationState, RegistrationEvent> {

    RegistrationIntents() {
        super(ActionRole.Registration, RegistrationEvent.class, RegistrationState::evolve, KeyCosts::of);
    }

    @Override
    Optional<Requester> asking(RegistrationEvent event) {
        return Optional.ofNullable(switch (event) {
            case RegistrationRequested e -> e.requester();
            case DeregistrationRequested e -> e.requester();
            default -> null;
        });
    }

    /** What became of a transaction calls nothing off: the chain action itself says so. */
    @Override
    Intent of(RegistrationState state, RegistrationEvent event, long sequenceNumber) {
        return switch (event) {
            case RegistrationRequested _ -> new Intent.This(minting(state, sequenceNumber));
            case DeregistrationRequested _ -> new Intent.This(burning(state, sequenceNumber));
            case ConfirmationUndone e -> new Intent.Again(state.phase() == RegistrationPhase.DeregistrationInitiated
                    ? burning(state, sequenceNumber)
                    : minting(state, sequenceNumber), e.transactionHash());
            case RegistrationDeleted _ -> new Intent.Nothing();
            default -> new Intent.AsBefore();
        };
    }

    @Override
    boolean isPending(RegistrationState state) {
        return switch (state.phase()) {
            case RegistrationRequested, RegistrationInitiated, DeregistrationRequested, DeregistrationInitiated -> true;
            case RegistrationConfirmed, RegistrationFailed, DeregistrationConfirmed, DeregistrationFailed -> false;
        };
    }

    private static ActionRequest minting(RegistrationState state, long sequenceNumber) {
        RegistrationRequested requested = state.requested();
        String recipient = requested.recipient() == null ? null : requested.recipient().address();
        return request(state, new ChainAction.RegisterAgent(requested.details(), recipient, requested.sendFundingLovelace()),
                List.of(sellingWallet(state)), sequenceNumber);
    }

    private static ActionRequest burning(RegistrationState state, long sequenceNumber) {
        return request(state, new ChainAction.DeregisterAgent(state.agentIdentifier()), holders(state), sequenceNumber);
    }

    private static ActionRequest request(RegistrationState state, ChainAction action, List<String> walletIds, long sequenceNumber) {
        return new ActionRequest(ActionRole.Registration, state.requested().registrationId().value(), sequenceNumber, source(state),
                walletIds, action, 0, null);
    }

    /** The wallets that may hold the NFT, and so burn it: only the one that does can build the transaction. */
    private static List<String> holders(RegistrationState state) {
        Participant recipient = state.requested().recipient();
        return recipient == null || recipient.vkey() == null
                ? List.of(sellingWallet(state))
                : List.of(sellingWallet(state), HotWalletId.of(source(state), recipient.vkey()).value());
    }

    private static String sellingWallet(RegistrationState state) {
        return state.requested().sellingWallet().id();
    }

    private static PaymentSourceId source(RegistrationState state) {
        return new PaymentSourceId(state.requested().source().id());
    }
}
