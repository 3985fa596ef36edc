package io.masumi.node.testing.axonserver;

import static io.masumi.node.testing.axonserver.ServerUnderTest.code;
import static io.masumi.node.testing.axonserver.ServerUnderTest.fresh;
import static io.masumi.node.testing.axonserver.ServerUnderTest.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.google.protobuf.ByteString;

import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;

@Timeout(60)
class EventStoreTest {

    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private final String aggregate = fresh("aggregate");

    @Test
    void keepsTheEventsOfAnAggregateInOrder() throws Exception {
        EventChannel events = SERVER.client("a").eventChannel();
        events.appendEvents(event(0), event(1)).get();
        events.appendEvents(event(2)).get();
        assertThat(SERVER.client("b").eventChannel().openAggregateStream(aggregate).asStream().map(Event::getAggregateSequenceNumber))
                .containsExactly(0L, 1L, 2L);
        assertThat(events.openAggregateStream(aggregate, 1, 2).asStream().map(Event::getAggregateSequenceNumber)).containsExactly(1L);
        assertThat(events.findHighestSequence(aggregate).get()).isEqualTo(2);
        assertThat(events.findHighestSequence(fresh("nothing")).get()).isEqualTo(-1);
        assertThat(events.openAggregateStream(fresh("nothing")).asStream()).isEmpty();
    }

    @Test
    void storesNothingOfWhatComesAtAWrongPlace() throws Exception {
        EventChannel events = SERVER.client("a").eventChannel();
        events.appendEvents(event(0)).get();
        for (List<Event> wrong : List.of(List.of(event(0)), List.of(event(2)), List.of(event(1), event(3)),
                List.of(event(1), event(0).toBuilder().setAggregateIdentifier(aggregate).build()))) {
            assertThat(code(events.appendEvents(wrong.toArray(Event[]::new)))).isEqualTo("AXONIQ-2000");
        }
        assertThat(events.findHighestSequence(aggregate).get()).isZero();
    }

    @Test
    void letsOneOfTwoWritersWin() throws Exception {
        EventChannel one = SERVER.client("a").eventChannel();
        EventChannel other = SERVER.client("b").eventChannel();
        int won = 0;
        for (int n = 0; n < 20; n++) {
            CompletableFuture<Confirmation> first = one.appendEvents(event(n));
            CompletableFuture<Confirmation> second = other.appendEvents(event(n));
            for (CompletableFuture<Confirmation> each : List.of(first, second)) {
                if (each.handle((_, failure) -> failure == null).get()) {
                    won++;
                } else {
                    assertThat(code(each)).isEqualTo("AXONIQ-2000");
                }
            }
        }
        assertThat(won).isEqualTo(20);
    }

    @Test
    void beginsAtTheNewestSnapshotWhenOneIsWanted() throws Exception {
        EventChannel events = SERVER.client("a").eventChannel();
        events.appendEvents(event(0), event(1), event(2), event(3)).get();
        events.appendSnapshot(event(1)).get();
        events.appendSnapshot(event(2)).get();
        assertThat(events.openAggregateStream(aggregate, true).asStream().map(e -> e.getSnapshot() + " " + e.getAggregateSequenceNumber()))
                .containsExactly("true 2", "false 3");
        assertThat(events.openAggregateStream(aggregate, false).asStream().map(Event::getAggregateSequenceNumber))
                .containsExactly(0L, 1L, 2L, 3L);
        assertThat(events.loadSnapshots(aggregate, Long.MAX_VALUE, 2).asStream().map(Event::getAggregateSequenceNumber))
                .containsExactly(2L, 1L);
        assertThat(events.loadSnapshots(aggregate, 2, 2).asStream().map(Event::getAggregateSequenceNumber)).containsExactly(1L);
        assertThat(code(events.appendSnapshot(event(9)))).isEqualTo("AXONIQ-2000");
    }

