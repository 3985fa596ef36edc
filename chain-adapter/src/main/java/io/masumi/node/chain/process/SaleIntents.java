package io.masumi.node.chain.process;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;

import org.axonframework.eventsourcing.eventstore.EventStore;

import io.masumi.node.Requester;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.chain.outbox.Intents;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTable;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.SaleEvent;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.escrow.StoredSales;
import io.masumi.node.escrow.TimeLimit;
import io.masumi.node.source.PaymentSourceId;

/** What one side of a sale wants done on chain: what it is asked for, until the chain or somebody says otherwise. */
abstract class SaleIntents<S extends SaleState, E extends SaleEvent> extends RecordIntents<S, E> {

    private final ToLongFunction<EscrowStatus> cooldown;

    /** @param cooldown Unix ms from which our party may act on the escrow again */
    SaleIntents(ActionRole role, Class<E> events, BiFunction<S, E, S> fold, BiFunction<KeyCosts, S, Funds> cost,
            ToLongFunction<EscrowStatus> cooldown) {
        super(role, events, fold, cost);
        this.cooldown = cooldown;
    }

    /** What the record is about to do. */
    abstract ActionRequest request(S state, long sequenceNumber);

    @Override
    final Optional<Requester> asking(E event) {
        return event instanceof SaleEvent.Requested asked ? Optional.of(asked.requester()) : Optional.empty();
    }

    @Override
    final Intent of(S state, E event, long sequenceNumber) {
        if (asking(event).isPresent()) {
            return new Intent.This(request(state, sequenceNumber));
        }
        // Who gave it up knows what is still wanted, and whether an operator has to be told first.
        if (event instanceof SaleEvent.GivenUp) {
            return new Intent.AsBefore();
        }
        if (!isPending(state)) {
            return new Intent.Nothing();
        }
        return event instanceof SaleEvent.Undone
                ? new Intent.Again(request(state, sequenceNumber), state.next().transactionHash())
                : new Intent.AsBefore();
    }

    /** Where the escrow stands, so that actions on it are built against its newest output. */
    @Override
    final void say(S before, S state, Intents intents) {
        EscrowStatus now = state.escrow();
        if (now.transaction() == null && before.escrow().transaction() != null) {
            intents.escrowIsGone();
        } else if (now.transaction() != null && !now.transaction().equals(before.escrow().transaction())) {
            intents.escrowStands(source(state), now.output(), now.transaction(), cooldown.applyAsLong(now));
        }
    }

    /** What is stored, made anew from its events where an earlier version stored it without what this one undoes. */
    final S readyFor(E event, long sequenceNumber, S stored, EventStore store) {
        return StoredSales.before(event, sequenceNumber, stored, events(), this::evolve, store);
    }

    @Override
    final boolean isPending(S state) {
        return state.next().isPending();
    }

    @Override
    final Intent whenNothingIsPending() {
        return new Intent.Nothing();
    }

    final ActionRequest request(S state, ChainAction action, List<String> walletIds, long sequenceNumber) {
        EscrowTimes times = state.created().times();
        TimeLimit limit = EscrowTable.of(state.created().source().type()).when(state.escrow().state(), state.next().action());
        return new ActionRequest(role(), state.created().saleId(), sequenceNumber, source(state), walletIds, action,
                limit.notBefore(times), limit.notAfter(times, state.escrow().resultHash() != null));
    }

    static PaymentSourceId source(SaleState state) {
        return new PaymentSourceId(state.created().source().id());
    }
}
