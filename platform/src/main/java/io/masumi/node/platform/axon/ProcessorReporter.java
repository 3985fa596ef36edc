package io.masumi.node.platform.axon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;

/** Whether every event processor moves: what is behind must come nearer to the newest event, and none may fail. */
final class ProcessorReporter implements HealthReporter {

    /** Longer than any batch takes. */
    private static final Duration LONGEST_STAND = Duration.ofSeconds(15);

    private static final String REPEATED = ". It is tried again by itself, with what came after; the log says what it fails at";

    private final Supplier<EventProcessingConfiguration> processing;
    private final Supplier<? extends StreamableMessageSource<?>> events;
    private final FailedBatches failed;
    private final JdbcClient jdbc;
    private final Clock clock;
    private final Map<String, Stand> stands = new HashMap<>();
    private final Map<String, Instant> failing = new HashMap<>();
    private final Map<String, Instant> unclaimed = new HashMap<>();

    /** @param position of the last event that was handled. @param since when it has not been another */
    private record Stand(long position, Instant since) {}

    ProcessorReporter(Supplier<EventProcessingConfiguration> processing, Supplier<? extends StreamableMessageSource<?>> events,
            FailedBatches failed, JdbcClient jdbc, Clock clock) {
        this.processing = processing;
        this.events = events;
        this.failed = failed;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public synchronized List<Concern> concerns() {
        long newest = position(events.get().createHeadToken());
        return processing.get().eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance).map(StreamingEventProcessor.class::cast)
                .flatMap(processor -> concern(processor, newest).stream()).toList();
    }

    private Optional<Concern> concern(StreamingEventProcessor processor, long newest) {
        String name = processor.getName();
        Map<Integer, EventTrackerStatus> segments = processor.processingStatus();
        Optional<String> failure = failure(processor, segments);
        if (failure.isEmpty()) {
            failed.forget(name);
        } else {
            Instant since = failing.computeIfAbsent(name, _ -> clock.instant());
            return Optional.of(new Concern("processor", name, failure.get(), since));
        }
        Optional<Concern> nobodys = nobodys(name);
        if (segments.isEmpty() || nobodys.isPresent()) {
            // Other processes work on it, or should.
            failing.remove(name);
            stands.remove(name);
            return nobodys;
        }
        long position = segments.values().stream().mapToLong(status -> position(status.getTrackingToken())).min().orElseThrow();
        Stand stand = stands.merge(name, new Stand(position, clock.instant()),
                (known, now) -> known.position() == now.position() && position < newest ? known : now);
        if (position >= newest) {
            failing.remove(name);
            return Optional.empty();
        }
        if (stand.since().plus(LONGEST_STAND).isAfter(clock.instant())) {
            return Optional.empty();
        }
        return Optional.of(new Concern("processor", name, "it has handled the events up to number " + position + " of " + newest
                + " and does not go on" + REPEATED, stand.since()));
    }

    private Optional<String> failure(StreamingEventProcessor processor, Map<Integer, EventTrackerStatus> segments) {
        if (!processor.isRunning()) {
            return Optional.of("it does not run; start the node anew, and look into the log for why it ended");
        }
        if (segments.isEmpty() && !hasPosition(processor.getName())) {
            return Optional.of("its position in the event store is gone, so that it handles nothing; start the node anew: then it reads all"
                    + " events again, and does nothing twice");
        }
        return failed.has(processor.getName()) && isNobodys(processor.getName())
                || segments.values().stream().anyMatch(EventTrackerStatus::isErrorState)
                        ? Optional.of("it fails at an event" + REPEATED)
                        : Optional.empty();
    }

    /** Positions are made when a processor starts. Somebody may delete them. */
    private boolean hasPosition(String name) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM TokenEntry WHERE processorName = ?)").param(name).query(Boolean.class).single();
    }

    /** A segment is nobody's for a second or two when it moves. */
    private Optional<Concern> nobodys(String name) {
        if (!isNobodys(name)) {
            unclaimed.remove(name);
            return Optional.empty();
        }
        Instant since = unclaimed.computeIfAbsent(name, _ -> clock.instant());
        return since.plus(LONGEST_STAND).isAfter(clock.instant())
                ? Optional.empty()
                : Optional.of(new Concern("processor", name, "no process works on a part of the events. Start this one anew", since));
    }

    private boolean isNobodys(String name) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM TokenEntry WHERE processorName = ? AND owner IS NULL)").param(name)
                .query(Boolean.class).single();
    }

    private static long position(TrackingToken token) {
        return Stream.ofNullable(token).map(TrackingToken::position).filter(OptionalLong::isPresent).mapToLong(OptionalLong::getAsLong)
                .findFirst().orElse(-1);
    }
}
