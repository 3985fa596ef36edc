package io.masumi.node.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EventCopyTest {

    private static final int EVENTS = 2_500;

    private final Events database = new Events("the database");
    private final Events axonServer = new Events("Axon Server");

    @Test
    void bringsAllEventsOverAsTheyAre() {
        database.holds(EVENTS);

        EventCopy.Copied copied = copy();

        assertThat(copied.events()).isEqualTo(EVENTS);
        assertThat(copied.appended()).isEqualTo(EVENTS);
        assertThat(axonServer.contents()).isEqualTo(database.contents());
    }

    @Test
    void ofNoEventsIsNone() {
        assertThat(copy().events()).isZero();
    }

    @Test
    void bringsOverOnlyWhatIsNewWhenRepeatedAndSaysTheSameHash() {
        database.holds(EVENTS);
        String hash = copy().sha256();

        assertThat(copy()).isEqualTo(new EventCopy.Copied(EVENTS, 0, hash));
        database.events.add(event(EVENTS));
        assertThat(copy().appended()).isEqualTo(1);
        assertThat(copy().sha256()).isNotEqualTo(hash);
    }

    /** Wherever it breaks off, also when a batch was stored and nobody heard of it. */
    @Property(tries = 30)
    void brokenOffAndRepeatedDoublesNothing(@ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 3) Integer> batchesUntilFailure,
            @ForAll boolean storesTheLast) {
        database.holds(EVENTS);
        axonServer.storesWhatFails = storesTheLast;
        for (int batches : batchesUntilFailure) {
            axonServer.failsAfter(batches);
            try {
                copy();
            } catch (EventCopyException e) {
                assertThat(e).hasMessage("broken off");
            }
        }
        axonServer.failsAfter(Integer.MAX_VALUE);

        copy();

        assertThat(axonServer.contents()).isEqualTo(database.contents());
    }

    @Test
    void changesNothingWhereOtherEventsAre() {
        database.holds(EVENTS);
        axonServer.events.add(event(4_711));

        assertThatThrownBy(this::copy).isInstanceOf(EventCopyException.class)
                .hasMessageStartingWith("The event at position 0 is test.Happened event-0, number 0 of sale-0 in the database, but in Axon"
                        + " Server it is test.Happened event-4711")
                .hasMessageEndingWith("Nothing was changed");
        assertThat(axonServer.events).hasSize(1);
    }

    @Test
    void changesNothingWhereMoreEventsAre() {
        database.holds(2);
        axonServer.holds(3);

        assertThatThrownBy(this::copy).isInstanceOf(EventCopyException.class)
                .hasMessageStartingWith("Axon Server holds 3 events, the database only 2");
        assertThat(axonServer.events).hasSize(3);
    }

    @Test
    void findsAnEventOfWhichAnythingWasChanged() {
        List<UnaryOperator<StoredEvent>> changes = List.of(
                it -> changed(it.identifier() + "x", it.type(), it.timestamp(), it.revision(), it.payload(), it.metadata()),
                it -> changed(it.identifier(), "Other", it.timestamp(), it.revision(), it.payload(), it.metadata()),
                it -> changed(it.identifier(), null, it.timestamp(), it.revision(), it.payload(), it.metadata()),
                it -> changed(it.identifier(), it.type(), it.timestamp().plusMillis(1), it.revision(), it.payload(), it.metadata()),
                it -> changed(it.identifier(), it.type(), it.timestamp(), "2", it.payload(), it.metadata()),
                it -> changed(it.identifier(), it.type(), it.timestamp(), null, it.payload(), it.metadata()),
                it -> changed(it.identifier(), it.type(), it.timestamp(), it.revision(), new byte[]{1, 2, 4}, it.metadata()),
                it -> changed(it.identifier(), it.type(), it.timestamp(), it.revision(), it.payload(), Map.of("requestedBy", "nobody")),
                it -> changed(it.identifier(), it.type(), it.timestamp(), it.revision(), it.payload(), Map.of()));
        database.holds(EVENTS);
        for (UnaryOperator<StoredEvent> change : changes) {
            axonServer.events.clear();
            axonServer.changing = change;

            assertThatThrownBy(this::copy).isInstanceOf(EventCopyException.class).hasMessageContaining("The event at position 1234 is ");
        }
    }

    @Test
    void refusesMetadataThatWouldComeBackAsSomethingElse() {
        assertThatThrownBy(() -> StoredEvent.of("event", "Sale", "sale", 0, Instant.EPOCH, "test.Happened", "1", new byte[0],
                Map.of("half", new java.math.BigDecimal("0.5"))))
                .isInstanceOf(EventCopyException.class).hasMessageContaining("\"half\" of event event");
    }

    private EventCopy.Copied copy() {
        return EventCopy.all(database, axonServer, CopyProgress.unseen());
    }

    private static StoredEvent changed(String identifier, String type, Instant timestamp, String revision, byte[] payload,
            Map<String, ?> metadata) {
        return StoredEvent.of(identifier, type, "sale-1234", 0, timestamp, "test.Happened", revision, payload, metadata);
    }

    private static StoredEvent event(long number) {
        TreeMap<String, Object> metadata = new TreeMap<>();
        metadata.put("requestedBy", "somebody");
        metadata.put("weight", 7);
        metadata.put("nothing", null);
        return StoredEvent.of("event-" + number, "Sale", "sale-" + number, 0, Instant.ofEpochMilli(1_700_000_000_000L + number),
                "test.Happened", "1", new byte[]{1, 2, 3}, metadata);
    }

    /** A store in memory. What it holds goes through the form of Axon Server's protocol. */
    private static final class Events implements EventLog {

        private final String name;
        private final List<StoredEvent> events = new ArrayList<>();
        private UnaryOperator<StoredEvent> changing = UnaryOperator.identity();
        private int batchesUntilFailure = Integer.MAX_VALUE;
        private boolean storesWhatFails;

        private Events(String name) {
            this.name = name;
        }

        private void holds(int number) {
            events.clear();
            LongStream.range(0, number).mapToObj(EventCopyTest::event).forEach(events::add);
        }

        private void failsAfter(int batches) {
            batchesUntilFailure = batches;
        }

        private List<String> contents() {
            return events.stream().map(event -> java.util.HexFormat.of().formatHex(event.bytes())).toList();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public long size() {
            return events.size();
        }

        @Override
        public void append(List<StoredEvent> more) {
            boolean fails = batchesUntilFailure-- <= 0;
            if (!fails || storesWhatFails) {
                more.stream().map(event -> StoredEvent.of(event.toEvent()))
                        .map(event -> event.aggregate().equals("sale-1234") ? changing.apply(event) : event).forEach(events::add);
            }
            if (fails) {
                throw new EventCopyException("broken off");
            }
        }

        @Override
        public Reader from(long position) {
            return new Reader() {

                private int next = (int) position;

                @Override
                public List<StoredEvent> next(int number) {
                    next += number;
                    return events.subList(next - number, next);
                }

                @Override
                public void close() {}
            };
        }
    }
}