    @Test
    void streamsAllEventsFromATokenAndWaitsForMore() throws Exception {
        EventChannel events = SERVER.client("a").eventChannel();
        events.appendEvents(event(0)).get();
        long last = events.getLastToken().get();
        try (EventStream stream = events.openStream(last - 1, 64)) {
            assertThat(stream.next().getEvent().getAggregateIdentifier()).isEqualTo(aggregate);
            assertThat(stream.nextIfAvailable(50, TimeUnit.MILLISECONDS)).isNull();
            int count = 300;
            events.appendEvents(IntStream.rangeClosed(1, count).mapToObj(this::event).toArray(Event[]::new)).get();
            List<Long> tokens = new ArrayList<>();
            List<Long> numbers = new ArrayList<>();
            while (numbers.size() < count) {
                EventWithToken next = stream.next();
                if (next.getEvent().getAggregateIdentifier().equals(aggregate)) {
                    tokens.add(next.getToken());
                    numbers.add(next.getEvent().getAggregateSequenceNumber());
                }
            }
            assertThat(numbers).containsExactlyElementsOf(IntStream.rangeClosed(1, count).mapToObj(Long::valueOf).toList());
            assertThat(tokens).isSorted().doesNotHaveDuplicates();
            assertThat(events.getLastToken().get()).isGreaterThanOrEqualTo(tokens.getLast());
        }
    }

    @Test
    void findsTheTokenOfATime() throws Exception {
        EventChannel events = SERVER.client("a").eventChannel();
        long now = System.currentTimeMillis() + 1_000_000;
        events.appendEvents(event(0).toBuilder().setTimestamp(now).build(), event(1).toBuilder().setTimestamp(now + 10).build()).get();
        long last = events.getLastToken().get();
        // The connector says where to begin after.
        assertThat(events.getFirstToken().get()).isEqualTo(-1);
        assertThat(events.getTokenAt(now + 5).get()).isEqualTo(last - 1);
        assertThat(events.getTokenAt(now + 11).get()).isEqualTo(last);
        assertThat(events.getTokenAt(0).get()).isEqualTo(-1);
    }

    @Test
    void hasItsEventsAfterAStopAndIsFoundAgain() throws Exception {
        AxonServerStandIn standIn = SERVER.standIn();
        EventChannel events = SERVER.client("a").eventChannel();
        events.appendEvents(event(0)).get();
        standIn.stop();
        assertThatThrownBy(() -> events.appendEvents(event(1)).get()).isInstanceOf(Exception.class);
        standIn.start();
        until("found again", () -> events.findHighestSequence(aggregate).handle((number, _) -> Long.valueOf(0).equals(number)).get());
        events.appendEvents(event(1)).get();
        assertThat(events.openAggregateStream(aggregate).asStream()).hasSize(2);
    }

    @Test
    void doesOrDoesNotWhatItDoesNotAnswer() throws Exception {
        AxonServerStandIn standIn = SERVER.standIn();
        EventChannel events = SERVER.client("a").eventChannel();
        standIn.faults().refuse(Rpc.APPEND_EVENTS, 1);
        assertThatThrownBy(() -> events.appendEvents(event(0)).get()).hasMessageContaining("UNAVAILABLE");
        assertThat(events.findHighestSequence(aggregate).get()).isEqualTo(-1);
        standIn.faults().loseReply(Rpc.APPEND_EVENTS, 1);
        assertThatThrownBy(() -> events.appendEvents(event(0)).get()).hasMessageContaining("UNAVAILABLE");
        assertThat(events.findHighestSequence(aggregate).get()).isZero();
        events.appendEvents(event(1)).get();
    }

    private Event event(long number) {
        return Event.newBuilder().setMessageIdentifier(UUID.randomUUID().toString()).setAggregateIdentifier(aggregate)
                .setAggregateType("Thing").setAggregateSequenceNumber(number).setTimestamp(System.currentTimeMillis())
                .setPayload(SerializedObject.newBuilder().setType("happened").setRevision("1").setData(ByteString.copyFromUtf8("{}")))
                .build();
    }
}
