package io.masumi.node.platform.setaside;

import io.masumi.node.platform.loop.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries again what was set aside, all of it at the start and each once more after a pause that doubles. The events are read from
 * the event store and handled in one transaction, all of a sequence or none; the group's processor waits for it before it handles a later
 * one of the same sequence.
 */
final class SetAsideRetries {

    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SetAsideRetries.class);
    /** Whoever has deadlines on the chain must not wait long once the reason is gone; trying costs next to nothing. */
    private static final Backoff PAUSES = new Backoff(FIRST_PAUSE, Duration.ofMinutes(1));
    private static final int MAX_AT_ONCE = 100;

    private final SetAsideStore store;
    private final TransactionManager transactions;
    private final Configuration axon;
    private final Clock clock;
    private final Map<String, SettingAside> groups = new ConcurrentHashMap<>();
    private boolean allMadeDue;

    SetAsideRetries(SetAsideStore store, TransactionManager transactions, Configuration axon, Clock clock) {
        this.store = store;
        this.transactions = transactions;
        this.axon = axon;
        this.clock = clock;
    }

    /** Has that group's events tried again in this process. */
    void of(String group, SettingAside handling) {
        groups.put(group, handling);
    }

    /** Tries again what is due. */
    void pass() {
        if (!allMadeDue) {
            // What could not be read before may be now, with another version of the node.
            groups.keySet().forEach(group -> store.tryAt(clock.instant(), group, null));
            allMadeDue = true;
        }
        store.due(groups.keySet(), clock.instant(), MAX_AT_ONCE).forEach(this::tryAgain);
    }

    private void tryAgain(SetAside it) {
        Optional<Throwable> failure;
        try {
            failure = handle(it);
        } catch (Exception e) {
            failure = Optional.of(e);
        }
        failure.ifPresent(reason -> failedAgain(it, reason));
    }

    private void failedAgain(SetAside it, Throwable failure) {
        String reason = inWords(failure);
        store.failedAgain(it, reason, clock.instant().plus(PAUSES.after(it.attempts() + 2)));
        // The first time, the second, the fourth …
        if (Integer.bitCount(it.attempts() + 1) == 1) {
            LOG.warn("{} still cannot handle the events of {} from number {} on: {}", it.group(), it.sequence(), it.firstNumber(), reason);
        }
    }

    /** @return why it failed; empty when it did not, or when it is no longer as it was */
    private Optional<Throwable> handle(SetAside it) {
        List<EventMessage<?>> events = events(it);
        if (events.isEmpty()) {
            throw new IllegalStateException("Its events are not in the event store");
        }
        BatchingUnitOfWork<EventMessage<?>> work = new BatchingUnitOfWork<>(events);
        work.attachTransaction(transactions);
        axon.correlationDataProviders().forEach(work::registerCorrelationDataProvider);
        work.resources().put(EventFailures.class.getName(), (EventFailures) (_, failure) -> {
            throw failure;
        });
        work.start();
        boolean ours;
        try {
            ours = store.lock(it);
        } catch (RuntimeException e) {
            work.rollback(e);
            throw e;
        }
        if (!ours) {
            work.rollback();
            return Optional.empty();
        }
        work.onPrepareCommit(_ -> store.remove(it));
        SettingAside handling = groups.get(it.group());
        ResultMessage<Object> result = work.executeWithResult(() -> {
            handling.handleAnyway(work.getMessage());
            return null;
        });
        if (result.isExceptional()) {
            return Optional.of(result.exceptionResult());
        }
        LOG.info("{} has handled the events of {} that were set aside, {} of them", it.group(), it.sequence(), events.size());
        return Optional.empty();
    }

    private List<EventMessage<?>> events(SetAside it) {
        List<EventMessage<?>> events = new ArrayList<>();
        DomainEventStream stored = axon.eventStore().readEvents(it.sequence(), it.firstNumber());
        while (stored.hasNext()) {
            DomainEventMessage<?> event = stored.next();
            if (event.getSequenceNumber() > it.lastNumber()) {
                break;
            }
            events.add(event);
        }
        return events;
    }

    static String inWords(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause().getMessage() != null) {
            innermost = innermost.getCause();
        }
        return innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
    }
}
