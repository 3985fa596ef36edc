package io.masumi.node.query.projection;

import io.masumi.node.platform.processes.Announcements;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.axonframework.queryhandling.QueryUpdateEmitter;

/**
 * Tells those who watch a row what it is now. Of several processes on a database one projects an event; the others hear which row changed, and
 * read it for those who watch it there. Where they may have missed something all subscriptions end, so that whoever watches asks anew. Axon
 * Server carries updates by itself.
 */
public final class ViewUpdates {

    private final QueryUpdateEmitter emitter;
    private final Optional<Announcements> others;

    /** @param others empty where Axon Server carries updates */
    ViewUpdates(QueryUpdateEmitter emitter, Optional<Announcements> others) {
        this.emitter = emitter;
        this.others = others;
        others.ifPresent(announcements -> announcements.whenMissed(() -> emitter.complete(_ -> true)));
    }

    /**
     * A view whose rows can be watched.
     *
     * @param present what is written of a state
     * @param emit tells those who watch a row
     */
    public <S extends Versioned, R> ViewProjector<S, R> projector(ViewTable<S, R> table, Function<S, R> present,
            BiConsumer<R, QueryUpdateEmitter> emit) {
        String topic = table.name();
        ViewProjector<S, R> view = new ViewProjector<>(table, present, row -> emit.accept(row, emitter),
                ids -> others.ifPresent(announcements -> announcements.tell(topic, ids)));
        others.ifPresent(announcements -> announcements.hear(topic, ids -> {
            if (ids.isEmpty()) {
                emitter.complete(_ -> true);
            } else if (!emitter.activeSubscriptions().isEmpty()) {
                view.announceStored(ids);
            }
        }));
        return view;
    }
}
