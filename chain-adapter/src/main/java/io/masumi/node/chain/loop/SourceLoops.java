package io.masumi.node.chain.loop;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.platform.database.ProcessLock;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.platform.loop.BackgroundLoop;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.source.PaymentSourceId;

/**
 * Does one kind of work for every payment source that is this process's, each on a thread of its own so that a slow or broken provider holds
 * up nobody else's. New sources are taken up as they come; those of a process that is gone are dealt out anew, and a process that comes
 * is given some, each when the pass over it is at its end. A pass that fails is tried again with growing waits.
 */
public final class SourceLoops implements SmartLifecycle, HealthReporter {

    private static final Duration LOOK_FOR_SOURCES = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(SourceLoops.class);

    private final SourceWork work;
    private final SourceLock lock;
    private final SourceDealing dealing;
    private final ChainSettings settings;
    private final Clock clock;
    private final BackgroundLoop dealer;
    private final Map<PaymentSourceId, BackgroundLoop> loops = new ConcurrentHashMap<>();
    private volatile Set<PaymentSourceId> ours = Set.of();
    private final Map<PaymentSourceId, Instant> failingSince = new ConcurrentHashMap<>();

    /** Loops for one kind of work; nothing runs before {@link #start()}. */
    public SourceLoops(SourceWork work, Sources sources, SourceLock lock, SourceDealing dealing, ChainSettings settings,
            Clock clock) {
        this.work = work;
        this.lock = lock;
        this.dealing = dealing;
        dealing.whenWoken(work.name(), this::wakeHere);
        this.settings = settings;
        this.clock = clock;
        dealer = new BackgroundLoop(work.name() + "-sources", () -> {
            deal(sources.all());
            return LOOK_FOR_SOURCES;
        }).whenFailed((failure, wait) -> LOG.warn("{}: payment sources cannot be listed ({}), next try in {}", work.name(),
                failure.getMessage(), wait));
    }

    /** There is something to do for that source: begin now instead of at the next poll. Costs nothing and never fails. */
    public void wake(PaymentSourceId source) {
        wakeHere(source);
        if (!ours.contains(source)) {
            dealing.wake(work.name(), source);
        }
    }

    private void wakeHere(PaymentSourceId source) {
        Optional.ofNullable(loops.get(source)).ifPresent(BackgroundLoop::wake);
    }

    @Override
    public void start() {
        dealer.start();
    }

    @Override
    public void stop() {
        dealer.stop();
        loops.values().forEach(BackgroundLoop::stop);
    }

    /** A provider that does not answer is that one's concern. */
    @Override
    public List<Concern> concerns() {
        return failingSince.entrySet().stream().map(each -> new Concern(work.name(), each.getKey().value(), "its work for this payment"
                + " source fails and is tried again by itself; the log says why", each.getValue())).toList();
    }

    @Override
    public boolean isRunning() {
        return dealer.isRunning();
    }

    @Override
    public int getPhase() {
        return dealer.getPhase();
    }

    private void deal(List<Source> all) {
        Set<PaymentSourceId> dealt = dealing.ours(all.stream().map(Source::id).toList());
        ours.stream().filter(id -> !dealt.contains(id)).forEach(id -> {
            LOG.info("{}: leaving payment source {} to another process", work.name(), id);
            Optional.ofNullable(loops.get(id)).ifPresent(BackgroundLoop::leave);
        });
        ours = dealt;
        all.stream().filter(source -> dealt.contains(source.id())).forEach(this::takeUp);
    }

    private void takeUp(Source source) {
        loops.computeIfAbsent(source.id(), id -> {
            LOG.info("{}: taking up payment source {} at {}", work.name(), id, source.smartContractAddress());
            Hold hold = new Hold();
            BackgroundLoop loop = new BackgroundLoop(work.name() + "-" + id, () -> pass(source, hold))
                    .whenFailed((failure, wait) -> failed(id, failure, wait))
                    .whenEnded(() -> {
                        hold.close();
                        failingSince.remove(id);
                        loops.remove(id);
                    });
            loop.start();
            return loop;
        });
    }

    /** Nobody else works on it as long as this has the lock; whoever had it before may still be at its last pass. */
    private Duration pass(Source source, Hold hold) {
        if (hold.lock == null || hold.lock.isLost()) {
            hold.close();
            hold.lock = lock.hold(work.name(), source.id()).orElse(null);
        }
        if (hold.lock != null) {
            lock.ifFree(work.name(), source.id(), () -> work.pass(source));
        }
        failingSince.remove(source.id());
        return hold.lock == null ? LOOK_FOR_SOURCES : settings.pollInterval(source.providerUrl());
    }

    private void failed(PaymentSourceId source, Throwable failure, Duration wait) {
        if (failure instanceof ProviderUnavailableException silent) {
            LOG.atLevel(silent.isLogged() ? Level.DEBUG : Level.WARN).log(
                    "{}: provider of payment source {} does not answer ({}), next try in {}", work.name(), source, silent.getMessage(),
                    wait);
        } else {
            failingSince.putIfAbsent(source, clock.instant());
            LOG.error("{}: pass over payment source {} failed, next try in {}", work.name(), source, wait, failure);
        }
    }

    private static final class Hold {

        private ProcessLock lock;

        private void close() {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }
}
