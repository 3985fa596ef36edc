package io.masumi.node.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import javax.sql.DataSource;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.platform.command.CommandLease;
import io.masumi.node.testing.TestPostgres;

/** The moment in which it changes where a node's events are. */
class SwitchedStoresTest {

    private final String url = TestPostgres.newDatabase();
    private final ConfigurableApplicationContext moving = new SpringApplicationBuilder(EventMoveConfiguration.class)
            .web(WebApplicationType.NONE).properties("masumi.database.url=" + url, "axon.axonserver.enabled=false").run();
    private final JdbcClient jdbc = JdbcClient.create(moving.getBean(DataSource.class));
    private final JdbcClient elsewhere = JdbcClient.create(new DriverManagerDataSource(url));
    private final TransactionTemplate transaction = new TransactionTemplate(moving.getBean(PlatformTransactionManager.class));

    @AfterEach
    void stop() {
        moving.close();
    }

    @Test
    void processesThatComeAndGoInTheMiddleOfItAreSeen() {
        OtherProcesses others = new OtherProcesses(jdbc, moving.getBean(CommandLease.class), Duration.ZERO);
        transaction.executeWithoutResult(_ -> {
            others.requireNone();
            try (Connection _ = DriverManager.getConnection(url + "&ApplicationName=masumi-node")) {
                assertThatThrownBy(others::requireNone).isInstanceOf(EventCopyException.class);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            Awaitility.await().pollInSameThread().ignoreException(EventCopyException.class).until(() -> {
                others.requireNone();
                return true;
            });
        });
    }

    @Test
    void aProcessThatStartsInTheMiddleOfItLearnsWhatCameOfIt() {
        AxonServerRecord record = new AxonServerRecord(jdbc);
        DatabaseHoldsEvents starting = new DatabaseHoldsEvents(new AxonServerRecord(elsewhere));
        CompletableFuture<Void> started = transaction.execute(_ -> {
            record.switching();
            CompletableFuture<Void> start = CompletableFuture.runAsync(starting::start);
            Awaitility.await().until(() -> start.isDone()
                    || elsewhere.sql("SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_class ON oid = relation WHERE NOT granted"
                            + " AND relname = 'events_in_axon_server')").query(Boolean.class).single());
            record.beginsThere(Instant.EPOCH);
            return start;
        });
        assertThatThrownBy(started::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(WrongEventStoreException.class);
    }
}
