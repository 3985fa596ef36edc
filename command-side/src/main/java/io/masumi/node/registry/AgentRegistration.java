package io.masumi.node.registry;

import io.masumi.node.Rejection;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.RecentlyGivenUp;
import io.masumi.node.registry.RegistrationCommand.DeleteRegistration;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionConfirmed;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionDelayed;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionFailed;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionGivenUp;
import io.masumi.node.registry.RegistrationCommand.RecordTransactionInitiated;
import io.masumi.node.registry.RegistrationCommand.RequestDeregistration;
import io.masumi.node.registry.RegistrationCommand.RequestRegistration;
import io.masumi.node.registry.RegistrationCommand.UndoConfirmation;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * Decides for the registration of one agent. Each half goes Requested, Initiated, Confirmed or Failed; burning begins
 * where minting is confirmed.
 */
@Aggregate(type = "AgentRegistration", cache = "aggregateCache")
class AgentRegistration {

    @AggregateIdentifier
    private RegistrationId id;
    private RegistrationState state;
    private RecentlyGivenUp givenUp = RecentlyGivenUp.NONE;

    AgentRegistration() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(RequestRegistration c) {
        if (state != null) {
            throw Rejection.conflict("A registration with this id exists already", id.value());
        }
        requireRegistrable(c.details());
        return record(new RegistrationEvent.RegistrationRequested(c.registrationId(), c.source(), c.sellingWallet(), c.recipient(),
                c.sendFundingLovelace(), c.details(), c.requester()));
    }

    @CommandHandler
    Long handle(RequestDeregistration c) {
        if (!c.requester().mayActOnRecordOf(state.requested().requester().keyId())) {
            throw Rejection.notAllowed("Only the key that registered this agent, or an admin key, may deregister it");
        }
        return switch (state.phase()) {
            // A burning that failed is asked for anew: the agent is still there.
            case RegistrationConfirmed, DeregistrationFailed -> record(
                    new RegistrationEvent.DeregistrationRequested(id, c.requester()));
            // Asked for again, because the answer was lost for example.
            case DeregistrationRequested, DeregistrationInitiated -> unchanged();
            case DeregistrationConfirmed -> {
                if (state.deleted()) {
                    throw Rejection.notFound("Registration not found: it was deleted");
                }
                yield unchanged();
            }
            case RegistrationRequested, RegistrationInitiated, RegistrationFailed -> throw Rejection
                    .notFound("Registration not found or not in a state that allows it: it is in " + state.phase());
        };
    }

    @CommandHandler
    Long handle(DeleteRegistration c) {
        if (!c.requester().mayActOnRecordOf(state.requested().requester().keyId())) {
            throw Rejection.notAllowed("Only the key that registered this agent, or an admin key, may delete its registration");
        }
        if (state.deleted()) {
            throw Rejection.notFound("Registration not found: it was deleted");
        }
        return switch (state.phase()) {
            case RegistrationFailed, DeregistrationConfirmed -> record(new RegistrationEvent.RegistrationDeleted(id, c.requester()));
            // Nothing is sent before it is announced here, and what is announced from now on is refused.
            case RegistrationRequested -> {
                record(new RegistrationEvent.RegistrationFailed(id, ErrorType.Unknown,
                        "It was deleted before a transaction was made for it"));
                yield record(new RegistrationEvent.RegistrationDeleted(id, c.requester()));
            }
            case RegistrationInitiated, RegistrationConfirmed, DeregistrationRequested, DeregistrationInitiated, DeregistrationFailed ->
                throw Rejection.notFound("Registration not found or not in a state that allows it: it is in " + state.phase()
                        + ", and only one that failed, was deregistered, or has no transaction yet can be deleted");
        };
    }

    @CommandHandler
    Long handle(RecordTransactionInitiated c) {
        if (c.transactionHash().equals(state.transactionHash())) {
            return unchanged();
        }
        return switch (state.phase()) {
            case RegistrationRequested, RegistrationInitiated -> record(new RegistrationEvent.RegistrationInitiated(id, c.agentIdentifier(),
                    c.transactionHash(), c.validUntilSlot(), c.wallet()));
            case DeregistrationRequested, DeregistrationInitiated -> record(
                    new RegistrationEvent.DeregistrationInitiated(id, c.transactionHash(), c.validUntilSlot(), c.wallet()));
            case RegistrationConfirmed, RegistrationFailed, DeregistrationConfirmed, DeregistrationFailed -> throw Rejection
                    .conflict("The registration waits for no transaction: it is in " + state.phase(), null);
        };
    }

