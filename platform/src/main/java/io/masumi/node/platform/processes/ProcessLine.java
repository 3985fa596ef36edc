package io.masumi.node.platform.processes;

import org.axonframework.spring.config.SpringAxonConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

import io.masumi.node.platform.database.DatabaseUrl;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.platform.loop.BackgroundLoop;

/**
 * The one connection on which this process listens to the others, and says every second that it lives. When it is lost, what may have been
 * missed is asked anew, again and again until it is there again.
 */
final class ProcessLine implements SmartLifecycle, HealthReporter {

    /** Before Axon starts, in whose phase events begin to be handled, and gone after that has stopped. */
    private static final int AROUND_AXON = SpringAxonConfiguration.LIFECYCLE_PHASE - 1;

    private static final Duration BEAT = Duration.ofSeconds(1);
    /** No statement of it takes longer but on a broken connection. */
    private static final Duration LONGEST = Duration.ofSeconds(2);
    /** A lost connection is made anew within a second when that is possible. */
    private static final Duration CONCERN_AFTER = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLine.class);

    private final DatabaseUrl url;
    private final NodeProcesses processes;
    private final Announcements announcements;
    private final List<HeardAgain> lookers;
    private final Clock clock;
    private volatile Instant silentSince;
    private final BackgroundLoop listener = BackgroundLoop.every(BEAT, "process-line", this::listen);
    private final BackgroundLoop sender = BackgroundLoop.every(BEAT, "announcements-sent", this::send);
    private ExecutorService hearing;

    ProcessLine(DatabaseUrl url, NodeProcesses processes, Announcements announcements, List<HeardAgain> lookers, Clock clock) {
        this.url = url;
        this.processes = processes;
        this.announcements = announcements;
        this.lookers = lookers;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        silentSince = clock.instant();
        hearing = Executors.newSingleThreadExecutor(Thread.ofPlatform().name("announcements-heard").daemon().factory());
        listener.start();
        sender.start();
    }

    @Override
    public synchronized void stop() {
        sender.stop();
        listener.stop();
        hearing.shutdownNow();
        try (Connection last = open()) {
            announcements.send();
            processes.leave(last);
        } catch (SQLException | DataAccessException e) {
            LOG.info("The other processes will notice only in a while that this one has stopped: {}", e.toString());
        }
    }

    @Override
    public boolean isRunning() {
        return listener.isRunning();
    }

    @Override
    public int getPhase() {
        return AROUND_AXON;
    }

    @Override
    public List<Concern> concerns() {
        Instant since = silentSince;
        return since == null || since.plus(CONCERN_AFTER).isAfter(clock.instant())
                ? List.of()
                : List.of(new Concern("processes", "", "this process hears nothing of the others, and has no connection of its own to the"
                        + " database for that: changes are shown up to a second late, and work is not dealt out. The log says why", since));
    }

    private void listen() {
        try (Connection connection = open()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN " + Announcements.CHANNEL);
            }
            processes.tidyUp(connection);
            processes.beat(connection);
            for (HeardAgain each : lookers) {
                each.look(connection);
            }
            silentSince = null;
            hear(announcements::missed);
            listen(connection);
        } catch (SQLException e) {
            if (listener.isRunning() && silentSince == null) {
                LOG.warn("The connection on which this process hears the others is lost, and made anew: {}", e.toString());
                silentSince = clock.instant();
            }
            hear(announcements::missed);
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection notifications = connection.unwrap(PGConnection.class);
        long beaten = System.nanoTime();
        while (listener.isRunning()) {
            long left = BEAT.toMillis() - (System.nanoTime() - beaten) / 1_000_000;
            // Zero would wait for ever.
            PGNotification[] heard = notifications.getNotifications((int) Math.max(1, left));
            if (heard != null) {
                for (PGNotification each : heard) {
                    hear(() -> announcements.heard(each.getParameter()));
                }
            }
            if (System.nanoTime() - beaten >= BEAT.toNanos()) {
                beaten = System.nanoTime();
                if (processes.beat(connection)) {
                    LOG.warn("Another process of the node has died; what it did is dealt out anew");
                    // It may have changed something, and not have come to telling it.
                    hear(announcements::missed);
                }
            }
        }
    }

    /** On another thread: looking at what changed may take longer than a beat. */
    private void hear(Runnable something) {
        try {
            hearing.execute(something);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing is heard any more while the node stops", e);
        }
    }

    private void send() throws InterruptedException {
        while (true) {
            announcements.awaitWork();
            announcements.send();
        }
    }

    private Connection open() throws SQLException {
        return url.open("masumi-processes", LONGEST);
    }
}
