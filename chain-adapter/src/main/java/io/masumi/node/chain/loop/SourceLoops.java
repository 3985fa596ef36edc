package io.masumi.node.chain.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.spring.config.SpringAxonConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.platform.database.ProcessLock;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.query.source.PaymentSourceView;
import io.masumi.node.source.PaymentSourceId;

/**
 * Does one kind of work for every payment source that is this process's, each on a thread of its own so that a slow or broken provider holds
 * up nobody else's. New sources are taken up as they come; those of a process that is gone are dealt out anew, and a process that comes
 * is given some, each when the pass over it is at its end. A pass that fails is tried again with growing waits.
 */
public final class SourceLoops implements SmartLifecycle, HealthReporter {

    /**
     * Work that sends commands and queries begins when all their handlers are there, and ends before they go. Axon starts as a
     * whole in this Spring phase (SpringAxonConfiguration); its own phases are steps within it.
     */
    private static final int AFTER_AXON = SpringAxonConfiguration.LIFECYCLE_PHASE + 1;

    private static final Duration LOOK_FOR_SOURCES = Duration.ofSeconds(1);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    private static final Logger LOG = LoggerFactory.getLogger(SourceLoops.class);

    private final SourceWork work;
    private final Sources sources;
    private final SourceLock lock;
    private final SourceDealing dealing;
    private final ChainSettings settings;
    private final Clock clock;
    private final Map<PaymentSourceId, Semaphore> signals = new ConcurrentHashMap<>();
    private final Map<PaymentSourceId, Thread> threads = new ConcurrentHashMap<>();
    private volatile Set<PaymentSourceId> ours = Set.of();
    private final Map<PaymentSourceId, Instant> failingSince = new ConcurrentHashMap<>();
    private volatile boolean running;
    private Thread watcher;

    /** Loops for one kind of work; nothing runs before {@link #start()}. */
    public SourceLoops(SourceWork work, QueryGateway queries, SourceLock lock, SourceDealing dealing, ChainSettings settings,
            Clock clock) {
        this.work = work;
        this.sources = new Sources(queries);
        this.lock = lock;
        this.dealing = dealing;
        dealing.whenWoken(work.name(), this::signal);
        this.settings = settings;
        this.clock = clock;
    }

    /** There is something to do for that source: begin now instead of at the next poll. Costs nothing and never fails. */
    public void wake(PaymentSourceId source) {
        signal(source);
        if (!ours.contains(source)) {
            dealing.wake(work.name(), source);
        }
    }

    private void signal(PaymentSourceId source) {
        signals.computeIfAbsent(source, _ -> new Semaphore(0)).release();
    }

    @Override
    public void start() {
        running = true;
        watcher = Thread.ofPlatform().name(work.name() + "-sources").daemon().start(this::watch);
    }

    @Override
    public void stop() {
        running = false;
        if (watcher != null) {
            end(watcher);
        }
        threads.values().forEach(SourceLoops::end);
        threads.clear();
    }

    /** A provider that does not answer is that one's concern. */
    @Override
    public List<Concern> concerns() {
        return failingSince.entrySet().stream().map(each -> new Concern(work.name(), each.getKey().value(), "its work for this payment"
                + " source fails and is tried again by itself; the log says why", each.getValue())).toList();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AFTER_AXON;
    }

    private void watch() {
        int failures = 0;
        while (running) {
            Duration wait = LOOK_FOR_SOURCES;
            try {
                deal(sources.all());
                failures = 0;
            } catch (RuntimeException e) {
                wait = AFTER_FAILURE.after(++failures, RandomGenerator.getDefault());
                LOG.warn("{}: payment sources cannot be listed ({}), next try in {}", work.name(), e.getMessage(), wait);
            }
            if (!slept(wait)) {
                return;
            }
        }
    }

    private void deal(List<PaymentSourceView> all) {
        Set<PaymentSourceId> dealt = dealing.ours(all.stream().map(PaymentSourceView::id).toList());
        ours.stream().filter(id -> !dealt.contains(id)).forEach(id -> {
            LOG.info("{}: leaving payment source {} to another process", work.name(), id);
            signal(id);
        });
        ours = dealt;
        all.stream().filter(source -> dealt.contains(source.id())).forEach(this::takeUp);
    }

    private void takeUp(PaymentSourceView source) {
        threads.computeIfAbsent(source.id(), id -> {
            LOG.info("{}: taking up payment source {} at {}", work.name(), id, source.smartContractAddress());
            return Thread.ofPlatform().name(work.name() + "-" + id).daemon().start(() -> {
                try {
                    loop(source);
                } finally {
                    failingSince.remove(id);
                    threads.remove(id);
                }
            });
        });
    }

    private boolean isOurs(PaymentSourceView source) {
        return running && ours.contains(source.id());
    }

    /** Nobody else works on it as long as this has the lock; whoever had it before may still be at its last pass. */
    private void passUnderLock(PaymentSourceView source, Hold hold) {
        if (hold.lock == null || hold.lock.isLost()) {
            hold.close();
            hold.lock = lock.hold(work.name(), source.id()).orElse(null);
        }
        if (hold.lock != null) {
            lock.ifFree(work.name(), source.id(), () -> work.pass(source));
        }
    }

    private static final class Hold implements AutoCloseable {

        private ProcessLock lock;

        @Override
        public void close() {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    private void loop(PaymentSourceView source) {
        try (Hold hold = new Hold()) {
            loop(source, hold);
        }
    }

    private void loop(PaymentSourceView source, Hold hold) {
        Semaphore signal = signals.computeIfAbsent(source.id(), _ -> new Semaphore(0));
        Duration interval = settings.pollInterval(source.providerUrl());
        int failures = 0;
        while (isOurs(source)) {
            Duration wait = interval;
            signal.drainPermits();
            try {
                passUnderLock(source, hold);
                wait = hold.lock == null ? LOOK_FOR_SOURCES : interval;
                failures = 0;
                failingSince.remove(source.id());
            } catch (ProviderUnavailableException e) {
                if (!running) {
                    return;
                }
                wait = AFTER_FAILURE.after(++failures, RandomGenerator.getDefault());
                LOG.atLevel(e.isLogged() ? Level.DEBUG : Level.WARN).log(
                        "{}: provider of payment source {} does not answer ({}), next try in {}", work.name(), source.id(), e.getMessage(),
                        wait);
            } catch (RuntimeException | Error e) {
                // Errors too, such as a stranger's script that exhausts the stack: nobody would begin this thread again.
                if (!running) {
                    return;
                }
                failingSince.putIfAbsent(source.id(), clock.instant());
                wait = AFTER_FAILURE.after(++failures, RandomGenerator.getDefault());
                LOG.error("{}: pass over payment source {} failed, next try in {}", work.name(), source.id(), wait, e);
            }
            try {
                // After a failure signals do not count: new work would fail the same way, only faster.
                if (failures > 0) {
                    sleepWhileOurs(source, wait);
                } else {
                    signal.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                }
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Another process that is to work on it from now on need not wait for that. */
    private void sleepWhileOurs(PaymentSourceView source, Duration wait) throws InterruptedException {
        long end = System.nanoTime() + wait.toNanos();
        for (long left = wait.toMillis(); left > 0 && isOurs(source); left = (end - System.nanoTime()) / 1_000_000) {
            Thread.sleep(Math.min(left, LOOK_FOR_SOURCES.toMillis()));
        }
    }

    private static boolean slept(Duration wait) {
        try {
            Thread.sleep(wait);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            if (!thread.join(LONGEST_STOP)) {
                LOG.warn("{} does not stop; whatever it does now is taken up again at the next start", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
