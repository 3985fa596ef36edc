package io.masumi.node.chain.process;

import java.time.Instant;
import java.util.Optional;

import org.axonframework.deadline.DeadlineManager;
import org.axonframework.modelling.saga.SagaLifecycle;

import io.masumi.node.Requester;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.SaleEvent;
import io.masumi.node.escrow.SaleState;

/** Drives one side of a sale forward: also what is due by time becomes commands. */
abstract class SaleSaga<S extends SaleState, E extends SaleEvent> extends RecordSaga<S, E> {

    /**
     * Names under which deadlines are stored.
     *
     * @param expiry nothing can be locked any more
     * @param withdrawal the escrow's money can be had
     * @param forgetting whatever came now would not count
     * @param ending no rollback reaches the escrow's end
     */
    record Deadlines(String expiry, String withdrawal, String forgetting, String ending) {}

    abstract Deadlines names();

    @Override
    abstract SaleIntents<S, E> kind();

    /** Whether the escrow's money is ours to take as soon as its time has come. What failed is an operator's. */
    abstract boolean isWithdrawalDue();

    /** From when on the node takes it by itself, if it does. */
    abstract Optional<Instant> withdrawal(SaleDeadlines times);

    /** The command that asks for it. */
    abstract Object requestWithdrawal();

    final void begin(E created, DeadlineManager deadlines, SagaServices services) {
        evolve(created);
        deadlines.schedule(services.times().expiry(times()), names().expiry());
        deadlines.schedule(services.times().forgetting(times()), names().forgetting());
    }

    /** Takes an event in. @return whether a withdrawal is scheduled, as {@code withdrawalScheduled} says of before */
    final boolean goOn(E event, long sequenceNumber, boolean withdrawalScheduled, DeadlineManager deadlines, SagaServices services) {
        restore(kind().readyFor(event, sequenceNumber, state(), services.events()));
        hear(event, sequenceNumber, services);
        // Without its lock the sale expires after all, and is forgotten, unless the lock comes again.
        if (event instanceof SaleEvent.Undone && escrow().state() == null) {
            deadlines.schedule(services.times().forgettingLater(), names().forgetting());
        }
        Optional<Instant> withdrawal = withdrawalScheduled || !isWithdrawalDue() ? Optional.empty() : withdrawal(services.times());
        withdrawal.ifPresent(at -> deadlines.schedule(at, names().withdrawal()));
        scheduleEnding(names().ending(), deadlines, services);
        awaitExpiry(services);
        return withdrawalScheduled || withdrawal.isPresent();
    }

    /** Something is due. @return whether a withdrawal is scheduled, as {@code withdrawalScheduled} says of before */
    final boolean due(String name, boolean withdrawalScheduled, DeadlineManager deadlines, SagaServices services) {
        if (name.equals(names().expiry())) {
            awaitExpiry(services);
        } else if (name.equals(names().withdrawal())) {
            return isToBeWithdrawnLater(deadlines, services);
        } else if (name.equals(names().forgetting())) {
            forget(deadlines, services);
        } else if (name.equals(names().ending())) {
            end(services);
        }
        return withdrawalScheduled;
    }

    private void awaitExpiry(SagaServices services) {
        if (state().mayExpire() && services.times().isExpiryDue(times())) {
            services.endings().await(kind().role(), id(), SaleIntents.source(state()), times().payByTime());
        }
    }

    /** Asks for it. What is refused though nothing that the saga knows stands in its way comes too early by another machine's clock. */
    private boolean isToBeWithdrawnLater(DeadlineManager deadlines, SagaServices services) {
        boolean later = isWithdrawalDue() && !services.commands().tell(requestWithdrawal(), newest()) && !state().next().isPending()
                && state().next().phase() != NextAction.Phase.WaitingForManualAction;
        if (later) {
            deadlines.schedule(services.times().withdrawalLater(), names().withdrawal());
        }
        return later;
    }

    /**
     * Nothing was ever locked, and whatever came now would not count. But a node that was down for long may be told of this
     * before it is told of its own lock, whose money somebody must get back: as long as its end is awaited, it is asked later.
     */
    private void forget(DeadlineManager deadlines, SagaServices services) {
        if (state().mayExpire()) {
            awaitExpiry(services);
            deadlines.schedule(services.times().forgettingLater(), names().forgetting());
        } else if (escrow().state() == null) {
            close(services);
            SagaLifecycle.end();
        }
    }

    @Override
    final String id() {
        return state().created().saleId();
    }

    @Override
    final Requester owner() {
        return state().created().requester();
    }

    @Override
    final String progress() {
        return state().next().wireName();
    }

    @Override
    final boolean isOver() {
        OnChainState now = escrow().state();
        return now != null && now.isTerminal();
    }

    @Override
    final boolean endsWhenOver() {
        return true;
    }

    final EscrowStatus escrow() {
        return state().escrow();
    }

    final EscrowTimes times() {
        return state().created().times();
    }
}
