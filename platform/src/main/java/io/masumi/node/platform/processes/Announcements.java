package io.masumi.node.platform.processes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Tells the other processes of the node which records changed, by NOTIFY of PostgreSQL. It says only that something is to be looked at, and
 * may get lost: whoever hears of it looks at the record, and whoever may have missed something is told so and looks anew.
 *
 * <p>NOTIFY makes transactions commit one after the other, so it is never part of the transaction that changes something. What comes while
 * one is on its way goes together with the next.
 */
public final class Announcements {

    static final String CHANNEL = "masumi_node";

    /** PostgreSQL takes 7999 bytes. */
    private static final int LONGEST_TEXT = 7900;
    private static final int ROOM_FOR_IDS = 7000;

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private final String sender;
    private final JdbcClient database;
    private final ObjectMapper json;
    private final boolean alone;
    private final Map<String, Consumer<Set<String>>> listeners = new HashMap<>();
    private final List<Runnable> whenMissed = new CopyOnWriteArrayList<>();
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();

    private record Announcement(String from, String topic, List<String> ids) {}

    /** @param alone whether no other process can be there, so that nothing is sent */
    Announcements(String sender, JdbcClient database, ObjectMapper json, boolean alone) {
        this.sender = sender;
        this.database = database;
        this.json = json;
        this.alone = alone;
    }

    /** Hears what other processes tell. To be called before the node starts. @param listener of ids; empty when they are too many */
    public void hear(String topic, Consumer<Set<String>> listener) {
        listeners.put(topic, listener);
    }

    /** Is called whenever something may have been missed, again and again as long as nothing can be heard. */
    public void whenMissed(Runnable lookAnew) {
        whenMissed.add(lookAnew);
    }

    /** Tells the others of records that changed; to be called after the commit. Returns at once. */
    public void tell(String topic, Collection<String> ids) {
        if (alone || ids.isEmpty()) {
            return;
        }
        synchronized (waiting) {
            waiting.computeIfAbsent(topic, _ -> new LinkedHashSet<>()).addAll(ids);
            waiting.notifyAll();
        }
    }

    /** Waits until there is something to send. */
    void awaitWork() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty()) {
                waiting.wait();
            }
        }
    }

    /** Sends what there is. @throws org.springframework.dao.DataAccessException when it could not; then it is still there to be sent */
    void send() {
        Map<String, Set<String>> now;
        synchronized (waiting) {
            now = new LinkedHashMap<>(waiting);
            waiting.clear();
        }
        try {
            now.forEach((topic, ids) -> chunks(ids).forEach(chunk -> send(new Announcement(sender, topic, chunk))));
        } catch (RuntimeException e) {
            now.forEach(this::tell);
            throw e;
        }
    }

    private void send(Announcement announcement) {
        database.sql("SELECT pg_notify(?, ?)").params(CHANNEL, written(announcement)).query((row, _) -> "").list();
    }

    private static List<List<String>> chunks(Set<String> ids) {
        List<List<String>> chunks = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int length = 0;
        for (String id : ids) {
            int bytes = id.getBytes(StandardCharsets.UTF_8).length + 3;
            if (!chunk.isEmpty() && length + bytes > ROOM_FOR_IDS) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                length = 0;
            }
            chunk.add(id);
            length += bytes;
        }
        chunks.add(chunk);
        return chunks;
    }

    /** What another process told; what cannot be read is taken for missed. */
    void heard(String text) {
        try {
            Announcement it = json.readValue(text, Announcement.class);
            Consumer<Set<String>> listener = listeners.get(it.topic());
            if (listener != null && !it.from().equals(sender)) {
                listener.accept(new LinkedHashSet<>(it.ids()));
            }
        } catch (JsonProcessingException | RuntimeException e) {
            LOG.warn("What another process announced could not be looked at; all is asked anew: {}", e.toString());
            missed();
        }
    }

    /** Something may have been told that nobody heard here. */
    void missed() {
        whenMissed.forEach(Runnable::run);
    }

    private String written(Announcement announcement) {
        try {
            String text = json.writeValueAsString(announcement);
            return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TEXT
                    ? text
                    : json.writeValueAsString(new Announcement(sender, announcement.topic(), List.of()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("ids cannot be written as JSON", e);
        }
    }
}
