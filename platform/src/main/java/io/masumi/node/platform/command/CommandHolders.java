package io.masumi.node.platform.command;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;

import io.masumi.node.platform.processes.NodeProcesses;

/** The row that says which process handles commands, or did last. To be written only under the lock on handling commands. */
final class CommandHolders {

    private static final String NOBODY = "nothing is known of it";

    private final JdbcClient database;
    private final Clock clock;
    private final String process = NodeProcesses.newId();

    CommandHolders(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param process its number, machine, and something that is its own */
    record Holder(String process, boolean released) {}

    /** This process handles commands from now on. @return its predecessor, if that one did not say that it was done */
    Optional<Holder> succeed() {
        Optional<Holder> before = last();
        database.sql("""
                INSERT INTO command_holder (process, since, released) VALUES (:process, :since, FALSE)
                ON CONFLICT (one) DO UPDATE SET process = EXCLUDED.process, since = EXCLUDED.since, released = FALSE""")
                .param("process", process).param("since", clock.instant().atOffset(ZoneOffset.UTC)).update();
        return before.filter(holder -> !holder.released());
    }

    /** This process handles none any more. */
    void release() {
        database.sql("UPDATE command_holder SET released = TRUE WHERE process = ?").param(process).update();
    }

    /** Whether nobody came after this one. */
    boolean isThisProcess() {
        return last().filter(holder -> holder.process().equals(process)).isPresent();
    }

    /** The one that has the lock, in words. */
    String present() {
        String name = database.sql("SELECT process || ', since ' || to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS \"UTC\"')"
                + " FROM command_holder WHERE NOT released").query(String.class).optional().orElse(NOBODY);
        return name + database.sql("""
                SELECT '; PostgreSQL''s session ' || pid || COALESCE(' from ' || host(client_addr), '') FROM pg_stat_activity
                WHERE pid IN (SELECT pid FROM pg_locks, (SELECT hashtextextended(?, 0) AS key) AS lock
                    WHERE locktype = 'advisory' AND granted AND objsubid = 1
                        AND classid::bigint = key >> 32 & 4294967295 AND objid::bigint = key & 4294967295
                        AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
                LIMIT 1""").param("commands").query(String.class).optional().orElse("");
    }

    private Optional<Holder> last() {
        return database.sql("SELECT process, released FROM command_holder")
                .query((row, _) -> new Holder(row.getString(1), row.getBoolean(2))).optional();
    }
}
