package io.masumi.node.gateway.status;

import io.masumi.node.chain.source.FindStoppedSources;
import io.masumi.node.chain.source.StoppedSource;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Views;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The payment sources that are stopped. Anybody may ask as often as they like, so the answer is kept for a moment. */
final class StoppedSources {

    private static final Duration KEPT = Duration.ofSeconds(1);

    private final Views views;
    private final Clock clock;
    private volatile Answer last = new Answer(List.of(), Instant.MIN);

    private record Answer(List<StoppedSource> sources, Instant at) {}

    StoppedSources(Views views, Clock clock) {
        this.views = views;
        this.clock = clock;
    }

    List<StoppedSource> now() {
        Answer known = last;
        Instant now = clock.instant();
        if (known.at().isBefore(now.minus(KEPT))) {
            known = new Answer(asked(), now);
            last = known;
        }
        return known.sources();
    }

    private List<StoppedSource> asked() {
        try {
            return views.list(new FindStoppedSources(), StoppedSource.class);
        } catch (Problem e) {
            // Nobody who follows the chain is up: that says nothing of whether this process is well.
            return List.of();
        }
    }
}
