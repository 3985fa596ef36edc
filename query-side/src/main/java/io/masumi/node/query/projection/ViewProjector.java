package io.masumi.node.query.projection;

import io.masumi.node.platform.setaside.EventFailures;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

/**
 * Brings a view up to date, a batch of events at a time. A handler only notes its event; when the unit of work prepares to
 * commit, all rows that the batch touches are read with one statement, folded in memory and written with one batch, in
 * the transaction that also moves the processor's token. After the commit the new rows are announced, so that who hears of
 * a row can read it. What one row fails at is set aside for that row, and the others are written.
 *
 * @param <S> what events are folded into
 * @param <R> a row: the state and what is presented of it
 */
public final class ViewProjector<S extends Versioned, R> {

    private static final long NOTHING_YET = -1;

    private final ViewTable<S, R> table;
    private final Function<S, R> present;
    private final Consumer<R> announce;
    private final Consumer<List<String>> tellOthers;

    /**
     * @param present what is written of a state
     * @param announce tells those who watch a row; called once for each written row, after the commit
     * @param tellOthers tells other processes of the rows that were written, after that
     */
    ViewProjector(ViewTable<S, R> table, Function<S, R> present, Consumer<R> announce,
            Consumer<List<String>> tellOthers) {
        this.table = table;
        this.present = present;
        this.announce = announce;
        this.tellOthers = tellOthers;
    }

    /**
     * Notes the event that is being handled for the row of that id, to be folded before the current unit of work commits. An event that
     * the row has taken in already does nothing.
     *
     * @param change from the row's state, null when there is none, to the state after the event, which happened then
     * @throws IllegalStateException at the latest when the unit of work commits, if an event before this one is missing and no
     *     event processor is there that sets this one aside
     */
    public void project(String id, BiFunction<S, Occurrence, S> change) {
        UnitOfWork<?> work = CurrentUnitOfWork.get().root();
        work.getOrComputeResource("view batch of " + table.name(), key -> {
            Batch batch = new Batch(EventFailures.of(work).orElse((event, failure) -> {
                throw failure;
            }));
            work.onPrepareCommit(unit -> batch.write());
            work.afterCommit(unit -> batch.announce());
            return batch;
        }).add(id, new Change<>((DomainEventMessage<?>) work.getMessage(), change));
    }

    /** Forgets everything, before events are replayed. */
    public void reset() {
        table.clear();
    }

    /** Tells those who watch rows in this process what another one has made of them. */
    void announceStored(Collection<String> ids) {
        table.load(ids).values().forEach(state -> announce.accept(present.apply(table.read(state))));
    }

    private record Change<S>(DomainEventMessage<?> event, BiFunction<S, Occurrence, S> fold) {

        private Occurrence when() {
            return new Occurrence(event.getSequenceNumber(), event.getTimestamp());
        }
    }

    private final class Batch {

        private final EventFailures failures;
        private final Map<String, List<Change<S>>> changes = new LinkedHashMap<>();
        private final List<R> written = new ArrayList<>();

        private Batch(EventFailures failures) {
            this.failures = failures;
        }

        private void add(String id, Change<S> change) {
            changes.computeIfAbsent(id, _ -> new ArrayList<>()).add(change);
        }

        private void write() {
            Map<String, String> stored = table.load(changes.keySet());
            Map<String, R> rows = new LinkedHashMap<>();
            changes.forEach((id, events) -> row(id, stored.get(id), events).ifPresent(row -> rows.put(id, row)));
            if (rows.isEmpty()) {
                return;
            }
            try {
                table.save(rows.values());
                written.addAll(rows.values());
            } catch (RuntimeException e) {
                rows.forEach(this::writeAlone);
            }
        }

        /** Of several rows that cannot be written together most can. */
        private void writeAlone(String id, R row) {
            try {
                table.save(List.of(row));
                written.add(row);
            } catch (RuntimeException e) {
                setAside(changes.get(id), e);
            }
        }

        /** The row after the events, or after those before the first that fails; empty if it stays as it is. */
        private Optional<R> row(String id, String stored, List<Change<S>> events) {
            int folded = 0;
            try {
                S before = stored == null ? null : table.read(stored);
                S state = before;
                for (; folded < events.size(); folded++) {
                    state = next(id, state, events.get(folded));
                }
                return state == before ? Optional.empty() : Optional.of(present.apply(state));
            } catch (RuntimeException e) {
                List<Change<S>> good = events.subList(0, folded == events.size() ? 0 : folded);
                setAside(events.subList(good.size(), events.size()), e);
                return good.isEmpty() ? Optional.empty() : row(id, stored, good);
            }
        }

        private S next(String id, S state, Change<S> change) {
            long reached = state == null ? NOTHING_YET : state.version();
            Occurrence when = change.when();
            if (when.version() <= reached) {
                return state;
            }
            if (when.version() != reached + 1) {
                throw new IllegalStateException("Event " + when.version() + " of " + id + " follows event " + reached + " in "
                        + table.name() + "; those between are missing");
            }
            return change.fold().apply(state, when);
        }

        private void setAside(List<Change<S>> events, RuntimeException failure) {
            events.forEach(change -> failures.setAside(change.event(), failure));
        }

        private void announce() {
            written.forEach(announce);
            tellOthers.accept(written.stream().map(table::id).toList());
        }
    }
}
