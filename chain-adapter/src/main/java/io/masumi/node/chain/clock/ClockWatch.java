package io.masumi.node.chain.clock;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.source.PaymentSourceId;

/** Compares this machine's clock with those of the chain providers in use, every half a minute. */
public final class ClockWatch {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private static final Duration BETWEEN = Duration.ofSeconds(30);

    private final BlockfrostChainProviders providers;
    private final ClockSkews skews;
    private final Map<PaymentSourceId, Long> lookedNanos = new HashMap<>();

    ClockWatch(BlockfrostChainProviders providers, ClockSkews skews) {
        this.providers = providers;
        this.skews = skews;
    }

    /** Looks at once, whenever the last look was. */
    public void look() {
        providers.inUse().forEach(this::look);
    }

    private void look(PaymentSourceId source) {
        try {
            providers.of(source).clockAhead().ifPresent(ahead -> skews.measured(source, ahead));
        } catch (RuntimeException e) {
            LOG.warn("The clock of the chain provider of payment source {} cannot be looked at: {}", source, e.toString());
        }
    }

    /** Looks at those whose time has come. */
    void lookWhereDue() {
        providers.inUse().stream().filter(this::isDue).forEach(source -> {
            lookedNanos.put(source, System.nanoTime());
            look(source);
        });
    }

    private boolean isDue(PaymentSourceId source) {
        Long looked = lookedNanos.get(source);
        return looked == null || System.nanoTime() - looked > BETWEEN.toNanos();
    }
}
