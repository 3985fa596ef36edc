package io.masumi.node.chain.process;

import java.util.Optional;
import java.util.function.BiFunction;

import io.masumi.node.Requester;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.chain.outbox.Intents;
import io.masumi.node.escrow.Funds;

/**
 * What one kind of record wants done on chain.
 *
 * @param <S> the record as its events make it, null before the first
 * @param <E> its events
 */
abstract class RecordIntents<S, E> {

    private final ActionRole role;
    private final Class<E> events;
    private final BiFunction<S, E, S> fold;
    private final BiFunction<KeyCosts, S, Funds> cost;

    /** @param cost what a record costs the key that it is for */
    RecordIntents(ActionRole role, Class<E> events, BiFunction<S, E, S> fold, BiFunction<KeyCosts, S, Funds> cost) {
        this.role = role;
        this.events = events;
        this.fold = fold;
        this.cost = cost;
    }

    final ActionRole role() {
        return role;
    }

    final Class<E> events() {
        return events;
    }

    final E event(Object payload) {
        return events.cast(payload);
    }

    final S evolve(S state, E event) {
        return fold.apply(state, event);
    }

    final Funds cost(S state, KeyCosts costs) {
        return cost.apply(costs, state);
    }

    /** Who asks by this event for something on chain that API keys pay for. */
    Optional<Requester> asking(E event) {
        return Optional.empty();
    }

    /** What this event says about it. @param state the record as the event leaves it */
    abstract Intent of(S state, E event, long sequenceNumber);

    /** What an event says besides. @param before null before the first event */
    void say(S before, S now, Intents intents) {}

    /** Whether something is wanted or under way. */
    abstract boolean isPending(S state);

    /** What all events of a record together say when nothing is wanted or under way: what was rolled back may be under way again unsaid. */
    Intent whenNothingIsPending() {
        return new Intent.AsBefore();
    }
}
