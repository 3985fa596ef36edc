package io.masumi.node.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.platform.setaside.EventFailures;
import io.masumi.node.query.QuerySide;
import io.masumi.node.testing.NodeTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

@NodeTest(classes = QuerySide.class, properties = QuerySide.ROLE)
class ViewProjectorTest {

    /** Adds up numbers. */
    record Sum(String id, long version, long total) implements Versioned {}

    private record Added(String id, long sequenceNumber, long number) {}

    @Autowired
    private JdbcTemplate jdbc;
    @Autowired
    private TransactionManager transactions;

    private final List<String> told = new ArrayList<>();
    private final List<Sum> announced = new ArrayList<>();
    private final List<String> setAside = new ArrayList<>();
    private ViewProjector<Sum, Sum> view;

    @BeforeEach
    void anEmptyView() {
        jdbc.execute("DROP TABLE IF EXISTS sum_view");
        jdbc.execute("CREATE TABLE sum_view (id TEXT PRIMARY KEY, version BIGINT, total BIGINT CHECK (total < 1000), state TEXT)");
        ViewTable<Sum, Sum> table = new ViewTable<>(jdbc, "sum_view", Sum.class, Function.identity(), new Column<>("id", Sum::id),
                List.of(new Column<>("total", Sum::total)));
        view = new ViewProjector<>(table, Function.identity(), sum -> {
            // On another thread, which sees only what is committed.
            assertThat(CompletableFuture.supplyAsync(this::rows).join()).contains(sum.id() + " " + sum.version() + " " + sum.total());
            announced.add(sum);
        }, told::addAll);
    }

    @Test
    void aBatchOfEventsIsTheSameAsOneAtATime() {
        inOneBatch(new Added("a", 0, 1), new Added("b", 0, 10), new Added("a", 1, 2), new Added("a", 2, 3));
        List<String> batched = rows();
        anEmptyView();
        inOneBatch(new Added("a", 0, 1));
        inOneBatch(new Added("b", 0, 10));
        inOneBatch(new Added("a", 1, 2));
        inOneBatch(new Added("a", 2, 3));

        assertThat(batched).containsExactly("a 2 6", "b 0 10").isEqualTo(rows());
    }

