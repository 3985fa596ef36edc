package io.masumi.node.platform.axon;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.processes.NodeProcesses;

/**
 * Sees to it that each processing group has as many segments as it should: one, or as many as the settings say if it is a busy one. A node
 * from before has its segments split, and another setting is followed, a step at a time, each by the process that has the segment.
 */
final class SegmentCare {

    private static final long LONGEST_STEP_SECONDS = 10;
    /** Long enough for the process that merges to take it. */
    private static final long LEFT_ALONE_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(SegmentCare.class);

    private final Supplier<EventProcessingConfiguration> processing;
    private final JdbcClient database;
    private final NodeProcesses processes;
    private final FairShares shares;
    private final Set<String> busy;

    SegmentCare(Supplier<EventProcessingConfiguration> processing, JdbcClient database, NodeProcesses processes, FairShares shares,
            List<BusyGroup> busy) {
        this.processing = processing;
        this.database = database;
        this.processes = processes;
        this.shares = shares;
        this.busy = busy.stream().map(BusyGroup::name).collect(Collectors.toSet());
    }

    private record Row(String group, int segment, boolean free) {}

    /** A step for each of those that have too many or too few. */
    void look() {
        Map<String, List<Row>> segments = database
                .sql("SELECT processorName, segment, owner IS NULL FROM TokenEntry WHERE processorName <> '__config' ORDER BY segment")
                .query((row, _) -> new Row(row.getString(1), row.getInt(2), row.getBoolean(3))).list().stream()
                .collect(Collectors.groupingBy(Row::group));
        shares.know(segments.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().size())));
        processing.get().eventProcessors().values().stream()
                .filter(StreamingEventProcessor.class::isInstance).map(StreamingEventProcessor.class::cast)
                .filter(processor -> segments.containsKey(processor.getName()))
                .forEach(processor -> adjust(processor, segments.get(processor.getName())));
    }

    private void adjust(StreamingEventProcessor processor, List<Row> segments) {
        int wanted = busy.contains(processor.getName()) ? processes.wantedSegments() : 1;
        int number = segments.size();
        try {
            if (number < wanted && splitOne(processor, segments)) {
                LOG.info("{} is worked in {} segments now", processor.getName(), number + 1);
            } else if (number > wanted && mergeOne(processor, segments)) {
                LOG.info("{} is worked in {} segments now", processor.getName(), number - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.debug("The segments of {} stay as they are for now", processor.getName(), e);
        }
    }

    /** The largest one, if this process has it. */
    private boolean splitOne(StreamingEventProcessor processor, List<Row> segments) throws Exception {
        Segment largest = computed(segments).min(Comparator.comparing(Segment::getMask).thenComparing(Segment::getSegmentId)).orElseThrow();
        return has(processor, largest.getSegmentId())
                && processor.splitSegment(largest.getSegmentId()).get(LONGEST_STEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Whoever has the first of the smallest two merges them; whoever has only the other lets go of it. */
    private boolean mergeOne(StreamingEventProcessor processor, List<Row> segments) throws Exception {
        Segment smallest = computed(segments).max(Comparator.comparing(Segment::getMask).thenComparing(Segment::getSegmentId))
                .orElseThrow();
        int first = Math.min(smallest.getSegmentId(), smallest.mergeableSegmentId());
        int second = Math.max(smallest.getSegmentId(), smallest.mergeableSegmentId());
        if (has(processor, first)) {
            boolean both = has(processor, second) || segments.stream().anyMatch(each -> each.segment() == second && each.free());
            return both && processor.mergeSegment(first).get(LONGEST_STEP_SECONDS, TimeUnit.SECONDS);
        }
        if (has(processor, second)) {
            processor.releaseSegment(second, LEFT_ALONE_SECONDS, TimeUnit.SECONDS);
        }
        return false;
    }

    private static Stream<Segment> computed(List<Row> segments) {
        return Stream.of(Segment.computeSegments(segments.stream().mapToInt(Row::segment).toArray()));
    }

    private static boolean has(StreamingEventProcessor processor, int segment) {
        return processor.processingStatus().containsKey(segment);
    }
}
