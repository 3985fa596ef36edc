package io.masumi.node.platform.processes;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;

/**
 * The processes of the node that are alive, and what each works at. Each says so every second, in the table {@code node_process}; one that
 * was not heard of for {@link #SILENCE} is taken for dead.
 */
public final class NodeProcesses {

    /** Shorter than the patience of whoever waits for what a dead process was to do. */
    static final Duration SILENCE = Duration.ofSeconds(4);

    private static final String FORGOTTEN_AFTER = "1 hour";

    private final String id;
    private final int segments;
    private final Set<String> works = new ConcurrentSkipListSet<>();
    private volatile List<Member> living = List.of();

    /** @param segments into how many parts the busy event processors are to be divided */
    private record Member(String id, Set<String> works, int segments) {}

    /** Before the first beat it knows only this process. */
    NodeProcesses(int segments) {
        this.id = newId();
        this.segments = segments;
    }

    /** With a random part: containers may have the same host name and process number, and contexts of a test the same process. */
    public static String newId() {
        return ManagementFactory.getRuntimeMXBean().getName() + "/" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Of this process; each start has another. */
    public String id() {
        return id;
    }

    /** This process is ready to do a part of that work. */
    public void worksAt(String work) {
        works.add(work);
    }

    /** The processes that share that work, this one among them, in the order of their ids. */
    public List<String> workersAt(String work) {
        ArrayList<String> workers = living.stream().filter(each -> !each.id().equals(id) && each.works().contains(work)).map(Member::id)
                .collect(Collectors.toCollection(ArrayList::new));
        workers.add(id);
        workers.sort(null);
        return workers;
    }

    /** Into how many parts the busy event processors are to be divided: as the process says that started last. */
    public int wantedSegments() {
        return living.isEmpty() ? segments : living.getLast().segments();
    }

    /** @return whether another process died since the last beat, without taking its leave */
    boolean beat(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO node_process (id, works_at, segments, started_at, heard_at)
                VALUES (?, ?, ?, clock_timestamp(), clock_timestamp())
                ON CONFLICT (id) DO UPDATE SET heard_at = EXCLUDED.heard_at, works_at = EXCLUDED.works_at""")) {
            statement.setString(1, id);
            statement.setArray(2, connection.createArrayOf("text", works.toArray()));
            statement.setInt(3, segments);
            statement.executeUpdate();
        }
        return look(connection);
    }

    private boolean look(Connection connection) throws SQLException {
        List<Member> alive = new ArrayList<>();
        boolean died = false;
        try (PreparedStatement statement = connection.prepareStatement("SELECT id, works_at, segments,"
                + " heard_at > clock_timestamp() - ? * INTERVAL '1 ms' AS alive FROM node_process ORDER BY started_at, id")) {
            statement.setLong(1, SILENCE.toMillis());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String other = row.getString("id");
                    if (row.getBoolean("alive")) {
                        alive.add(new Member(other, Set.of((String[]) row.getArray("works_at").getArray()), row.getInt("segments")));
                    } else {
                        died |= living.stream().anyMatch(member -> member.id().equals(other));
                    }
                }
            }
        }
        living = List.copyOf(alive);
        return died;
    }

    /** Forgets those that died long ago. */
    void tidyUp(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection
                .prepareStatement("DELETE FROM node_process WHERE heard_at < clock_timestamp() - INTERVAL '" + FORGOTTEN_AFTER + "'")) {
            statement.executeUpdate();
        }
    }

    /** The others take over at once what this process did. */
    void leave(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM node_process WHERE id = ?")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
    }
}
