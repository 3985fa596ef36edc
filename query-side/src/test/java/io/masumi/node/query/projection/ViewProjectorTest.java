package io.masumi.node.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.QuerySide;
import io.masumi.node.testing.NodeTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

@NodeTest(classes = QuerySide.class, properties = QuerySide.ROLE)
class ViewProjectorTest {

    /** Adds up numbers. */
    record Sum(String id, long version, long total) {}

    private record Added(String id, long sequenceNumber, long number) {}

    @Autowired
    private JdbcTemplate jdbc;
    @Autowired
    private TransactionManager transactions;

    private final List<Sum> announced = new ArrayList<>();
    private ViewProjector<Sum, Sum> view;

    @BeforeEach
    void anEmptyView() {
        jdbc.execute("DROP TABLE IF EXISTS sum_view");
        jdbc.execute("CREATE TABLE sum_view (id TEXT PRIMARY KEY, version BIGINT, total BIGINT CHECK (total < 1000), state TEXT)");
        var table = new ViewTable<Sum, Sum>(jdbc, StoredJson.mapper(), "sum_view", Sum.class, new Column<>("id", Sum::id),
                new Column<>("version", Sum::version), List.of(new Column<>("total", Sum::total)), Function.identity());
        view = new ViewProjector<>(table, Sum::version, Function.identity(), sum -> {
            // On another thread, which sees only what is committed.
            assertThat(CompletableFuture.supplyAsync(this::rows).join()).contains(sum.id() + " " + sum.version() + " " + sum.total());
            announced.add(sum);
        });
    }

    @Test
    void aBatchOfEventsIsTheSameAsOneAtATime() {
        inOneBatch(new Added("a", 0, 1), new Added("b", 0, 10), new Added("a", 1, 2), new Added("a", 2, 3));
        var batched = rows();
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
    }

    @Test
    void aRowNeverGoesBack() {
        inOneBatch(new Added("a", 0, 1), new Added("a", 1, 1));
        var table = new ViewTable<Sum, Sum>(jdbc, StoredJson.mapper(), "sum_view", Sum.class, new Column<>("id", Sum::id),
                new Column<>("version", Sum::version), List.of(new Column<>("total", Sum::total)), Function.identity());

        table.save(List.of(new Sum("a", 0, 99)));

        assertThat(rows()).containsExactly("a 1 2");
    }

    private void inOneBatch(Added... numbers) {
        var work = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage("batch"));
        work.attachTransaction(transactions);
        work.execute(() -> {
            for (var added : numbers) {
                view.project(added.id(), added.sequenceNumber(), sum -> new Sum(added.id(), added.sequenceNumber(),
                        (sum == null ? 0 : sum.total()) + added.number()));
            }
        });
    }

    private List<String> rows() {
        return jdbc.queryForList("SELECT id || ' ' || version || ' ' || total FROM sum_view ORDER BY id", String.class);
    }
}
