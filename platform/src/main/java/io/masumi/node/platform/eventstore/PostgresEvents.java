package io.masumi.node.platform.eventstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.axonframework.common.DateTimeUtils;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.Serializer;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** The events in the node's database. Their global indexes grow with their positions, but leave some numbers out. */
final class PostgresEvents implements EventLog {

    private static final String COLUMNS = "eventIdentifier, type, aggregateIdentifier, sequenceNumber, timeStamp, payloadType,"
            + " payloadRevision, payload, metaData";

    private final JdbcTemplate database;
    private final TransactionOperations transactions;
    private final Serializer serializer;

    /** @param serializer of metadata */
    PostgresEvents(JdbcTemplate database, TransactionOperations transactions, Serializer serializer) {
        this.database = database;
        this.transactions = transactions;
        this.serializer = serializer;
    }

    @Override
    public String name() {
        return "the database";
    }

    @Override
    public long size() {
        return upTo(Long.MAX_VALUE);
    }

    /** How many events have that global index or a lower one. */
    long upTo(long globalIndex) {
        return database.queryForObject("SELECT count(*) FROM DomainEventEntry WHERE globalIndex <= ?", Long.class, globalIndex);
    }

    /** The global index of the event at a position, if there is one. */
    OptionalLong indexAt(long position) {
        return database.query("SELECT globalIndex FROM DomainEventEntry ORDER BY globalIndex LIMIT 1 OFFSET ?",
                (row, _) -> row.getLong(1), position).stream().mapToLong(Long::longValue).findFirst();
    }

    @Override
    public Reader from(long position) {
        return new Pages(indexAt(position).orElse(Long.MAX_VALUE));
    }

    @Override
    public void append(List<StoredEvent> events) {
        try {
            transactions.executeWithoutResult(_ -> database.batchUpdate(
                    "INSERT INTO DomainEventEntry (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", events, events.size(),
                    (row, event) -> {
                        row.setString(1, event.identifier());
                        row.setString(2, event.type());
                        row.setString(3, event.aggregate());
                        row.setLong(4, event.sequence());
                        row.setString(5, DateTimeUtils.formatInstant(event.timestamp()));
                        row.setString(6, event.payloadType());
                        row.setString(7, event.revision());
                        row.setBytes(8, event.payload());
                        row.setBytes(9, serializer.serialize(MetaData.from(event.metadata()), byte[].class).getData());
                    }));
        } catch (DataAccessException e) {
            throw new EventCopyException("The database did not take events (" + e.getMostSpecificCause().getMessage()
                    + "). What it took before stays: repeat this, and it goes on from there", e);
        }
    }

    private StoredEvent event(ResultSet row) throws SQLException {
        byte[] metadata = row.getBytes("metaData");
        Map<String, ?> read = metadata == null ? Map.of() : serializer.deserialize(new SerializedMetaData<>(metadata, byte[].class));
        return StoredEvent.of(row.getString("eventIdentifier"), row.getString("type"), row.getString("aggregateIdentifier"),
                row.getLong("sequenceNumber"), DateTimeUtils.parseInstant(row.getString("timeStamp")), row.getString("payloadType"),
                row.getString("payloadRevision"), row.getBytes("payload"), read);
    }

    private final class Pages implements Reader {

        private long next;

        private Pages(long first) {
            next = first;
        }

        @Override
        public List<StoredEvent> next(int number) {
            List<StoredEvent> page = database.query("SELECT globalIndex, " + COLUMNS
                    + " FROM DomainEventEntry WHERE globalIndex >= ? ORDER BY globalIndex LIMIT ?", (row, _) -> {
                        next = row.getLong("globalIndex") + 1;
                        return event(row);
                    }, next, number);
            if (page.size() < number) {
                throw new EventCopyException("The database has fewer events than a moment ago");
            }
            return page;
        }

        @Override
        public void close() {}
    }
}
