package io.masumi.node.platform.eventstore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;

import io.axoniq.axonserver.connector.ErrorCategory;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.event.EventChannel;
import io.axoniq.axonserver.connector.event.EventStream;
import io.axoniq.axonserver.grpc.event.Confirmation;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.masumi.node.platform.Role;
import io.masumi.node.platform.health.FindProcessHealth;

/** The events in Axon Server: its tokens are positions. */
final class AxonServerEvents implements EventLog {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int BUFFER = 4_000;
    private static final int REFILL = 1_000;

    private final AxonServerConnectionManager connections;
    private final String servers;

    AxonServerEvents(AxonServerConnectionManager connections, AxonServerConfiguration settings) {
        this.connections = connections;
        this.servers = settings.getServers();
    }

    @Override
    public String name() {
        return "Axon Server at " + servers;
    }

    /** Why it cannot be asked yet; empty when it can. Asking has it connected. */
    Optional<String> missing() {
        return connections.getConnection().isConnected() ? Optional.empty() : Optional.of("it takes no connection");
    }

    /** Whether a process that decides, and stores here what comes of it, is connected: of those over Axon Server it needs no database. */
    boolean isDecidedOn() {
        QueryRequest question = QueryRequest.newBuilder().setMessageIdentifier(UUID.randomUUID().toString())
                .setQuery(new FindProcessHealth(Role.COMMAND).queryName()).setTimestamp(System.currentTimeMillis()).build();
        try (ResultStream<QueryResponse> replies = connections.getConnection().queryChannel().query(question)) {
            QueryResponse reply = replies.nextIfAvailable(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (reply == null && replies.getError().isPresent()) {
                throw unanswered(replies.getError().get().getMessage());
            }
            // Whoever does not answer, or only that it does not understand, is there.
            return reply == null || !reply.getErrorCode().equals(ErrorCategory.NO_HANDLER_FOR_QUERY.errorCode());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered("interrupted", e);
        }
    }

    @Override
    public long size() {
        return answer(channel().getLastToken()) + 1;
    }

    /** The event at a position, which must be there. */
    StoredEvent at(long position) {
        try (EventLog.Reader events = from(position)) {
            return events.next(1).getFirst();
        }
    }

    @Override
    public Reader from(long position) {
        return new Stream(position, channel().openStream(position - 1, BUFFER, REFILL));
    }

    @Override
    public void append(List<StoredEvent> events) {
        try {
            Confirmation taken = answer(channel().appendEvents(events.stream().map(StoredEvent::toEvent)
                    .toArray(io.axoniq.axonserver.grpc.event.Event[]::new)));
            if (taken == null || !taken.getSuccess()) {
                throw unanswered("it did not say that it stored them");
            }
        } catch (EventCopyException e) {
            throw new EventCopyException(e.getMessage() + ". What it took before stays: repeat this, and it goes on from there",
                    e.getCause());
        }
    }

    private EventChannel channel() {
        return connections.getConnection().eventChannel();
    }

    private <T> T answer(CompletableFuture<T> request) {
        try {
            return request.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw unanswered(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw unanswered("nothing came within " + PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered("interrupted", e);
        }
    }

    private EventCopyException unanswered(String why) {
        return unanswered(why, null);
    }

    private EventCopyException unanswered(String why, Throwable cause) {
        return new EventCopyException(name() + " does not answer as it should: " + why, cause);
    }

    private final class Stream implements Reader {

        private final EventStream events;
        private long position;

        private Stream(long position, EventStream events) {
            this.position = position;
            this.events = events;
        }

        @Override
        public List<StoredEvent> next(int number) {
            List<StoredEvent> read = new ArrayList<>(number);
            while (read.size() < number) {
                EventWithToken event = next();
                if (event.getToken() != position) {
                    throw unanswered("event " + event.getToken() + " came where " + position + " was asked for");
                }
                read.add(StoredEvent.of(event.getEvent()));
                position++;
            }
            return read;
        }

        private EventWithToken next() {
            try {
                return Optional.ofNullable(events.nextIfAvailable(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                        .orElseThrow(() -> unanswered(
                                events.getError().map(Throwable::getMessage).orElse("event " + position + " does not come")));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unanswered("interrupted", e);
            }
        }

        @Override
        public void close() {
            events.close();
        }
    }
}
