package io.masumi.node.chain.outbox;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.query.wallet.HotWalletView;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What happens to an action that no transaction could be made for: it waits, or it is left to an operator. */
final class ActionFailures {

    private static final Logger LOG = LoggerFactory.getLogger(ActionFailures.class);

    /** Until the next block, about, has moved an escrow or settled a transaction. */
    private static final Duration UNTIL_NEXT_BLOCK = Duration.ofSeconds(2);

    private static final Backoff UNTIL_MONEY_COMES = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));
    private static final Backoff UNTIL_ESCROW_IS_THERE = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(1));

    /** Minutes, about: as long as a follower that waits for some confirmations may be behind. */
    private static final int TRIES_UNTIL_ESCROW_IS_MISSED = 8;

    /** Ten minutes, about: longer than a transaction that was rolled back can come again. */
    private static final int TRIES_UNTIL_ESCROW_IS_GIVEN_UP = 16;

    private static final int TRIES_UNTIL_FAULT_IS_SHOWN = 3;
    private static final Backoff AFTER_FAULT = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private static final Duration UNTIL_UNREADABLE_IS_TOLD_AGAIN = Duration.ofMinutes(1);

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final AggregateReports reports;
    private final ChainSettings settings;
    private final Clock clock;

    ActionFailures(ActionStore actions, TransactionStore transactions, AggregateReports reports, ChainSettings settings, Clock clock) {
        this.actions = actions;
        this.transactions = transactions;
        this.reports = reports;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether its time is over, too many transactions for it were given up, or another one must not be. */
    boolean isOverdue(PendingAction action) {
        return action.notAgain() != null || action.notAfter() != null && clock.millis() > action.notAfter()
                || action.lostTransactions() >= settings.lostTransactions();
    }

    /** Gives up what is overdue. */
    void overdue(PendingAction action) {
        if (action.notAgain() != null) {
            leaveToOperator(action);
            return;
        }
        String last = action.error() == null ? "" : "; last: " + (action.waitsForMoney() ? action.errorType() + ": " : "") + action.error();
        giveUp(action, action.lostTransactions() >= settings.lostTransactions()
                ? action.lostTransactions() + " transactions came to nothing" + last
                : "the time for it is over" + last);
    }

    /** The chain will be different in a moment. */
    void untilNextBlock(PendingAction action) {
        actions.postpone(action.id(), UNTIL_NEXT_BLOCK);
    }

    /** It waits for its time, but no longer than it makes sense: then its record must hear that it failed. @param until Unix ms */
    void until(PendingAction action, long until) {
        long next = action.notAfter() == null ? until : Math.min(until, action.notAfter() + 1);
        actions.postpone(action.id(), Duration.ofMillis(Math.max(0, next - clock.millis())));
    }

    /** No wallet that may pay has what it costs. @param candidates those wallets */
    void noMoney(PendingAction action, List<HotWalletView> candidates, String why) {
        if (candidates.stream().anyMatch(wallet -> transactions.hasOpen(wallet.id().value()))) {
            // The wallet's money is on its way back to it.
            untilNextBlock(action);
            return;
        }
        waitForMoney(action, "waiting for money: " + why, why);
    }

    /** The wallet that is to pay has the money in too many pieces, and is merging them. */
    void inPieces(PendingAction action, String why) {
        waitForMoney(action, why, why);
    }

    private void waitForMoney(PendingAction action, String note, String why) {
        Duration wait = UNTIL_MONEY_COMES.after(action.failedBuilds() + 1);
        if (!action.hasError(ErrorType.InsufficientFunds, why)) {
            reports.delayed(action, ErrorType.InsufficientFunds, note);
        }
        actions.postpone(action.id(), wait, ErrorType.InsufficientFunds, why);
        forRecord(action, () -> LOG.warn("{} waits, next try in {}: {}", action.action().kind(), wait, note));
    }

    /**
     * The escrow's output is not there, or not ours to spend in this way as it stands. Somebody moved it, or a rollback did, and we will
     * hear of that soon, or the provider is behind; if it lasts, the record says so.
     */
    void escrowNotReady(PendingAction action, String why) {
        int tries = action.failedBuilds() + 1;
        if (tries >= TRIES_UNTIL_ESCROW_IS_MISSED) {
            reports.delayed(action, ErrorType.Unknown, why);
            forRecord(action, () -> LOG.warn("{} waits for the escrow: {}", action.action().kind(), why));
        }
        actions.postpone(action.id(), UNTIL_ESCROW_IS_THERE.after(tries), ErrorType.Unknown, why);
    }

    /**
     * The escrow's state does not allow it. What brought it there was rolled back, and may come again; if it does not, somebody must
     * decide anew, because as long as the record waits for this it can do nothing else.
     */
    void stateNotReady(PendingAction action, String why) {
        if (action.failedBuilds() + 1 < TRIES_UNTIL_ESCROW_IS_GIVEN_UP) {
            escrowNotReady(action, why);
        } else {
            giveUp(action, why);
        }
    }

    /**
     * The node failed at it in a way that nobody foresaw. That must not stop other actions, and may pass: with another version
     * of the node, say.
     */
    void fault(PendingAction action, Throwable fault) {
        int tries = action.failedBuilds() + 1;
        Duration wait = AFTER_FAULT.after(tries);
        actions.postpone(action.id(), wait, ErrorType.Unknown, "the node failed at it: " + fault);
        if (tries == TRIES_UNTIL_FAULT_IS_SHOWN || action.untold() > 0) {
            showFault(action, fault);
        }
        forRecord(action, () -> LOG.error("{} failed in a way that nobody foresaw, next try in {}", action.action().kind(), wait, fault));
    }

    /** Only an operator can go on, with an action that the record wants anew: the others of its source do not wait for that. */
    void unreadable(UnreadableAction action) {
        String why = "its row in the outbox cannot be read: " + action.fault().getMessage();
        LOG.error("{} of {} is left to an operator, {} (action {})", action.kind(), action.aggregateId(), why, action.id(), action.fault());
        actions.postpone(action.id(), UNTIL_UNREADABLE_IS_TOLD_AGAIN, ErrorType.Unknown, why);
        Isolated.run(() -> {
            reports.unreadable(action, action.kind() + ": " + why);
            actions.failed(action.id(), why);
        }, e -> {
            actions.untold(action.id(), why);
            LOG.error("{} of {} cannot be told that", action.kind(), action.aggregateId(), e);
        });
    }

    /** A record that cannot be told that either must not hold up the others. */
    private void showFault(PendingAction action, Throwable fault) {
        Isolated.run(() -> reports.delayed(action, ErrorType.Unknown, "the node failed at it and tries again: " + fault),
                e -> LOG.error("{} of {} cannot be told that the node failed at it", action.action().kind(), action.aggregateId(), e));
    }

    /** It must not be done again by itself; first the aggregate, then the table, as when giving up. */
    private void leaveToOperator(PendingAction action) {
        forRecord(action, () -> {
            LOG.error("{}", action.notAgain());
            reports.requireOperator(action, action.notAgain());
            actions.failed(action.id(), action.notAgain());
        });
    }

    /** First the aggregate, then the table: after a crash in between it is given up once more, which changes nothing. */
    void giveUp(PendingAction action, String why) {
        String kind = action.action().kind();
        forRecord(action, () -> {
            LOG.warn("{} is left to an operator: {}", kind, why);
            reports.failed(action, action.waitsForMoney() ? ErrorType.InsufficientFunds : ErrorType.Unknown,
                    action.action().escrowAction().map(EscrowAction::name).orElse(kind) + ": " + why);
            actions.failed(action.id(), why);
        });
    }

    /** Whatever is logged meanwhile says which record it is about. */
    private static void forRecord(PendingAction action, Runnable work) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("sale", action.aggregateId())) {
            work.run();
        }
    }
}