    @Test
    void eachTouchedRowIsWrittenAndAnnouncedOnce() {
        jdbc.execute("CREATE OR REPLACE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " INSERT INTO writes VALUES (NEW.id); RETURN NULL; END $$");
        jdbc.execute("DROP TABLE IF EXISTS writes");
        jdbc.execute("CREATE TABLE writes (id TEXT)");
        jdbc.execute("CREATE TRIGGER count AFTER INSERT OR UPDATE ON sum_view FOR EACH ROW EXECUTE FUNCTION count_write()");

        inOneBatch(IntStream.range(0, 50).mapToObj(number -> new Added("a", number, 1)).toArray(Added[]::new));

        assertThat(jdbc.queryForList("SELECT id FROM writes", String.class)).containsExactly("a");
        assertThat(announced).containsExactly(new Sum("a", 49, 50));
        assertThat(told).containsExactly("a");
    }

    @Test
    void anEventThatTheRowHasTakenInDoesNothing() {
        inOneBatch(new Added("a", 0, 1), new Added("a", 1, 2));
        announced.clear();

        inOneBatch(new Added("a", 0, 1), new Added("a", 1, 2));
        assertThat(announced).isEmpty();
        inOneBatch(new Added("a", 1, 2), new Added("a", 2, 4), new Added("a", 2, 4));

        assertThat(rows()).containsExactly("a 2 7");
    }

    @Test
    void aMissingEventIsAnErrorAndNothingIsWritten() {
        inOneBatch(new Added("a", 0, 1));

        assertThatThrownBy(() -> inOneBatch(new Added("b", 0, 1), new Added("a", 2, 1)))
                .hasMessageContaining("Event 2 of a follows event 0 in sum_view");
        assertThat(rows()).containsExactly("a 0 1");
    }

    @Test
    void whatCannotBeWrittenIsNotAnnounced() {
        assertThatThrownBy(() -> inOneBatch(new Added("a", 0, 1), new Added("b", 0, 5000))).hasMessageContaining("sum_view_total_check");

        assertThat(rows()).isEmpty();
        assertThat(announced).isEmpty();
        assertThat(told).isEmpty();
    }

    /** A row, a fold, what is presented or the table can be at fault; the row stays as it was before the first event that failed. */
    @Test
    void whatOneRowFailsAtIsSetAsideAndTheOthersAreWritten() {
        inOneBatch(new Added("lost", 0, 1), new Added("broken", 0, 1));
        jdbc.update("UPDATE sum_view SET state = 'no JSON' WHERE id = 'broken'");
        announced.clear();

        inOneBatchOfAProcessor(new Added("a", 0, 1), new Added("gap", 0, 10), new Added("large", 0, 5000), new Added("gap", 2, 3),
                new Added("lost", 1, 0), new Added("a", 1, 2), new Added("gap", 3, 3), new Added("broken", 1, 1), new Added("large", 1, 1),
                new Added("b", 0, 7));

        assertThat(setAside).containsExactlyInAnyOrder("gap 2", "gap 3", "lost 1", "broken 1", "large 0", "large 1");
        assertThat(rows()).containsExactly("a 1 3", "b 0 7", "broken 0 1", "gap 0 10", "lost 0 1");
        assertThat(announced).extracting(Sum::id).containsExactlyInAnyOrder("a", "b", "gap");
    }

    /** A batch that is tried again as a whole is better than all its rows set aside. */
    @Test
    void whatNoRowIsToBlameForIsAnErrorAndNothingIsWritten() {
        jdbc.execute("DROP TABLE sum_view");

        assertThatThrownBy(() -> inOneBatchOfAProcessor(new Added("a", 0, 1))).hasMessageContaining("sum_view");
        assertThat(setAside).isEmpty();
    }

    @Test
    void aRowNeverGoesBack() {
        inOneBatch(new Added("a", 0, 1), new Added("a", 1, 1));
        ViewTable<Sum, Sum> table = new ViewTable<>(jdbc, "sum_view", Sum.class, Function.identity(), new Column<>("id", Sum::id),
                List.of(new Column<>("total", Sum::total)));

        transactions.executeInTransaction(() -> table.save(List.of(new Sum("a", 0, 99))));

        assertThat(rows()).containsExactly("a 1 2");
    }

    private void inOneBatch(Added... numbers) {
        handle(new BatchingUnitOfWork<>(messages(numbers)));
    }

    private void inOneBatchOfAProcessor(Added... numbers) {
        BatchingUnitOfWork<EventMessage<Added>> work = new BatchingUnitOfWork<>(messages(numbers));
        work.resources().put(EventFailures.class.getName(), (EventFailures) (event, failure) -> {
            if (failure instanceof BadSqlGrammarException) {
                throw failure;
            }
            setAside.add(((Added) event.getPayload()).id() + " " + ((Added) event.getPayload()).sequenceNumber());
        });
        handle(work);
    }

    private static List<EventMessage<Added>> messages(Added... numbers) {
        return Stream.of(numbers).<EventMessage<Added>>map(
                added -> new GenericDomainEventMessage<>("Sum", added.id(), added.sequenceNumber(), added)).toList();
    }

    private void handle(BatchingUnitOfWork<EventMessage<Added>> work) {
        work.attachTransaction(transactions);
        ResultMessage<Object> result = work.executeWithResult(() -> {
            Added added = work.getMessage().getPayload();
            view.project(added.id(), (sum, when) -> {
                if (added.number() == 0) {
                    throw new IllegalArgumentException("nothing to add");
                }
                return new Sum(added.id(), when.version(), (sum == null ? 0 : sum.total()) + added.number());
            });
            return null;
        });
        if (result.isExceptional()) {
            throw new IllegalStateException(result.exceptionResult().getMessage(), result.exceptionResult());
        }
    }

    private List<String> rows() {
        return jdbc.queryForList("SELECT id || ' ' || version || ' ' || total FROM sum_view ORDER BY id", String.class);
    }
}
