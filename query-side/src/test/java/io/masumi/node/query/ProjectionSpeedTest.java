package io.masumi.node.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.testing.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Measures how fast events become views, in one process and in two, and prints it; nothing hangs on the figures. Run with
 * {@code -Dmasumi.measure=true}. The processes are contexts of one JVM, so that they share its processors.
 */
@EnabledIfSystemProperty(named = "masumi.measure", matches = "true")
class ProjectionSpeedTest {

    private static final int SALES = 2000;
    private static final List<String> VIEWS = List.of("payment-view", "purchase-view");

    @Test
    void oneProcessAndTwo() {
        measured(1, 4, 0);
        for (int rowMillis : new int[]{0, 4}) {
            for (int segments : new int[]{1, 4}) {
                for (int processes : new int[]{1, 2}) {
                    System.out.println(measured(processes, segments, rowMillis));
                }
            }
        }
    }

    /** @param rowMillis how much longer the database takes to write a row: then the processors of this machine are not what limits */
    private static String measured(int processes, int segments, int rowMillis) {
        String url = TestPostgres.newDatabase();
        List<ConfigurableApplicationContext> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < processes; i++) {
                nodes.add(new SpringApplicationBuilder(QuerySide.class).web(WebApplicationType.NONE)
                        .properties(Map.of("masumi.database.url", url, "masumi.roles", "query", "masumi.processors.segments", segments))
                        .run());
            }
            JdbcClient database = nodes.getFirst().getBean(JdbcClient.class);
            if (segments > 1) {
                Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> database.sql("SELECT count(DISTINCT owner) FROM TokenEntry"
                        + " WHERE processorName = 'payment-view'").query(Integer.class).single() == processes);
            }
            nodes.forEach(node -> views(node).forEach(EventProcessor::shutDown));
            slowDown(database, rowMillis);
            EventLog log = nodes.getFirst().getBean(EventLog.class);
            IntStream.range(0, SALES).mapToObj(Sale::number).forEach(sale -> {
                log.sold(sale);
                log.bought(sale);
            });
            long events = database.sql("SELECT count(*) FROM DomainEventEntry").query(Long.class).single();
            long begun = System.nanoTime();
            nodes.forEach(node -> views(node).forEach(EventProcessor::start));
            Awaitility.await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofMillis(50))
                    .until(() -> database.sql("SELECT coalesce(sum(version + 1), 0) FROM (SELECT version FROM payment_view UNION ALL"
                            + " SELECT version FROM purchase_view) AS rows").query(Long.class).single() == events);
            long millis = (System.nanoTime() - begun) / 1_000_000;
            assertThat(millis).isPositive();
            return processes + " processes, " + segments + " segments, " + rowMillis + " ms more for each row: " + events + " events in "
                    + millis + " ms, " + events * 1000 / millis + " a second";
        } finally {
            nodes.forEach(ConfigurableApplicationContext::close);
        }
    }

    private static void slowDown(JdbcClient database, int rowMillis) {
        if (rowMillis > 0) {
            database.sql("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(" + rowMillis
                    + " / 1000.0); RETURN NULL; END $$").update();
            for (String table : List.of("payment_view", "purchase_view")) {
                database.sql("CREATE TRIGGER slow AFTER INSERT OR UPDATE ON " + table + " FOR EACH STATEMENT EXECUTE FUNCTION slow()")
                        .update();
            }
        }
    }

    private static Stream<EventProcessor> views(ConfigurableApplicationContext node) {
        return VIEWS.stream().map(view -> node.getBean(EventProcessingConfiguration.class).eventProcessor(view).orElseThrow());
    }
}
