package io.masumi.node.chain.follower;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;

/** Says of providers whose lists lacked something that they did, for a while: what was found is recorded, but there may be more. */
final class IncompleteLists implements HealthReporter {

    private static final Duration SHOWN = Duration.ofHours(1);

    private final SourceStandings standings;
    private final Clock clock;

    IncompleteLists(SourceStandings standings, Clock clock) {
        this.standings = standings;
        this.clock = clock;
    }

    @Override
    public List<Concern> concerns() {
        return standings.incompleteSince(clock.instant().minus(SHOWN)).stream().map(each -> new Concern("payment-source",
                each.sourceId().value(), "its provider's list of the contract's transactions is not complete: " + each.what()
                        + ". What is missed is looked for by itself; a re-reading can be ordered besides",
                each.at())).toList();
    }
}
