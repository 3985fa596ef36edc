package io.masumi.node.testing;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;

/** The streaming event processors of the node under test. */
public final class Processors {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(10);

    private final EventProcessingConfiguration processing;
    private final EventStorageEngine events;

    /** Of one node. */
    public Processors(EventProcessingConfiguration processing, EventStorageEngine events) {
        this.processing = processing;
        this.events = events;
    }

    /**
     * Waits until every processor has handled all events stored so far, in all its segments. Events that these lead to
     * (a saga's commands) may come after; call it again or wait for what they show.
     *
     * @throws org.awaitility.core.ConditionTimeoutException after 20 s, telling which processor is where
     */
    public void awaitCaughtUp() {
        await(processor -> true);
    }

    /** Waits for that processing group only. */
    public void awaitCaughtUp(String name) {
        await(name::equals);
    }

    private void await(Predicate<String> wanted) {
        Awaitility.await("processors").atMost(LONGEST).pollInterval(POLL)
                .until(() -> positions(wanted), positions -> positions.values().stream().allMatch(this::caughtUp));
    }

    /** By what a segment has yet to read: comparing its token with the latest event goes wrong where a rollback left a gap. */
    private boolean caughtUp(Position position) {
        Collection<EventTrackerStatus> segments = position.processor().processingStatus().values();
        return !segments.isEmpty() && hasAllThatIsFree(position.processor())
                && segments.stream().allMatch(segment -> !segment.isErrorState() && nothingAfter(segment.getTrackingToken()));
    }

    /** Segments are claimed one after the other. */
    private boolean hasAllThatIsFree(StreamingEventProcessor processor) {
        return processing.tokenStore(processor.getName()).fetchAvailableSegments(processor.getName()).stream()
                .allMatch(segment -> processor.processingStatus().containsKey(segment.getSegmentId()));
    }

    private boolean nothingAfter(TrackingToken token) {
        TrackingToken position = token == null ? null : WrappedToken.unwrapLowerBound(token);
        try (Stream<? extends TrackedEventMessage<?>> unread = events.readEvents(position, false)) {
            return unread.findAny().isEmpty();
        }
    }

    private Map<String, Position> positions(Predicate<String> wanted) {
        return processing.eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance).map(StreamingEventProcessor.class::cast)
                .filter(processor -> wanted.test(processor.getName()))
                .collect(Collectors.toMap(StreamingEventProcessor::getName, Position::of));
    }

    /** Where a processor stands, in words for the failure's message. */
    private record Position(StreamingEventProcessor processor, String text) {

        static Position of(StreamingEventProcessor processor) {
            return new Position(processor, processor.processingStatus().values().stream()
                    .map(segment -> segment.getSegment()
                            + (segment.isErrorState() ? " failed: " + segment.getError() : " at " + segment.getTrackingToken()))
                    .collect(Collectors.joining(", ")));
        }

        @Override
        public String toString() {
            return text.isEmpty() ? "not started" : text;
        }
    }
}
