package io.masumi.node.testing.axonserver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;

/** The events and snapshots, in memory. They outlive a stop of the stand-in. The token of an event is its place, from 0. */
public final class StoredEvents {

    private final List<EventWithToken> events = new ArrayList<>();
    private final Map<String, List<Event>> byAggregate = new HashMap<>();
    private final Map<String, NavigableMap<Long, Event>> snapshots = new HashMap<>();
    private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();

    /** All, in order. */
    public synchronized List<EventWithToken> all() {
        return List.copyOf(events);
    }

    /** Forgets what came after, as when an older backup was put back. @param count how many events stay */
    public synchronized void keepFirst(int count) {
        List<EventWithToken> kept = List.copyOf(events.subList(0, count));
        events.clear();
        byAggregate.clear();
        snapshots.clear();
        kept.forEach(each -> store(each.getEvent()));
    }

    /** Damages an event, or mends it. */
    public synchronized void change(long token, UnaryOperator<Event> change) {
        List<EventWithToken> changed = new ArrayList<>(events);
        changed.set((int) token, changed.get((int) token).toBuilder().setEvent(change.apply(changed.get((int) token).getEvent())).build());
        events.clear();
        byAggregate.clear();
        changed.forEach(each -> store(each.getEvent()));
    }

    /** All of them or none. A test appends what another version of the node would. */
    public void append(List<Event> some) {
        synchronized (this) {
            refuseWrongSequence(some);
            some.forEach(this::store);
        }
        listeners.forEach(Runnable::run);
    }

    private void refuseWrongSequence(List<Event> some) {
        Map<String, Long> next = new LinkedHashMap<>();
        for (Event event : some) {
            if (!isOfAggregate(event)) {
                continue;
            }
            long expected = next.computeIfAbsent(event.getAggregateIdentifier(), id -> highestSequence(id) + 1);
            if (event.getAggregateSequenceNumber() != expected) {
                throw Failure.INVALID_SEQUENCE.ending("Invalid sequence number " + event.getAggregateSequenceNumber() + " for aggregate "
                        + event.getAggregateIdentifier() + ", expected " + expected);
            }
            next.put(event.getAggregateIdentifier(), expected + 1);
        }
    }

    private void store(Event event) {
        events.add(EventWithToken.newBuilder().setToken(events.size()).setEvent(event).build());
        if (isOfAggregate(event)) {
            byAggregate.computeIfAbsent(event.getAggregateIdentifier(), _ -> new ArrayList<>()).add(event);
        }
    }

    private static boolean isOfAggregate(Event event) {
        return !event.getAggregateType().isEmpty();
    }

    synchronized void appendSnapshot(Event snapshot) {
        long highest = highestSequence(snapshot.getAggregateIdentifier());
        if (highest < snapshot.getAggregateSequenceNumber()) {
            throw Failure.INVALID_SEQUENCE.ending("Invalid sequence number while storing snapshot. Highest aggregate "
                    + snapshot.getAggregateIdentifier() + " sequence number: " + highest + ", snapshot sequence "
                    + snapshot.getAggregateSequenceNumber() + ".");
        }
        snapshots.computeIfAbsent(snapshot.getAggregateIdentifier(), _ -> new TreeMap<>())
                .put(snapshot.getAggregateSequenceNumber(), snapshot.toBuilder().setSnapshot(true).build());
    }

    /** In their order. @param from number of the first. @param below number that none of them reaches */
    synchronized List<Event> ofAggregate(String aggregate, long from, long below) {
        return byAggregate.getOrDefault(aggregate, List.of()).stream()
                .filter(event -> event.getAggregateSequenceNumber() >= from && event.getAggregateSequenceNumber() < below).toList();
    }

    /** The newest first. */
    synchronized List<Event> snapshots(String aggregate, long from, long below) {
        NavigableMap<Long, Event> some = snapshots.get(aggregate);
        return some == null ? List.of() : List.copyOf(some.subMap(from, true, below, false).descendingMap().values());
    }

    Optional<Event> snapshot(String aggregate, long from, long below) {
        return snapshots(aggregate, from, below).stream().findFirst();
    }

    /** -1 when there is none. */
    synchronized long highestSequence(String aggregate) {
        List<Event> some = byAggregate.get(aggregate);
        return some == null ? -1 : some.getLast().getAggregateSequenceNumber();
    }

    synchronized List<EventWithToken> from(long token, int most) {
        return token >= events.size() ? List.of() : List.copyOf(events.subList((int) token, (int) Math.min(events.size(), token + most)));
    }

    /** -1 when there is none. */
    synchronized long lastToken() {
        return events.size() - 1L;
    }

    /** Of the first event of that time or later; the one after the last when all are older; -1 when there is none. */
    synchronized long tokenAt(long millis) {
        return events.isEmpty()
                ? -1
                : events.stream().filter(each -> each.getEvent().getTimestamp() >= millis).findFirst().map(EventWithToken::getToken)
                        .orElse((long) events.size());
    }

    /** @param told whenever events were stored, on the storing thread */
    void listen(Runnable told) {
        listeners.add(told);
    }

    void forget(Runnable told) {
        listeners.remove(told);
    }
}
