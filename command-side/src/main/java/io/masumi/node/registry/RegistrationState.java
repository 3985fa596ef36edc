package io.masumi.node.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.registry.RegistrationEvent.ConfirmationUndone;
import io.masumi.node.registry.RegistrationEvent.DeregistrationConfirmed;
import io.masumi.node.registry.RegistrationEvent.DeregistrationFailed;
import io.masumi.node.registry.RegistrationEvent.DeregistrationInitiated;
import io.masumi.node.registry.RegistrationEvent.DeregistrationRequested;
import io.masumi.node.registry.RegistrationEvent.RegistrationConfirmed;
import io.masumi.node.registry.RegistrationEvent.RegistrationDeleted;
import io.masumi.node.registry.RegistrationEvent.RegistrationFailed;
import io.masumi.node.registry.RegistrationEvent.RegistrationInitiated;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationEvent.TransactionDelayed;
import io.masumi.node.registry.RegistrationEvent.TransactionGivenUp;

/**
 * A registration as its events make it.
 *
 * @param agentIdentifier policy id and asset name, hex; null until a transaction is signed
 * @param transactionHash the newest transaction, null until one is signed
 * @param transaction where it is on chain, null until it is
 * @param error what went wrong last, else null
 * @param deleted whether it is to be shown no more; what the chain says of it later brings it back
 * @param fees what its transactions on chain cost, lovelace; null for nothing
 */
public record RegistrationState(RegistrationRequested requested, RegistrationPhase phase, String agentIdentifier, String transactionHash,
        EscrowTransaction transaction, String error, boolean deleted, @JsonInclude(JsonInclude.Include.NON_NULL) Long fees) {

    /** Folds one event; {@code state} is null before the first. */
    public static RegistrationState evolve(RegistrationState state, RegistrationEvent event) {
        return switch (event) {
            case RegistrationRequested e -> new RegistrationState(e, RegistrationPhase.RegistrationRequested, null, null, null, null,
                    false, null);
            case RegistrationInitiated e -> state.initiated(RegistrationPhase.RegistrationInitiated, e.agentIdentifier(),
                    e.transactionHash());
            case RegistrationConfirmed e -> state.confirmed(RegistrationPhase.RegistrationConfirmed, e.transaction());
            case RegistrationFailed e -> state.failed(RegistrationPhase.RegistrationFailed, e.errorNote());
            case DeregistrationRequested _ -> new RegistrationState(state.requested, RegistrationPhase.DeregistrationRequested,
                    state.agentIdentifier, state.transactionHash, state.transaction, null, false, state.fees);
            case DeregistrationInitiated e -> state.initiated(RegistrationPhase.DeregistrationInitiated, state.agentIdentifier,
                    e.transactionHash());
            case DeregistrationConfirmed e -> state.confirmed(RegistrationPhase.DeregistrationConfirmed, e.transaction());
            case DeregistrationFailed e -> state.failed(RegistrationPhase.DeregistrationFailed, e.errorNote());
            case ConfirmationUndone e -> state.unpaid().initiated(state.phaseBeforeConfirmation(), state.agentIdentifier,
                    e.transactionHash());
            case TransactionDelayed e -> state.failed(state.phase, e.errorNote());
            case TransactionGivenUp _ -> state;
            case RegistrationDeleted _ -> new RegistrationState(state.requested, state.phase, state.agentIdentifier, state.transactionHash,
                    state.transaction, state.error, true, state.fees);
        };
    }

    private RegistrationPhase phaseBeforeConfirmation() {
        return phase == RegistrationPhase.DeregistrationConfirmed
                ? RegistrationPhase.DeregistrationInitiated
                : RegistrationPhase.RegistrationInitiated;
    }

    private RegistrationState initiated(RegistrationPhase phase, String agentIdentifier, String transactionHash) {
        return new RegistrationState(requested, phase, agentIdentifier, transactionHash, null, null, false, fees);
    }

    private RegistrationState confirmed(RegistrationPhase phase, EscrowTransaction transaction) {
        return new RegistrationState(requested, phase, agentIdentifier, transaction.hash(), transaction, null, false,
                paid() + transaction.feeLovelace());
    }

    private RegistrationState failed(RegistrationPhase phase, String error) {
        return new RegistrationState(requested, phase, agentIdentifier, transactionHash, transaction, error, false, fees);
    }

    /** Without the fee of its newest transaction, which is not on chain any more. */
    private RegistrationState unpaid() {
        long undone = transaction == null ? 0 : transaction.feeLovelace();
        return new RegistrationState(requested, phase, agentIdentifier, transactionHash, transaction, error, deleted,
                Math.max(0, paid() - undone));
    }

    private long paid() {
        return fees == null ? 0 : fees;
    }
}
