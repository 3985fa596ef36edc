package io.masumi.node.chain.cardano.provider;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a provider has been doing. Many loops ask one provider several times a second: of an outage the log says the first failure, then one
 * now and then, and that it is over.
 */
final class Outages {

    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final Duration FIRST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(10);

    private final String provider;
    private final Clock clock;

    private Instant lastSuccess;
    private Instant lastFailure;
    private String lastError;
    private Instant failingSince;
    private Duration silence = FIRST_SILENCE;
    private Instant silentUntil = Instant.MIN;
    private boolean said;

    /** @param provider its host's name */
    Outages(String provider, Clock clock) {
        this.provider = provider;
        this.clock = clock;
    }

    synchronized void succeeded() {
        lastSuccess = clock.instant();
        failingSince = null;
        if (said) {
            said = false;
            LOG.info("chain provider {} answers again", provider);
        }
    }

    /** @param path what it was asked for */
    synchronized void failed(String failure, String path) {
        lastFailure = clock.instant();
        lastError = failure;
        if (failingSince == null) {
            failingSince = lastFailure;
        }
        if (lastFailure.isBefore(silentUntil)) {
            LOG.debug("chain provider {} {} (asked for {})", provider, failure, path);
            return;
        }
        boolean goesOn = silentUntil.isAfter(lastFailure.minus(silence));
        silence = goesOn && silence.multipliedBy(2).compareTo(LONGEST_SILENCE) < 0
                ? silence.multipliedBy(2)
                : goesOn ? LONGEST_SILENCE : FIRST_SILENCE;
        silentUntil = lastFailure.plus(silence);
        said = true;
        LOG.warn(
                "chain provider {} {} (asked for {}). What asks it waits and goes on by itself when it answers; the next word of this comes in"
                        + " {} at the earliest",
                provider, failure, path, silence);
    }

    /** Null when there was none yet. */
    synchronized Instant lastSuccess() {
        return lastSuccess;
    }

    /** Null when there was none yet. */
    synchronized Instant lastFailure() {
        return lastFailure;
    }

    /** Since when no call has succeeded, null when the newest did or there was none. */
    synchronized Instant failingSince() {
        return failingSince;
    }

    /** Null when there was none yet. */
    synchronized String lastError() {
        return lastError;
    }
}
