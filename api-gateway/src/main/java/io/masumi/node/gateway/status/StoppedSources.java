package io.masumi.node.gateway.status;

import io.masumi.node.chain.source.FindStoppedSources;
import io.masumi.node.chain.source.StoppedSource;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.platform.health.BackgroundLook;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The payment sources that are stopped, as whoever follows the chain says. */
final class StoppedSources {

    private final BackgroundLook<List<StoppedSource>> look;

    StoppedSources(Views views, Clock clock) {
        look = new BackgroundLook<>("stopped payment sources", () -> views.list(new FindStoppedSources(), StoppedSource.class), clock);
    }

    void refresh() {
        look.refresh();
    }

    /** As last heard; empty when nobody has answered yet, which {@link NodeHealth} gives as a reason of its own. */
    List<StoppedSource> within(Duration patience) {
        return Optional.ofNullable(look.within(patience).last()).orElse(List.of());
    }
}