    /** Only the newest transaction counts: an agent's identifier follows from the transaction that minted it. */
    @CommandHandler
    Long handle(RecordTransactionConfirmed c) {
        boolean newest = c.transaction().hash().equals(state.transactionHash());
        boolean confirmed = state.transaction() != null;
        if (!newest || confirmed) {
            return unchanged();
        }
        return switch (state.phase()) {
            case RegistrationInitiated, RegistrationFailed -> record(new RegistrationEvent.RegistrationConfirmed(id, c.transaction()));
            case DeregistrationInitiated, DeregistrationFailed -> record(
                    new RegistrationEvent.DeregistrationConfirmed(id, c.transaction()));
            case RegistrationRequested, RegistrationConfirmed, DeregistrationRequested, DeregistrationConfirmed -> unchanged();
        };
    }

    @CommandHandler
    Long handle(RecordTransactionFailed c) {
        return switch (state.phase()) {
            case RegistrationRequested, RegistrationInitiated -> record(
                    new RegistrationEvent.RegistrationFailed(id, c.errorType(), c.errorNote()));
            case DeregistrationRequested, DeregistrationInitiated -> record(
                    new RegistrationEvent.DeregistrationFailed(id, c.errorType(), c.errorNote()));
            case RegistrationConfirmed, RegistrationFailed, DeregistrationConfirmed, DeregistrationFailed -> unchanged();
        };
    }

    @CommandHandler
    Long handle(RecordTransactionGivenUp c) {
        return givenUp.has(c.transaction())
                ? unchanged()
                : record(new RegistrationEvent.TransactionGivenUp(id, c.step(), c.transaction()));
    }

    @CommandHandler
    Long handle(RecordTransactionDelayed c) {
        boolean waits = switch (state.phase()) {
            case RegistrationRequested, RegistrationInitiated, DeregistrationRequested, DeregistrationInitiated -> true;
            case RegistrationConfirmed, RegistrationFailed, DeregistrationConfirmed, DeregistrationFailed -> false;
        };
        return waits && !c.errorNote().equals(state.error())
                ? record(new RegistrationEvent.TransactionDelayed(id, c.errorType(), c.errorNote()))
                : unchanged();
    }

    @CommandHandler
    Long handle(UndoConfirmation c) {
        boolean lost = state.transaction() != null && state.transaction().at().blockHeight() > c.backTo().blockHeight();
        return switch (state.phase()) {
            case RegistrationConfirmed, DeregistrationConfirmed -> lost
                    ? record(new RegistrationEvent.ConfirmationUndone(id, state.transactionHash(), c.backTo()))
                    : unchanged();
            // What is wanted since stays wanted; the agent's NFT is minted again by the same transaction.
            case
                    RegistrationRequested,
                    RegistrationInitiated,
                    RegistrationFailed,
                    DeregistrationRequested,
                    DeregistrationInitiated,
                    DeregistrationFailed ->
                unchanged();
        };
    }

    @EventSourcingHandler
    void on(RegistrationEvent event) {
        id = event.registrationId();
        state = RegistrationState.evolve(state, event);
        if (event instanceof RegistrationEvent.TransactionGivenUp lost) {
            givenUp = givenUp.and(lost.transaction());
        }
    }

    private static void requireRegistrable(AgentDetails details) {
        if (details.name() == null || details.name().isBlank()) {
            throw Rejection.invalid("name must not be empty");
        }
        if (details.apiBaseUrl() == null || details.apiBaseUrl().isBlank()) {
            throw Rejection.invalid("apiBaseUrl must not be empty");
        }
        AgentPricing pricing = details.pricing();
        if ((pricing.type() == PricingType.Fixed) == pricing.fixed().isEmpty()) {
            throw Rejection.invalid("AgentPricing must name amounts if its pricingType is Fixed, and only then");
        }
    }

    private static Long record(RegistrationEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    private static Long unchanged() {
        return AggregateLifecycle.getVersion();
    }
}
