package io.masumi.node.platform.database;

import io.masumi.node.platform.loop.BackgroundLoop;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;

/**
 * Locks by name between all processes that share the node's database, and between the threads of each: one thread at a time has a lock, and
 * taking one's own again fails as taking another's does. All locks of a process hang on one connection (PostgreSQL's advisory locks), so
 * PostgreSQL frees them when the process dies.
 *
 * <p>The connection is looked at every second. When it breaks all locks are lost ({@link ProcessLock#isHeld}); they are taken again, as far
 * as no other process has them, for what is still done under them. <b>What is done under a lock must be safe all the same</b>: it may be
 * lost in the middle of it.
 */
public final class ProcessLocks implements AutoCloseable {

    /** For so long after a sign of life the connection is certainly there. */
    public static final Duration CERTAIN = Duration.ofSeconds(4);

    /** A process that is not heard of for so long has no locks any more. */
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TRY_EVERY = Duration.ofMillis(50);
    private static final String TASK = "lock between processes";

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLocks.class);

    private final DatabaseUrl url;
    private final Duration silence;
    /** Threads of this process take turns here first: PostgreSQL gives a session its own locks again. */
    private final Map<String, Semaphore> turns = new ConcurrentHashMap<>();
    private final Set<Held> held = new LinkedHashSet<>();
    /** Sessions that were given up and are not certainly ended, with locks of ours. */
    private final List<LockSession.Identity> lost = new ArrayList<>();

    private LockSession session;
    private Failure failure;
    private final BackgroundLoop watch = BackgroundLoop.every(LOOK_EVERY, "process-locks", this::look);
    private boolean closed;
    private volatile SignOfLife newest = SignOfLife.never();

    /** @param atNanos when it could not be connected. @param why what it said */
    private record Failure(long atNanos, SQLException why) {}

    /** No connection is opened before the first lock is asked for. @param url of the database that all processes of the node share */
    ProcessLocks(DatabaseUrl url) {
        this(url, SILENCE);
    }

    /** For tests, which are in a hurry. */
    ProcessLocks(DatabaseUrl url, Duration silence) {
        this.url = url;
        this.silence = silence;
    }

    /**
     * The lock, if no thread of any process has it or waits for it.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not answer
     */
    public Optional<ProcessLock> take(String name) {
        Semaphore turn = turn(name);
        if (!isFirst(turn)) {
            return Optional.empty();
        }
        Optional<ProcessLock> taken = Optional.empty();
        try {
            taken = takenNow(name, turn);
            return taken;
        } finally {
            if (taken.isEmpty()) {
                turn.release();
            }
        }
    }

    /**
     * The lock, once it is free, and before anybody who only looks whether it is.
     *
     * @throws org.springframework.dao.DataAccessException when the database does not answer
     * @throws InterruptedException when the thread is interrupted while it waits
     */
    public ProcessLock await(String name) throws InterruptedException {
        Semaphore turn = turn(name);
        turn.acquire();
        Waiting waiting = new Waiting(name, turn);
        try {
            Optional<ProcessLock> taken = waiting.taken();
            while (taken.isEmpty()) {
                Thread.sleep(TRY_EVERY);
                taken = waiting.taken();
            }
            return taken.get();
        } finally {
            waiting.end();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            drop();
        }
        watch.stop();
    }

    private Semaphore turn(String name) {
        return turns.computeIfAbsent(name, _ -> new Semaphore(1, true));
    }

    /** Without patience, but fair to those who wait. */
    private static boolean isFirst(Semaphore turn) {
        try {
            return turn.tryAcquire(0, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized Optional<ProcessLock> takenNow(String name, Semaphore turn) {
        return asked(here -> here.takeUnlessAwaited(name)) ? Optional.of(hold(name, turn)) : Optional.empty();
    }

    private Held hold(String name, Semaphore turn) {
        Held lock = new Held(name, turn);
        held.add(lock);
        return lock;
    }

    private synchronized void giveBack(Held lock) {
        if (!held.remove(lock)) {
            return;
        }
        try {
            if (lock.inSession != null && lock.inSession == session) {
                session.free(lock.name);
            }
        } catch (SQLException e) {
            broken(e);
        } finally {
            lock.turn.release();
        }
    }

    @FunctionalInterface
    private interface Question {

        boolean to(LockSession session) throws SQLException;
    }

    /** Whoever comes while the database is away must not wait for each other's attempts. */
    private boolean asked(Question question) {
        if (closed) {
            throw new IllegalStateException("The node is stopping");
        }
        try {
            if (session == null) {
                if (failure != null && System.nanoTime() - failure.atNanos() < LOOK_EVERY.toNanos()) {
                    throw failure.why();
                }
                connect();
            }
            return question.to(session);
        } catch (SQLException e) {
            broken(e);
            throw Objects.requireNonNullElseGet(new SQLStateSQLExceptionTranslator().translate(TASK, null, e),
                    () -> new UncategorizedSQLException(TASK, null, e));
        }
    }

    private void connect() throws SQLException {
        try {
            SignOfLife sign = SignOfLife.now();
            session = LockSession.open(url, silence);
            failure = null;
            while (!lost.isEmpty()) {
                session.end(lost.getFirst());
                lost.removeFirst();
            }
            newest = sign;
            if (!watch.isRunning()) {
                watch.start();
            }
        } catch (SQLException e) {
            failure = new Failure(System.nanoTime(), e);
            throw e;
        }
    }

    private void broken(SQLException why) {
        if (session == null) {
            return;
        }
        lost.add(session.identity());
        drop();
        LOG.warn("The connection on which the locks of this process hang is lost ({}): {}", why.getMessage(),
                held.isEmpty() ? "none was held" : held.stream().map(lock -> lock.name).collect(Collectors.joining(", ")));
    }

    private void drop() {
        newest = SignOfLife.never();
        held.forEach(lock -> {
            lock.inSession = null;
            lock.gapless = false;
        });
        if (session != null) {
            session.close();
            session = null;
        }
    }

    private synchronized void look() {
        if (closed || session == null && held.isEmpty()) {
            return;
        }
        SignOfLife sign = SignOfLife.now();
        try {
            if (session == null) {
                connect();
            } else if (session.holds((int) held.stream().filter(lock -> lock.inSession == session).count())) {
                newest = sign;
            } else {
                throw new SQLException("it is another session; advisory locks need one that lasts, so no pooler of transactions");
            }
            takeAgain();
        } catch (SQLException e) {
            broken(e);
        }
    }

    private void takeAgain() throws SQLException {
        for (Held lock : List.copyOf(held)) {
            if (lock.inSession == null && session.take(lock.name)) {
                lock.inSession = session;
                LOG.info("Lock {} is held again, for what is still done under it", lock.name);
            }
        }
    }

    private final class Held implements ProcessLock {

        private final String name;
        private final Semaphore turn;
        private LockSession inSession = session;
        private volatile boolean gapless = true;

        private Held(String name, Semaphore turn) {
            this.name = name;
            this.turn = turn;
        }

        @Override
        public boolean isHeld() {
            return gapless && newest.isYoungerThan(CERTAIN);
        }

        @Override
        public boolean isLost() {
            return !gapless;
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    /** One thread's place in the queue that all processes have for a lock: the one who is next has a lock on that. */
    private final class Waiting {

        private final String name;
        private final Semaphore turn;
        private LockSession nextIn;
        private boolean done;

        private Waiting(String name, Semaphore turn) {
            this.name = name;
            this.turn = turn;
        }

        private Optional<ProcessLock> taken() {
            synchronized (ProcessLocks.this) {
                boolean isNext = nextIn != null && nextIn == session || asked(here -> here.beNext(name));
                if (!isNext) {
                    return Optional.empty();
                }
                nextIn = session;
                if (!asked(here -> here.take(name))) {
                    return Optional.empty();
                }
                done = true;
                return Optional.of(hold(name, turn));
            }
        }

        private void end() {
            synchronized (ProcessLocks.this) {
                try {
                    if (nextIn != null && nextIn == session) {
                        session.beNextNoMore(name);
                    }
                } catch (SQLException e) {
                    broken(e);
                }
            }
            if (!done) {
                turn.release();
            }
        }
    }
}
