package io.masumi.node.platform.health;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.masumi.node.platform.start.StartWaits;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;

/** Whether the process is up: it says so only when all that is done once at a start is done. */
final class StartReporter implements HealthReporter {

    private final ApplicationAvailability availability;
    private final Instant since;
    private final StartWaits waits;

    StartReporter(ApplicationAvailability availability, StartWaits waits, Clock clock) {
        this.availability = availability;
        this.waits = waits;
        this.since = clock.instant();
    }

    @Override
    public List<Concern> concerns() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? List.of()
                : List.of(new Concern("start", "", "the node is starting or stopping"
                        + waits.waitingFor().map(what -> "; it waits for " + what).orElse(""), since));
    }

    @Override
    public boolean necessary() {
        return true;
    }
}
