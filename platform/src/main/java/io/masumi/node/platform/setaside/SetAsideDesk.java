package io.masumi.node.platform.setaside;

import java.time.Clock;
import java.util.List;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.queryhandling.QueryHandler;

import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;

/** Shows what is set aside, and has it tried again. */
final class SetAsideDesk implements HealthReporter {

    private static final int MAX_CONCERNS = 100;

    private final SetAsideStore store;
    private final Clock clock;

    SetAsideDesk(SetAsideStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @QueryHandler
    List<SetAside> list(ListSetAside query) {
        return store.list(query.limit());
    }

    @CommandHandler
    Integer retry(RetrySetAside command) {
        return store.tryAt(clock.instant(), command.group(), command.sequence());
    }

    @Override
    public List<Concern> concerns() {
        return store.list(MAX_CONCERNS).stream().map(SetAsideDesk::concern).toList();
    }

    /** The reason may quote the event, which is not for everybody. */
    private static Concern concern(SetAside it) {
        return new Concern("processor", it.group(), "the events of " + it.sequence() + " are set aside from number " + it.firstNumber()
                + " on, which is " + it.eventName() + "; all others are handled. GET /api/v1/projections/set-aside says why", it.since());
    }
}
