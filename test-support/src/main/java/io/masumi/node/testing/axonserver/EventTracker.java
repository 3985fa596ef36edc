package io.masumi.node.testing.axonserver;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.axoniq.axonserver.grpc.event.GetEventsRequest;
import io.axoniq.axonserver.grpc.event.PayloadDescription;
import io.grpc.stub.StreamObserver;

/** One client's stream of all events from a token on, as far as it has permits; at the newest event it waits for the next. */
final class EventTracker implements StreamObserver<GetEventsRequest> {

    private static final int BATCH = 100;
    /** Every so many events that the client does not want one is sent all the same, so that its token moves. */
    private static final int UNWANTED_IN_A_ROW = 1000;

    private final StoredEvents events;
    private final Outbound<EventWithToken> client;
    private final Runnable arrivals = () -> Thread.startVirtualThread(this::sendPermitted);
    private final Set<PayloadDescription> unwanted = new HashSet<>();
    private long next = -1;
    private long permits;
    private int leftOut;
    private boolean closed;

    EventTracker(StoredEvents events, Outbound<EventWithToken> client) {
        this.events = events;
        this.client = client;
    }

    @Override
    public synchronized void onNext(GetEventsRequest request) {
        if (next < 0) {
            next = request.getTrackingToken();
            events.listen(arrivals);
        }
        permits += request.getNumberOfPermits();
        unwanted.addAll(request.getBlacklistList());
        sendPermitted();
    }

    private synchronized void sendPermitted() {
        while (!closed && permits > 0) {
            List<EventWithToken> some = events.from(next, (int) Math.min(BATCH, permits));
            if (some.isEmpty()) {
                return;
            }
            some.forEach(this::send);
        }
    }

    private void send(EventWithToken event) {
        next = event.getToken() + 1;
        if (isUnwanted(event.getEvent()) && ++leftOut < UNWANTED_IN_A_ROW) {
            return;
        }
        leftOut = 0;
        permits--;
        client.send(event);
    }

    private boolean isUnwanted(Event event) {
        return unwanted.contains(PayloadDescription.newBuilder().setType(event.getPayload().getType())
                .setRevision(event.getPayload().getRevision()).build());
    }

    @Override
    public void onError(Throwable cause) {
        onCompleted();
    }

    @Override
    public void onCompleted() {
        events.forget(arrivals);
        synchronized (this) {
            closed = true;
        }
        client.end();
    }
}
