package io.masumi.node.query.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * Brings a view up to date, a batch of events at a time. A handler only notes its event; when the unit of work prepares to
 * commit, all rows that the batch touches are read with one statement, folded in memory and written with one batch, in
 * the transaction that also moves the processor's token. After the commit the new rows are announced, so that who hears of
 * a row can read it.
 *
 * @param <S> what events are folded into
 * @param <R> a row: the state and what is presented of it
 */
public final class ViewProjector<S, R> {

    private static final long NOTHING_YET = -1;

    private final ViewTable<S, R> table;
    private final ToLongFunction<S> version;
    private final Function<S, R> present;
    private final Consumer<R> announce;

    /**
     * @param version the newest event that a state has taken in
     * @param present what is written of a state
     * @param announce tells those who watch a row; called once for each written row, after the commit
     */
    public ViewProjector(ViewTable<S, R> table, ToLongFunction<S> version, Function<S, R> present, Consumer<R> announce) {
        this.table = table;
        this.version = version;
        this.present = present;
        this.announce = announce;
    }

    /**
     * Notes an event for the row of that id, to be folded before the current unit of work commits. An event that the row
     * has taken in already does nothing.
     *
     * @param change from the row's state, null when there is none, to the state after the event
     * @throws IllegalStateException at the latest when the unit of work commits, if an event before this one is missing
     */
    public void project(String id, long sequenceNumber, UnaryOperator<S> change) {
        var work = CurrentUnitOfWork.get().root();
        work.getOrComputeResource("view batch of " + table.name(), key -> {
            var batch = new Batch();
            work.onPrepareCommit(unit -> batch.write());
            work.afterCommit(unit -> batch.announce());
            return batch;
        }).changes.add(new Change<>(id, sequenceNumber, change));
    }

    /** Forgets everything, before events are replayed. */
    public void reset() {
        table.clear();
    }

    private record Change<S>(String id, long sequenceNumber, UnaryOperator<S> fold) {}

    private final class Batch {

        private final List<Change<S>> changes = new ArrayList<>();
        private List<R> rows = List.of();

        private void write() {
            var states = new HashMap<>(table.load(changes.stream().map(Change::id).collect(Collectors.toSet())));
            var changed = new LinkedHashSet<String>();
            for (var change : changes) {
                var state = states.get(change.id());
                var reached = state == null ? NOTHING_YET : version.applyAsLong(state);
                if (change.sequenceNumber() <= reached) {
                    continue;
                }
                if (change.sequenceNumber() != reached + 1) {
                    throw new IllegalStateException("Event " + change.sequenceNumber() + " of " + change.id() + " follows event " + reached
                            + " in " + table.name() + "; those between are missing");
                }
                states.put(change.id(), change.fold().apply(state));
                changed.add(change.id());
            }
            rows = changed.stream().map(states::get).map(present).toList();
            if (!rows.isEmpty()) {
                table.save(rows);
            }
        }

        private void announce() {
            rows.forEach(announce);
        }
    }
}
