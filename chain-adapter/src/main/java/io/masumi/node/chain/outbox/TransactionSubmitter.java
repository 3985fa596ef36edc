package io.masumi.node.chain.outbox;

import io.masumi.node.RejectedException;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.clock.ClockSkews;
import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.source.PaymentSourceId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Sends stored transactions, and sends them again after any doubt: the ledger makes the same bytes harmless. The aggregates
 * hear of a transaction before the network does.
 */
final class TransactionSubmitter {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionSubmitter.class);
    private static final Backoff UNTIL_NEXT_ANNOUNCEMENT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    private static final Backoff AFTER_REFUSAL = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));
    private static final Duration UNTIL_THE_CLOCK_IS_SET = Duration.ofMinutes(1);
    private static final Backoff AFTER_DOUBT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final TransactionDropper dropper;
    private final AggregateReports reports;
    private final ChainSettings settings;
    private final ClockSkews skews;
    private final Clock clock;

    TransactionSubmitter(ActionStore actions, TransactionStore transactions, TransactionDropper dropper, AggregateReports reports,
            ChainSettings settings, ClockSkews skews, Clock clock) {
        this.actions = actions;
        this.transactions = transactions;
        this.dropper = dropper;
        this.reports = reports;
        this.settings = settings;
        this.skews = skews;
        this.clock = clock;
    }

    /**
     * Sends what was just built and stored, and lets its wallet's reservations know. Nothing that goes wrong here is about building: a later
     * pass sends it.
     */
    void submitNew(PaymentSourceId sourceId, SignedTransaction signed, WalletReservations reservations, ChainProvider provider) {
        boolean accepted = false;
        try {
            accepted = transactions.open(signed.hash()).filter(stored -> submitIfDue(sourceId, stored, provider)).isPresent();
        } catch (RuntimeException e) {
            LOG.error("transaction {} cannot be sent now and is looked at again later", signed.hash(), e);
        } finally {
            reservations.sent(signed, accepted);
        }
    }

    /** Sends it if its time has come. @return whether it was accepted now */
    boolean submitIfDue(PaymentSourceId sourceId, StoredTransaction transaction, ChainProvider provider) {
        if (clock.instant().isBefore(transaction.submitAt()) || transaction.expiredAtHeight() != null) {
            return false;
        }
        if (!transaction.maybeSent() && !announced(transaction)) {
            return false;
        }
        Instant again = clock.instant().plus(AFTER_DOUBT.after(transaction.submitAttempts() + 1));
        if (!transactions.sending(transaction.hash(), again)) {
            return false;
        }
        return switch (submit(transaction, provider)) {
            case SubmitOutcome.Accepted _ -> {
                transactions.accepted(transaction.hash(), clock.instant().plus(settings.resubmitInterval()));
                actions.submitted(transaction.hash());
                if (!transaction.accepted()) {
                    log(transaction, "submitted transaction " + transaction.hash());
                }
                yield true;
            }
            case SubmitOutcome.Refused refused -> refused(transaction, refused, refused.expired() ? skews.of(sourceId) : Optional.empty(),
                    provider);
            case SubmitOutcome.NotYetValid early -> notYetValid(transaction, early, skews.of(sourceId));
            case SubmitOutcome.Unknown unknown -> notAccepted(transaction, "no answer: " + unknown.reason());
        };
    }

    /**
     * A refusal alone ends nothing: that a record wants something no more is known when its events say so.
     *
     * @return false when it must wait, or was thrown away instead, because some of it cannot be told its record and nobody has seen it yet
     */
    private boolean announced(StoredTransaction transaction) {
        List<PendingAction> all = actions.ofTransaction(transaction.hash());
        for (PendingAction action : all) {
            if (action.unwanted()) {
                dropper.drop(transaction, new DropReason.Unsent(
                        action.action().kind() + " of " + action.aggregateId() + " is not wanted any more"));
                return false;
            }
            if (!Isolated.run(() -> reports.initiated(action, transaction),
                    e -> notAnnounced(transaction, action, all.size() > 1, e))) {
                return false;
            }
        }
        return true;
    }

    private void notAnnounced(StoredTransaction transaction, PendingAction action, boolean withOthers, Throwable why) {
        Duration wait = UNTIL_NEXT_ANNOUNCEMENT.after(action.untold() + 1);
        if (why instanceof RejectedException) {
            LOG.warn("{} of {} is refused by its record, so transaction {} is not sent; next try in {}: {}", action.action().kind(),
                    action.aggregateId(), transaction.hash(), wait, why.getMessage());
        } else {
            LOG.error("{} of {} cannot be announced, so transaction {} is not sent; next try in {}", action.action().kind(),
                    action.aggregateId(), transaction.hash(), wait, why);
        }
        if (withOthers || why instanceof RejectedException) {
            withoutIt(transaction, action, wait, why);
            return;
        }
        transactions.putOff(transaction.hash(), clock.instant().plus(wait));
    }

    /**
     * A record that cannot be told must not hold up those whose money would go with its own; nor what it may want instead, for which the
     * same output of its escrow is needed.
     */
    private void withoutIt(StoredTransaction transaction, PendingAction untold, Duration wait, Throwable why) {
        dropper.drop(transaction, new DropReason.Unsent(
                untold.action().kind() + " of " + untold.aggregateId() + " cannot be announced"));
        actions.postpone(untold.id(), wait, ErrorType.Unknown, "it cannot be announced: " + why.getMessage());
    }

    /** Whatever goes wrong from here on, the network may have it. */
    private static SubmitOutcome submit(StoredTransaction transaction, ChainProvider provider) {
        try {
            return provider.submit(transaction.bytes());
        } catch (RuntimeException e) {
            return new SubmitOutcome.Unknown(e.toString());
        }
    }

    /**
     * A refusal of a lock or a mint may concern bytes that some other node has taken before: these must not be done anew before
     * they can never land. What spends an escrow's output cannot happen twice. Unless inputs are gone, which may mean that it or
     * a rival is on chain, it is built anew. So is whatever no node can decode, if that is the first that was heard of it: after a
     * reply that was lost, some node may have decoded it. What a wrong clock made too late does not count against its actions: they
     * wait for the clock.
     */
    private boolean refused(StoredTransaction transaction, SubmitOutcome.Refused refused, Optional<String> skew, ChainProvider provider) {
        String reply = "refused: " + skew.map(words -> words + ": ").orElse("") + refused.reason();
        notAccepted(transaction, reply);
        skew.ifPresent(words -> waitsForTheClock(transaction, words + ", so that each transaction is too late when it is made"));
        List<PendingAction> all = actions.ofTransaction(transaction.hash());
        Duration wait = AFTER_REFUSAL.after(1 + all.stream().mapToInt(PendingAction::lostTransactions).max().orElse(0));
        if (refused.undecodable() && !transaction.maybeSent()) {
            dropper.drop(transaction, new DropReason.Undecodable(reply, wait));
            return false;
        }
        boolean exclusive = !all.isEmpty() && all.stream().allMatch(action -> action.action().spendsEscrow());
        if (exclusive && !refused.inputsGone() && provider.transaction(transaction.hash()).isEmpty()) {
            dropper.drop(transaction, new DropReason.Refused(reply, skew.isEmpty(), skew.isEmpty() ? wait : UNTIL_THE_CLOCK_IS_SET));
        }
        return false;
    }

    private boolean notYetValid(StoredTransaction transaction, SubmitOutcome.NotYetValid early, Optional<String> skew) {
        skew.ifPresent(words -> waitsForTheClock(transaction, words + ", so that it was made before its time"));
        return notAccepted(transaction, "not valid yet: " + skew.map(words -> words + ": ").orElse("") + early.reason());
    }

    /** The records say why they wait, and go on by themselves when the clock is right. */
    private void waitsForTheClock(StoredTransaction transaction, String why) {
        for (PendingAction action : actions.ofTransaction(transaction.hash())) {
            Isolated.run(
                    () -> reports.delayed(action, ErrorType.Unknown,
                            why + "; set the clock of the node's machine, and it goes on by itself"),
                    e -> LOG.error("{} of {} cannot be told that it waits for the clock", action.action().kind(), action.aggregateId(), e));
        }
    }

    private boolean notAccepted(StoredTransaction transaction, String reply) {
        transactions.notAccepted(transaction.hash(), reply);
        log(transaction, "transaction " + transaction.hash() + " was not accepted, " + reply);
        return false;
    }

    private void log(StoredTransaction transaction, String line) {
        actions.ofTransaction(transaction.hash()).forEach(action -> {
            try (MDC.MDCCloseable _ = MDC.putCloseable("sale", action.aggregateId())) {
                LOG.info("{}: {}", action.action().kind(), line);
            }
        });
    }
}
