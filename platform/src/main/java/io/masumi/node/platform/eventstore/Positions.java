package io.masumi.node.platform.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far event processors have read, and where what they set aside begins: global indexes while events are in the database, positions
 * while they are in Axon Server. In the transaction of whoever asks, and while nobody reads or writes events.
 */
final class Positions {

    private final JdbcClient database;
    private final PostgresEvents events;
    private final Serializer serializer;

    Positions(JdbcClient database, PostgresEvents events, Serializer serializer) {
        this.database = database;
        this.events = events;
        this.serializer = serializer;
    }

    private record Entry(String processor, int segment, TrackingToken token) {}

    /** From global indexes to positions in Axon Server. */
    void toAxonServer() {
        for (Entry entry : entries(GapAwareTrackingToken.class)) {
            write(entry, toAxonServer(entry.token()));
        }
        database.sql("""
                UPDATE set_aside SET event_index =
                    (SELECT count(*) FROM DomainEventEntry WHERE globalIndex < set_aside.event_index) WHERE event_index >= 0""").update();
    }

    /** From positions in Axon Server to global indexes of the same events, which are in the database again. */
    void toDatabase() {
        for (Entry entry : entries(GlobalSequenceTrackingToken.class)) {
            write(entry, toDatabase(entry.token()));
        }
        database.sql("""
                UPDATE set_aside SET event_index =
                    COALESCE((SELECT globalIndex FROM DomainEventEntry ORDER BY globalIndex LIMIT 1 OFFSET set_aside.event_index),
                        event_index)
                WHERE event_index >= 0""").update();
    }

    /** The last position in Axon Server up to which any processor has read; empty if none has. */
    OptionalLong furthest() {
        return entries(GlobalSequenceTrackingToken.class).stream().map(Entry::token).map(WrappedToken::unwrapUpperBound)
                .mapToLong(token -> ((GlobalSequenceTrackingToken) token).getGlobalIndex()).max();
    }

    private TrackingToken toAxonServer(TrackingToken token) {
        return switch (token) {
            case null -> null;
            case ReplayToken replay -> ReplayToken.createReplayToken(toAxonServer(replay.getTokenAtReset()),
                    toAxonServer(replay.getCurrentToken()), replay.context());
            default -> positionOf((GapAwareTrackingToken) WrappedToken.unwrapLowerBound(token));
        };
    }

    /** Most gaps are of transactions that were rolled back. Where an event came into one since, all from there on is read again. */
    private TrackingToken positionOf(GapAwareTrackingToken token) {
        long read = token == null ? -1 : token.getIndex();
        if (token != null && token.hasGaps()) {
            read = database.sql("SELECT min(globalIndex) - 1 FROM DomainEventEntry WHERE globalIndex = ANY (?)")
                    .param(token.getGaps().toArray(Long[]::new)).query(Long.class).optional().orElse(read);
        }
        long position = events.upTo(read) - 1;
        return position < 0 ? null : new GlobalSequenceTrackingToken(position);
    }

    private TrackingToken toDatabase(TrackingToken token) {
        return switch (token) {
            case null -> null;
            case ReplayToken replay -> ReplayToken.createReplayToken(toDatabase(replay.getTokenAtReset()),
                    toDatabase(replay.getCurrentToken()), replay.context());
            default -> WrappedToken.unwrapLowerBound(token) instanceof GlobalSequenceTrackingToken read && read.getGlobalIndex() >= 0
                    ? GapAwareTrackingToken.newInstance(indexAt(read.getGlobalIndex()), Set.of())
                    : null;
        };
    }

    private long indexAt(long position) {
        return events.indexAt(position).orElseThrow(() -> new EventCopyException(
                "An event processor has read up to position " + position + ", where the database has no event"));
    }

    private List<Entry> entries(Class<? extends TrackingToken> type) {
        return database.sql("SELECT processorName, segment, token, tokenType FROM TokenEntry WHERE token IS NOT NULL ORDER BY 1, 2")
                .query((row, _) -> entry(row)).list().stream()
                .filter(entry -> type.isInstance(WrappedToken.unwrapLowerBound(entry.token()))).toList();
    }

    private Entry entry(ResultSet row) throws SQLException {
        SerializedObject<byte[]> token = new SimpleSerializedObject<>(row.getBytes("token"), byte[].class, row.getString("tokenType"),
                null);
        return new Entry(row.getString("processorName"), row.getInt("segment"), serializer.deserialize(token));
    }

    /** Whoever had a claim is gone. */
    private void write(Entry entry, TrackingToken token) {
        Optional<SerializedObject<byte[]>> stored = Optional.ofNullable(token).map(it -> serializer.serialize(it, byte[].class));
        database.sql(
                "UPDATE TokenEntry SET token = :token, tokenType = :type, owner = NULL WHERE processorName = :name AND segment = :segment")
                .param("token", stored.map(SerializedObject::getData).orElse(null), java.sql.Types.BINARY)
                .param("type", stored.map(it -> it.getType().getName()).orElse(null), java.sql.Types.VARCHAR)
                .param("name", entry.processor()).param("segment", entry.segment()).update();
    }
}
