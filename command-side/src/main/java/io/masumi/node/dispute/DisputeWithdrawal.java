package io.masumi.node.dispute;

import static io.masumi.node.dispute.DisputeWithdrawalStatus.Complete;
import static io.masumi.node.dispute.DisputeWithdrawalStatus.Confirmed;

import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import io.masumi.node.dispute.DisputeCommand.ProposeWithdrawal;
import io.masumi.node.dispute.DisputeCommand.RecordConfirmed;
import io.masumi.node.dispute.DisputeCommand.RecordLost;
import io.masumi.node.dispute.DisputeCommand.RecordRolledBack;
import io.masumi.node.dispute.DisputeCommand.RecordSignatures;
import io.masumi.node.dispute.DisputeCommand.RecordSubmitted;
import java.time.Clock;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** Decides for one disputed withdrawal: whose signatures it takes, and when there are enough. */
@Aggregate(type = "DisputeWithdrawal", cache = "aggregateCache")
class DisputeWithdrawal {

    @AggregateIdentifier
    private DisputeWithdrawalId id;
    private DisputeWithdrawalState state;

    DisputeWithdrawal() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(ProposeWithdrawal c) {
        if (state != null) {
            throw Rejection.conflict("This withdrawal is proposed already", id.value());
        }
        requireAdmin(c.requester());
        Proposal proposal = c.proposal();
        if (!c.withdrawalId().equals(DisputeWithdrawalId.of(proposal.transactionHash()))) {
            throw Rejection.invalid("The withdrawal's id does not follow from its transaction");
        }
        Proposal.requireSufficient(proposal.admins(), proposal.requiredWeight());
        proposal.division().requireAllOf(proposal.value());
        return record(new DisputeEvent.WithdrawalProposed(c.withdrawalId(), proposal, c.requester()));
    }

    /** A key that has signed already changes nothing, not even late. */
    @CommandHandler
    Long handle(RecordSignatures c, Clock clock) {
        requireAdmin(c.requester());
        c.signatures().forEach(signature -> requireSigner(signature.vkey()));
        List<KeySignature> fresh = c.signatures().stream().filter(signature -> !state.hasSigned(signature.vkey())).toList();
        if (!fresh.isEmpty() && state.status().isOver()) {
            throw Rejection.notFound("Withdrawal not found or not in a state that allows it: it is " + state.status());
        }
        if (!fresh.isEmpty() && clock.millis() >= state.proposed().proposal().validUntil()) {
            throw Rejection.notFound("Withdrawal not found or not in a state that allows it: its time is over; build another");
        }
        for (KeySignature signature : fresh) {
            if (!state.hasSigned(signature.vkey())) {
                AggregateLifecycle.apply(new DisputeEvent.WithdrawalSigned(id, signature, c.requester()));
            }
        }
        if (state.status() == DisputeWithdrawalStatus.Collecting && state.isComplete()) {
            return record(new DisputeEvent.SignaturesCompleted(id, state.proposed().proposal().transactionHash(),
                    state.signed().stream().map(DisputeEvent.WithdrawalSigned::signature).toList()));
        }
        return unchanged();
    }

    @CommandHandler
    Long handle(RecordSubmitted c) {
        return state.status() == Complete
                ? record(new DisputeEvent.WithdrawalSubmitted(id, state.proposed().proposal().transactionHash()))
                : unchanged();
    }

    /** Whatever was thought of it before: the chain shows it. */
    @CommandHandler
    Long handle(RecordConfirmed c) {
        return state.status() == Confirmed ? unchanged() : record(new DisputeEvent.WithdrawalConfirmed(id, c.transaction()));
    }

    @CommandHandler
    Long handle(RecordRolledBack c) {
        return state.status() == Confirmed ? record(new DisputeEvent.WithdrawalRolledBack(id, state.transaction())) : unchanged();
    }

    @CommandHandler
    Long handle(RecordLost c) {
        return state.status().isOver() ? unchanged() : record(new DisputeEvent.WithdrawalLost(id, c.status(), c.note(), c.failure()));
    }

    @EventSourcingHandler
    void on(DisputeEvent event) {
        id = event.withdrawalId();
        state = DisputeWithdrawalState.evolve(state, event);
    }

    private static void requireAdmin(Requester requester) {
        if (!requester.admin()) {
            throw Rejection.notAllowed("Only an admin key may work on disputes");
        }
    }

    private void requireSigner(String vkey) {
        List<String> signers = state.proposed().proposal().signers();
        if (!signers.contains(vkey)) {
            throw Rejection.invalid("The key with hash " + vkey + " is none of those that this withdrawal must be signed by: "
                    + String.join(", ", signers));
        }
    }

    private static Long record(DisputeEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    private static Long unchanged() {
        return AggregateLifecycle.getVersion();
    }
}
