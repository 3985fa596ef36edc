package io.masumi.node.platform.eventstore;

import io.masumi.node.platform.loop.Patience;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.command.CommandLease;

/** Processes of the node that are connected to its database; they would go on reading and writing where the events were before. */
final class OtherProcesses {

    /** As what a process that moves events is known to PostgreSQL; one of the node is known as {@code masumi-node}. */
    static final String OWN_NAME = "masumi-copy-events";

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final JdbcClient database;
    private final CommandLease lease;
    private final Duration patience;

    /** @param lease of this process, so that no other takes commands meanwhile. @param patience how long the connections of killed processes may linger */
    OtherProcesses(JdbcClient database, CommandLease lease, Duration patience) {
        this.database = database;
        this.lease = lease;
        this.patience = patience;
    }

    /** @throws EventCopyException when one that decides is connected to Axon Server and does not go away: it may have no database */
    void requireNone(AxonServerEvents axonServer) {
        requireNone(() -> axonServer.isDecidedOn() ? List.of(axonServer.name()) : List.of(),
                "A process of this node with the role command is connected to ", "");
    }

    /** @throws EventCopyException naming one of them, when it does not go away */
    void requireNone() {
        requireNone(this::connected, "A process of this node is connected to its database (from ", ")");
    }

    private void requireNone(Supplier<List<String>> look, String before, String after) {
        if (!lease.isCertain()) {
            throw new EventCopyException("The connection that keeps other processes of this node away was lost: repeat this");
        }
        Patience.of(patience, LOOK_EVERY, EventCopyException.class).invoke(() -> {
            List<String> others = look.get();
            if (!others.isEmpty()) {
                throw new EventCopyException(before + String.join(", ", others) + after + ": stop all of them, and repeat this");
            }
        });
    }

    private List<String> connected() {
        // Within a transaction PostgreSQL would show what it showed at the first look.
        database.sql("SELECT pg_stat_clear_snapshot()").query((row, _) -> row.getString(1)).list();
        return database.sql("""
                SELECT DISTINCT COALESCE(host(client_addr), 'this machine') FROM pg_stat_activity
                WHERE datname = current_database() AND application_name = 'masumi-node' ORDER BY 1 LIMIT 5""").query(String.class).list();
    }
}
