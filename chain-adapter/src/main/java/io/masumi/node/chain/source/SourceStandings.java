package io.masumi.node.chain.source;

import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the chain that a payment source's provider shows is the one that was followed, and how often that was rolled back. */
public final class SourceStandings {

    private final JdbcClient database;
    private final Clock clock;

    public SourceStandings(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * How a source stands.
     *
     * @param rollbacks rollbacks that were handled so far
     * @param stoppedBecause why nothing is done for it, null while all is well
     * @param told whether the records of its open sales say so
     */
    public record Standing(long rollbacks, String stoppedBecause, boolean told) {

        private static final Standing NEW = new Standing(0, null, false);

        public boolean stopped() {
            return stoppedBecause != null;
        }
    }

    public Standing of(PaymentSourceId sourceId) {
        return read(sourceId, "");
    }

    /**
     * Whether no rollback was handled since the standing was read. Inside a database transaction this stays so until it ends:
     * what is decided in it cannot be overtaken by a rollback.
     */
    public boolean unchanged(PaymentSourceId sourceId, Standing since) {
        return read(sourceId, " for share").rollbacks() == since.rollbacks();
    }

    /** The newest block that the follower has seen: it notices the loss of this one, and of those before it. */
    public Optional<ChainPoint> newestSeen(PaymentSourceId sourceId) {
        return database.sql("select * from observed_block where source_id = :id order by block_height desc limit 1")
                .param("id", sourceId.value())
                .query((row, _) -> new ChainPoint(row.getLong("slot"), row.getString("block_hash"), row.getLong("block_height"),
                        row.getLong("block_time")))
                .optional();
    }

    /** A source is followed from now on. */
    public void begin(PaymentSourceId sourceId) {
        database.sql("insert into source_standing (source_id) values (:id) on conflict do nothing").param("id", sourceId.value()).update();
    }

    /** A rollback is handled in the caller's database transaction. */
    public void rolledBack(PaymentSourceId sourceId) {
        database.sql("""
                insert into source_standing (source_id, rollbacks) values (:id, 1)
                on conflict (source_id) do update set rollbacks = source_standing.rollbacks + 1""")
                .param("id", sourceId.value()).update();
    }

    /** From now on nothing is done for this source. @return whether that is news */
    public boolean stop(PaymentSourceId sourceId, String because) {
        return database.sql("""
                insert into source_standing (source_id, stopped_because, stopped_at) values (:id, :because, :now)
                on conflict (source_id) do update
                set stopped_because = excluded.stopped_because, stopped_at = excluded.stopped_at, told = false
                where source_standing.stopped_because is null""")
                .param("id", sourceId.value()).param("because", because).param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update() == 1;
    }

    @QueryHandler
    List<StoppedSource> stopped(FindStoppedSources query) {
        return database.sql("select source_id, stopped_because, stopped_at from source_standing where stopped_because is not null"
                + " order by stopped_at").query(
                        (row, _) -> new StoppedSource(new PaymentSourceId(row.getString("source_id")),
                                row.getString("stopped_because"), row.getObject("stopped_at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** The records of the source's open sales say that it is stopped. */
    public void told(PaymentSourceId sourceId) {
        database.sql("update source_standing set told = true where source_id = :id").param("id", sourceId.value()).update();
    }

    /** Its chain is the known one again. @return whether that is news */
    public boolean resume(PaymentSourceId sourceId) {
        return database.sql("""
                update source_standing set stopped_because = null, stopped_at = null, told = false
                where source_id = :id and stopped_because is not null""").param("id", sourceId.value()).update() == 1;
    }

    /** Its provider's list of the contract's transactions lacked something. @param what in words */
    public void foundIncomplete(PaymentSourceId sourceId, String what) {
        database.sql("""
                insert into source_standing (source_id, incomplete_at, incomplete_note) values (:id, :now, :note)
                on conflict (source_id) do update set incomplete_at = excluded.incomplete_at, incomplete_note = excluded.incomplete_note""")
                .param("id", sourceId.value()).param("now", clock.instant().atOffset(ZoneOffset.UTC)).param("note", what).update();
    }

    /** The sources whose lists lacked something since then, with what it was. */
    public List<Incomplete> incompleteSince(Instant since) {
        return database.sql("select source_id, incomplete_at, incomplete_note from source_standing where incomplete_at > :since")
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new Incomplete(new PaymentSourceId(row.getString("source_id")),
                        row.getObject("incomplete_at", OffsetDateTime.class).toInstant(), row.getString("incomplete_note")))
                .list();
    }

    /** A provider's list that lacked something. @param what in words */
    public record Incomplete(PaymentSourceId sourceId, Instant at, String what) {}

    private Standing read(PaymentSourceId sourceId, String lock) {
        Optional<Standing> known = database
                .sql("select rollbacks, stopped_because, told from source_standing where source_id = :id" + lock)
                .param("id", sourceId.value())
                .query((row, _) -> new Standing(row.getLong("rollbacks"), row.getString("stopped_because"), row.getBoolean("told")))
                .optional();
        return known.orElse(Standing.NEW);
    }
}
