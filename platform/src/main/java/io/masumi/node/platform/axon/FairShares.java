package io.masumi.node.platform.axon;

import java.util.List;
import java.util.Map;

import org.axonframework.eventhandling.pooled.MaxSegmentProvider;

import io.masumi.node.platform.processes.Dealing;
import io.masumi.node.platform.processes.NodeProcesses;

/**
 * How many segments of a processing group this process may have: all of them are dealt out evenly among the living processes that work at the
 * group. Axon looks every second: it gives back what is too much, and claims what is free.
 */
final class FairShares implements MaxSegmentProvider {

    private final NodeProcesses processes;
    private volatile Map<String, Integer> segments = Map.of();

    FairShares(NodeProcesses processes) {
        this.processes = processes;
    }

    /** How many segments there are, by group. */
    void know(Map<String, Integer> numbers) {
        segments = Map.copyOf(numbers);
    }

    /** All of them, as long as nothing else is known. */
    @Override
    public int getMaxSegments(String group) {
        Integer number = segments.get(group);
        List<String> workers = processes.workersAt(group);
        return number == null || workers.size() == 1 ? Short.MAX_VALUE : Dealing.share(number, group, workers, processes.id());
    }
}
