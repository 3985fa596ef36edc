package io.masumi.node.chain.process;

import java.util.Optional;

import org.axonframework.deadline.DeadlineManager;
import org.axonframework.modelling.saga.SagaLifecycle;

import io.masumi.node.Requester;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.escrow.Funds;
import io.masumi.node.platform.saga.FoldedSaga;

/**
 * Drives a record forward: what it wants becomes chain actions, once its API key has paid for it. Subclasses are what Axon makes sagas
 * of, and say what is peculiar to one kind of record.
 *
 * @param <S> the record as its events make it
 * @param <E> its events
 */
abstract class RecordSaga<S, E> extends FoldedSaga {

    /** The record as its events up to now make it, null before the first. */
    private S state;
    /** Id of the deadline after which what the record costs is final, null while there is more to come. */
    private String ending;

    abstract RecordIntents<S, E> kind();

    abstract String id();

    /** Whom the record is for. */
    abstract Requester owner();

    /** How far it is, as a reason for what it costs. */
    abstract String progress();

    /** The command that says of what is wanted that its key cannot pay for it. */
    abstract Object unaffordable(String why);

    /** Whether nothing more happens to it, unless the chain is rolled back. */
    abstract boolean isOver();

    /** Whether it is heard of no more once it is over. */
    abstract boolean endsWhenOver();

    final S state() {
        return state;
    }

    /** It was made anew from its events. */
    final void restore(S anew) {
        state = anew;
    }

    final void evolve(E event) {
        state = kind().evolve(state, event);
    }

    /** Takes an event in, and says what is wanted from now on. */
    final void hear(E event, long sequenceNumber, SagaServices services) {
        S before = state;
        evolve(event);
        services.actions().hear(kind().role(), id(), sequenceNumber, intents -> {
            kind().say(before, state, intents);
            Intent intent = kind().of(state, event, sequenceNumber);
            if (isPaidFor(event, sequenceNumber, services)) {
                intents.intend(intent);
                settle(before, services.costs());
            } else {
                intents.intend(new Intent.Nothing());
            }
        });
    }

    final void scheduleEnding(String deadline, DeadlineManager deadlines, SagaServices services) {
        ending = services.times().ending(deadlines, deadline, isOver(), ending);
    }

    /** As it is now it stays: no rollback reaches back so far. */
    final void end(SagaServices services) {
        ending = null;
        if (isOver()) {
            close(services);
            if (endsWhenOver()) {
                SagaLifecycle.end();
            }
        }
    }

    final void close(SagaServices services) {
        services.costs().close(account(), cost(services.costs()));
    }

    /** What its key cannot pay for is not asked of the chain; the record says so. */
    private boolean isPaidFor(E event, long sequenceNumber, SagaServices services) {
        KeyCosts costs = services.costs();
        Optional<String> refusal = kind().asking(event).flatMap(asking -> costs.ask(account(), asking, cost(costs)));
        refusal.ifPresent(why -> services.commands().tell(unaffordable(why), sequenceNumber));
        return refusal.isEmpty();
    }

    /** A rollback, or a lock that is seen late, may change what a record costs: then more is taken again. */
    private void settle(S before, KeyCosts costs) {
        Funds cost = cost(costs);
        if (before == null || !cost.equals(kind().cost(before, costs))) {
            costs.settle(account(), cost, progress());
        }
    }

    private Funds cost(KeyCosts costs) {
        return kind().cost(state, costs);
    }

    private KeyCosts.Account account() {
        return new KeyCosts.Account(owner(), id(), switch (kind().role()) {
            case Payment -> CreditUse.Sale;
            case Purchase -> CreditUse.Purchase;
            case Registration -> CreditUse.Registration;
            case PaymentSource, Wallet -> throw new IllegalStateException("no key pays for " + id());
        });
    }
}
