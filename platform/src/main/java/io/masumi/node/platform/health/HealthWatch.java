package io.masumi.node.platform.health;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.masumi.node.platform.health.BackgroundLook.Seen;

/** Asks every part of this process what is wrong with it, and answers within half a second whatever they do. */
public final class HealthWatch {

    private static final Duration PATIENCE = Duration.ofMillis(500);
    /** A part with more of the same has one fault, and nobody reads them all. */
    private static final int MAX_OF_A_PART = 50;

    /** So long a part without which nothing is served may be late to say how it is. */
    private static final Duration OUTAGE_AFTER = Duration.ofSeconds(3);

    private final List<Part> parts;
    private final Clock clock;

    private record Part(String name, boolean necessary, BackgroundLook<List<Concern>> look) {}

    /** @param reporters by name */
    HealthWatch(Map<String, HealthReporter> reporters, Clock clock) {
        this.clock = clock;
        parts = reporters.entrySet().stream().map(each -> new Part(each.getKey(), each.getValue().necessary(),
                new BackgroundLook<>(each.getKey(), each.getValue()::concerns, clock))).toList();
    }

    /** How this process is. */
    public ProcessHealth now() {
        parts.forEach(part -> part.look().refresh());
        List<Concern> outages = new ArrayList<>();
        List<Concern> concerns = new ArrayList<>();
        for (Part part : parts) {
            Seen<List<Concern>> seen = part.look().within(PATIENCE);
            (part.necessary() ? outages : concerns).addAll(said(seen));
            if (seen.troubledSince() != null) {
                (part.necessary() && isSilentForLong(seen) ? outages : concerns).add(silence(part, seen));
            }
        }
        return new ProcessHealth(outages, concerns);
    }

    private static List<Concern> said(Seen<List<Concern>> seen) {
        List<Concern> known = seen.last() == null ? List.of() : seen.last();
        List<Concern> found = new ArrayList<>(known.subList(0, Math.min(known.size(), MAX_OF_A_PART)));
        if (known.size() > MAX_OF_A_PART) {
            found.add(new Concern(known.getFirst().part(), "", (known.size() - MAX_OF_A_PART) + " more of these", null));
        }
        return found;
    }

    /** A machine that is busy for a moment serves requests all the same. */
    private boolean isSilentForLong(Seen<List<Concern>> seen) {
        return seen.last() == null || seen.troubledSince().isBefore(clock.instant().minus(OUTAGE_AFTER));
    }

    private static Concern silence(Part part, Seen<List<Concern>> seen) {
        return new Concern("health", part.name(),
                "this part does not say how it is; the log says why if it failed, and nothing if it hangs,"
                        + " as all that need the database do while that is gone",
                seen.troubledSince());
    }
}
