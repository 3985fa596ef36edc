package io.masumi.node.platform.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

import io.masumi.node.platform.NotNowException;
import io.masumi.node.platform.database.ProcessLock;
import io.masumi.node.platform.database.ProcessLocks;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.platform.loop.BackgroundLoop;
import io.masumi.node.platform.loop.Patience;

/**
 * This process's right to handle commands, which one process of a database has at a time: aggregates in memory are the newest only as long
 * as nobody else writes events. It is taken before the first command, for the life of the process, and hangs on a lock of the database.
 *
 * <p>While that lock is not certainly held, no command is handled. When it is lost it is taken again; if another process had it meanwhile,
 * this one must end. Whoever takes it from a process that did not give it back waits until that one must have noticed.
 */
public final class CommandLease implements SmartLifecycle, HealthReporter {

    /** Before and after everything that sends or handles commands. */
    public static final int PHASE = Integer.MIN_VALUE / 2;

    private static final Logger LOG = LoggerFactory.getLogger(CommandLease.class);

    private static final String LOCK = "commands";

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final String REFUSAL = "The node does not take this now, because it is not certain that no other process does; nothing"
            + " was done, send it again later";

    private final ProcessLocks locks;
    private final CommandHolders holders;
    private final boolean shared;
    private final Duration patience;
    private final Clock clock;
    private final Consumer<String> broken;

    private volatile Standing standing = new Standing(State.NONE, null, 0, null);
    private final BackgroundLoop watch = BackgroundLoop.every(LOOK_EVERY, "command-lease", this::look);

    private enum State {
        /** Not taken yet, or given back. */
        NONE,
        HELD,
        /** The connection is lost; whether another process takes it is open. */
        LOST,
        /** Another process has it. */
        OVER
    }

    /** @param term how often it was taken by this process. @param since when it was lost */
    private record Standing(State state, ProcessLock lock, long term, Instant since) {}

    /**
     * @param shared whether other processes can be on this database at all
     * @param patience how long to wait at the start for another process to end: the session of a killed one lives on for some seconds when
     *            the network did not say that it is gone
     * @param broken told why, when another process took it and this one must end
     */
    CommandLease(ProcessLocks locks, CommandHolders holders, boolean shared, Duration patience, Clock clock, Consumer<String> broken) {
        this.locks = locks;
        this.holders = holders;
        this.shared = shared;
        this.patience = patience;
        this.clock = clock;
        this.broken = broken;
    }

    /** Whether no other process can have handled a command since the term began. It costs next to nothing to ask. */
    public boolean isCertain() {
        Standing now = standing;
        return now.state() == State.HELD && now.lock().isHeld();
    }

    /** What was known in another term is worth nothing in this one. */
    long term() {
        return standing.term();
    }

    /** @throws NotNowException unless {@link #isCertain()} */
    void require() {
        if (!isCertain()) {
            throw new NotNowException(REFUSAL);
        }
    }

    /** @throws AnotherCommandProcessException when another process has it and does not go */
    @Override
    public void start() {
        ProcessLock lock = take();
        try {
            Optional<CommandHolders.Holder> unfinished = holders.succeed();
            if (unfinished.isPresent() && shared) {
                LOG.info("The process {} handled commands until it was killed or lost its connection; commands are taken in {} s, when it"
                        + " must have noticed", unfinished.get().process(), ProcessLocks.CERTAIN.toSeconds() + 1);
                Thread.sleep(ProcessLocks.CERTAIN.plusSeconds(1));
            }
        } catch (InterruptedException e) {
            lock.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node is stopping", e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
        standing = new Standing(State.HELD, lock, 1, null);
        watch.start();
    }

    private ProcessLock take() {
        Optional<ProcessLock> taken = locks.take(LOCK);
        if (taken.isPresent()) {
            return taken.get();
        }
        LOG.warn("Another process with the role command works on this database ({}). Waiting for {} s in case it is about to end",
                holders.present(), patience.toSeconds());
        return Patience.of(patience, LOOK_EVERY, AnotherCommandProcessException.class)
                .invoke(() -> locks.take(LOCK).orElseThrow(() -> new AnotherCommandProcessException(holders.present())));
    }

    @Override
    public void stop() {
        watch.stop();
        synchronized (this) {
            Standing last = standing;
            standing = new Standing(State.NONE, null, last.term(), null);
            if (last.state() == State.HELD) {
                if (last.lock().isHeld()) {
                    giveBack();
                }
                last.lock().close();
            }
        }
    }

    private void giveBack() {
        try {
            holders.release();
        } catch (DataAccessException e) {
            LOG.warn("It could not be noted that this process handles no commands any more; the next one waits some seconds: {}",
                    e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return standing.state() != State.NONE;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public List<Concern> concerns() {
        Standing now = standing;
        return switch (now.state()) {
            case NONE -> List.of();
            case HELD -> now.lock().isHeld() ? List.of() : List.of(refusing(clock.instant()));
            case LOST -> List.of(refusing(now.since()));
            case OVER -> List.of(new Concern("command", "", "another process handles the commands of this database now. This one takes none"
                    + " any more: end it, and have one process with the role command", now.since()));
        };
    }

    private static Concern refusing(Instant since) {
        return new Concern("command", "", "the connection that makes sure that no other process handles commands does not answer: commands"
                + " are refused with 503, and nothing of them is done. It goes on by itself when the database answers", since);
    }

    private synchronized void look() {
        if (standing.state() == State.HELD && standing.lock().isLost()) {
            standing.lock().close();
            standing = new Standing(State.LOST, null, standing.term(), clock.instant());
            LOG.warn("The lock on handling commands is lost with its connection; commands are refused until it is held again");
        }
        if (standing.state() == State.LOST) {
            takeAgain();
        }
    }

    private void takeAgain() {
        try {
            Optional<ProcessLock> taken = locks.take(LOCK);
            if (!isUninterrupted(taken)) {
                taken.ifPresent(ProcessLock::close);
                end(holders.present());
            } else if (taken.isPresent()) {
                standing = new Standing(State.HELD, taken.get(), standing.term() + 1, null);
                LOG.info("The lock on handling commands is held again, and no other process had it meanwhile");
            }
        } catch (DataAccessException e) {
            LOG.debug("The lock on handling commands cannot be taken yet", e);
        }
    }

    /** Who has the lock need not be another process: PostgreSQL may still be ending the session that this one had before. */
    private boolean isUninterrupted(Optional<ProcessLock> taken) {
        try {
            return holders.isThisProcess();
        } catch (DataAccessException e) {
            taken.ifPresent(ProcessLock::close);
            throw e;
        }
    }

    private void end(String successor) {
        standing = new Standing(State.OVER, null, standing.term(), clock.instant());
        String why = "this process lost its connection to the database, and another one with the role command has taken over (" + successor
                + "). " + AnotherCommandProcessException.POSSIBLE;
        LOG.error("The node cannot go on: {}", why);
        broken.accept(why);
    }
}
