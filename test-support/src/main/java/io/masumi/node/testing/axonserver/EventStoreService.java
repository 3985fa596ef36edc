package io.masumi.node.testing.axonserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc.EventStoreImplBase;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.axoniq.axonserver.grpc.event.GetAggregateEventsRequest;
import io.axoniq.axonserver.grpc.event.GetAggregateSnapshotsRequest;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.axoniq.axonserver.grpc.event.GetFirstTokenRequest;
import io.axoniq.axonserver.grpc.event.GetLastTokenRequest;
import io.axoniq.axonserver.grpc.event.GetTokenAtRequest;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrRequest;
import io.axoniq.axonserver.grpc.event.ReadHighestSequenceNrResponse;
import io.axoniq.axonserver.grpc.event.TrackingToken;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** The event store but for ad-hoc queries. The greatest number asked for is not among what is given, though the protocol's file says so. */
final class EventStoreService extends EventStoreImplBase {

    private static final Confirmation DONE = Confirmation.newBuilder().setSuccess(true).build();

    private final StoredEvents events;

    EventStoreService(StoredEvents events) {
        this.events = events;
    }

    /** What comes on one call is stored when the client completes it, as one. */
    @Override
    public StreamObserver<Event> appendEvent(StreamObserver<Confirmation> reply) {
        Outbound<Confirmation> client = new Outbound<>(reply);
        List<Event> some = new ArrayList<>();
        return new StreamObserver<>() {

            @Override
            public void onNext(Event event) {
                some.add(event);
            }

            @Override
            public void onError(Throwable cause) {
                some.clear();
            }

            @Override
            public void onCompleted() {
                confirm(client, () -> events.append(some));
            }
        };
    }

    @Override
    public void appendSnapshot(Event snapshot, StreamObserver<Confirmation> reply) {
        confirm(new Outbound<>(reply), () -> events.appendSnapshot(snapshot));
    }

    private static void confirm(Outbound<Confirmation> client, Runnable action) {
        try {
            action.run();
            client.sendLast(DONE);
        } catch (StatusRuntimeException refused) {
            client.fail(refused);
        }
    }

    @Override
    public void listAggregateEvents(GetAggregateEventsRequest request, StreamObserver<Event> reply) {
        String aggregate = request.getAggregateId();
        long below = request.getMaxSequence() > 0 ? request.getMaxSequence() : Long.MAX_VALUE;
        Optional<Event> snapshot = request.getAllowSnapshots()
                ? events.snapshot(aggregate, request.getInitialSequence(), below)
                : Optional.empty();
        Outbound<Event> client = new Outbound<>(reply);
        snapshot.ifPresent(client::send);
        events.ofAggregate(aggregate, snapshot.map(each -> each.getAggregateSequenceNumber() + 1).orElse(request.getInitialSequence()),
                below).forEach(client::send);
        client.end();
    }

    @Override
    public void listAggregateSnapshots(GetAggregateSnapshotsRequest request, StreamObserver<Event> reply) {
        Outbound<Event> client = new Outbound<>(reply);
        if (request.getMaxSequence() >= 0) {
            events.snapshots(request.getAggregateId(), request.getInitialSequence(), request.getMaxSequence()).stream()
                    .limit(request.getMaxResults() > 0 ? request.getMaxResults() : Integer.MAX_VALUE).forEach(client::send);
        }
        client.end();
    }

    @Override
    public StreamObserver<GetEventsRequest> listEvents(StreamObserver<EventWithToken> reply) {
        return new EventTracker(events, new Outbound<>(reply));
    }

    @Override
    public void readHighestSequenceNr(ReadHighestSequenceNrRequest request, StreamObserver<ReadHighestSequenceNrResponse> reply) {
        new Outbound<>(reply).sendLast(ReadHighestSequenceNrResponse.newBuilder()
                .setToSequenceNr(events.highestSequence(request.getAggregateId())).build());
    }

    @Override
    public void getFirstToken(GetFirstTokenRequest request, StreamObserver<TrackingToken> reply) {
        answer(reply, 0);
    }

    @Override
    public void getLastToken(GetLastTokenRequest request, StreamObserver<TrackingToken> reply) {
        answer(reply, events.lastToken());
    }

    @Override
    public void getTokenAt(GetTokenAtRequest request, StreamObserver<TrackingToken> reply) {
        answer(reply, events.tokenAt(request.getInstant()));
    }

    private static void answer(StreamObserver<TrackingToken> reply, long token) {
        new Outbound<>(reply).sendLast(TrackingToken.newBuilder().setToken(token).build());
    }
}
