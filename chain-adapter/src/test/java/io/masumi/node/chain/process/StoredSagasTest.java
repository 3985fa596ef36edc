package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.masumi.node.platform.serialization.EventNameSerializer;
import io.masumi.node.platform.serialization.EventNames;
import io.masumi.node.platform.serialization.SagaName;
import io.masumi.node.platform.serialization.SagaNames;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.TestPostgres;

/**
 * Sagas and deadlines that were stored by other versions of the node, each of every kind: three payments and purchases, of which
 * one waits, one has a result and one ended, and an agent that is gone. The files are never edited. Whoever changes what a saga
 * holds in a way that this cannot be read raises its revision and adds a file.
 */
@Tag("slow")
class StoredSagasTest {

    private static final Instant STORED = Instant.parse("2026-11-28T00:00:00Z");
    /** What a purchase's saga said of the credits before it said what the purchase costs. */
    private static final String NOT_KEPT = "creditsRestored";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * In the order of what was stored: by the names of classes until V110 and V346, by names of their own, and with the number of the
     * newest event that was handled.
     */
    @ParameterizedTest
    @ValueSource(strings = {"by-class-names", "revision-1", "revision-1-with-handled"})
    void goOnInThisVersion(String stored) {
        String database = TestPostgres.newDatabase();
        try (Connection connection = new Connection(database)) {
            Flyway.configure().dataSource(connection.source).locations("classpath:db/migration")
                    .target(stored.equals("by-class-names") ? "345" : "latest").load().migrate();
            rows(stored, _ -> true).forEach(row -> connection.insert(row.get("table").textValue(), row.get("row").toString()));
            connection.numberOnFrom("domainevententry", "globalindex");
            connection.numberOnFrom("associationvalueentry", "id");
            connection.numberOnFrom("chain_action", "number");
        }
        MutableClock clock = new MutableClock(STORED);
        try (ConfigurableApplicationContext node = start(database, clock)) {
            JdbcClient jdbc = node.getBean(JdbcClient.class);
            assertThat(jdbc.sql("SELECT DISTINCT sagatype || ' ' || revision FROM sagaentry").query(String.class).list())
                    .containsExactlyInAnyOrder("masumi.saga.Payment 1", "masumi.saga.Purchase 1", "masumi.saga.Registration 1");
            assertThat(jdbc.sql("SELECT convert_from(task_data, 'UTF8') FROM scheduled_tasks").query(String.class).list())
                    .hasSize(rows(stored, row -> row.get("table").textValue().equals("scheduled_tasks")).size())
                    .allSatisfy(deadline -> assertThat(deadline).startsWith("{\"revision\":\"1\",\"deadline\":\"").contains("masumi.saga.")
                            .doesNotContain("io.masumi", "org.axonframework"));

            clock.advance(Duration.ofDays(2));
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(names(jdbc)).contains("masumi.payment.WithdrawalRequested");
                assertThat(jdbc.sql("SELECT role FROM awaited_end").query(String.class).list()).contains("Payment");
                assertThat(due(jdbc, clock)).isZero();
            });
            assertThat(sagas(jdbc)).as("those that ended are forgotten; that nothing was locked is for whoever follows the chain to say")
                    .containsExactlyInAnyOrder("masumi.saga.Payment", "masumi.saga.Payment", "masumi.saga.Purchase",
                            "masumi.saga.Purchase");
        }
    }

    static List<JsonNode> sagas() {
        return Stream.of("revision-1", "revision-1-with-handled")
                .flatMap(file -> rows(file, row -> row.get("table").textValue().equals("sagaentry")).stream()).toList();
    }

    @ParameterizedTest
    @MethodSource("sagas")
    void areWrittenInTheFormInWhichTheyWere(JsonNode example) throws IOException {
        Serializer serializer = new EventNameSerializer(EventNames.inPackage("io.masumi.node", getClass().getClassLoader()),
                SagaNames.inPackage("io.masumi.node.chain", getClass().getClassLoader()), StoredJson.mapper(), getClass().getClassLoader());
        JsonNode row = example.get("row");
        String text = row.get("serializedsaga").textValue();

        Object saga = serializer.deserialize(new SimpleSerializedObject<>(text.getBytes(StandardCharsets.UTF_8), byte[].class,
                row.get("sagatype").textValue(), row.get("revision").textValue()));
        SerializedObject<String> written = serializer.serialize(saga, String.class);

        assertThat(written.getType().getName()).isEqualTo(row.get("sagatype").textValue());
        assertThat(written.getType().getRevision()).isEqualTo(row.get("revision").textValue());
        ObjectNode expected = (ObjectNode) JSON.readTree(text);
        expected.remove(NOT_KEPT);
        assertThat(JSON.readTree(written.getData())).isEqualTo(expected);
    }

    @Test
    void noSagaIsForgottenHere() {
        List<SagaName> named = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.masumi.node").stream()
                .filter(type -> type.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(StartSaga.class)))
                .map(type -> type.reflect().getAnnotation(SagaName.class)).toList();

        assertThat(named).doesNotContainNull();
        assertThat(named).extracting(SagaName::value)
                .containsExactlyInAnyOrderElementsOf(
                        sagas().stream().map(row -> row.get("row").get("sagatype").textValue()).distinct().toList());
    }

    private static List<JsonNode> rows(String file, Predicate<JsonNode> wanted) {
        try (InputStream stored = StoredSagasTest.class.getResourceAsStream("/stored/" + file + ".jsonl")) {
            return new String(stored.readAllBytes(), StandardCharsets.UTF_8).lines().map(StoredSagasTest::parsed).filter(wanted).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> names(JdbcClient jdbc) {
        return jdbc.sql("SELECT payloadtype FROM domainevententry").query(String.class).list();
    }

    private static List<String> sagas(JdbcClient jdbc) {
        return jdbc.sql("SELECT sagatype FROM sagaentry").query(String.class).list();
    }

    private static long due(JdbcClient jdbc, MutableClock clock) {
        return jdbc.sql("SELECT count(*) FROM scheduled_tasks WHERE execution_time <= :now")
                .param("now", clock.instant().atOffset(java.time.ZoneOffset.UTC)).query(Long.class).single();
    }

    @EnableAutoConfiguration
    static class Node {}

    private static ConfigurableApplicationContext start(String database, Clock clock) {
        return new SpringApplicationBuilder(Node.class).web(WebApplicationType.NONE)
                .initializers(fresh -> ((GenericApplicationContext) fresh).registerBean("clock", Clock.class, () -> clock))
                .run("--masumi.database.url=" + database, "--masumi.roles=command,query,chain",
                        "--masumi.encryption-key=a-key-for-tests-only-0123456789abcdef", "--masumi.deadlines.polling-interval=50ms");
    }

    private static final class Connection implements AutoCloseable {

        private final SingleConnectionDataSource source;

        Connection(String database) {
            source = new SingleConnectionDataSource(database, true);
        }

        /** Members that the file has not are as the table has them by default. */
        void insert(String table, String row) {
            String columns = String.join(", ", (Iterable<String>) () -> parsed(row).fieldNames());
            JdbcClient.create(source)
                    .sql("INSERT INTO " + table + " (" + columns + ") SELECT " + columns + " FROM json_populate_record(null::"
                            + table + ", ?::json)")
                    .param(row).update();
        }

        void numberOnFrom(String table, String column) {
            JdbcClient.create(source)
                    .sql("SELECT setval(pg_get_serial_sequence('" + table + "', '" + column + "'), (SELECT max(" + column + ") FROM "
                            + table + "))")
                    .query(Long.class).single();
        }

        @Override
        public void close() {
            source.destroy();
        }
    }
}
