package io.masumi.node.chain.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.source.PaymentSourceId;

/** By how much this machine's clock is wrong, as the chain providers see it. Thread-safe. */
public final class ClockSkews implements HealthReporter {

    private static final Logger LOG = LoggerFactory.getLogger(ClockSkews.class);

    private static final Duration SAME = Duration.ofSeconds(10);

    private final Duration tolerance;
    private final Clock clock;
    private final Map<PaymentSourceId, Skew> skews = new ConcurrentHashMap<>();

    /** @param measured how often it was so, in a row */
    private record Skew(Duration ahead, Instant since, int measured) {

        String words() {
            Duration size = ahead.abs();
            String much = size.compareTo(Duration.ofMinutes(2)) < 0
                    ? size.toSeconds() + " seconds"
                    : size.plusSeconds(30).toMinutes() + " minutes";
            return "the clock of this machine is " + much + (ahead.isNegative() ? " slow" : " fast") + " by that of the chain provider";
        }
    }

    /** @param tolerance differences up to this are no concern */
    ClockSkews(Duration tolerance, Clock clock) {
        this.tolerance = tolerance;
        this.clock = clock;
    }

    /** @param ahead how far this machine's clock is ahead of that of the source's provider; negative when it is behind */
    void measured(PaymentSourceId source, Duration ahead) {
        if (ahead.abs().compareTo(tolerance) <= 0) {
            if (skews.remove(source) != null) {
                LOG.info("The clock of this machine agrees with that of the chain provider of payment source {} again", source);
            }
            return;
        }
        Skew skew = skews.merge(source, new Skew(ahead, clock.instant(), 1), ClockSkews::goesOn);
        // At doubling intervals: whoever reads the log shall find it, and other things too.
        if (Integer.bitCount(skew.measured()) == 1) {
            LOG.warn("{} (payment source {}): transactions are refused and deadlines missed; set it, or have it set by NTP", skew.words(),
                    source);
        }
    }

    /** Says the same as long as about the same is measured: records that repeat it shall not change with every second. */
    private static Skew goesOn(Skew known, Skew now) {
        Duration limit = SAME.compareTo(known.ahead().abs().dividedBy(10)) > 0 ? SAME : known.ahead().abs().dividedBy(10);
        boolean same = known.ahead().minus(now.ahead()).abs().compareTo(limit) <= 0;
        return new Skew(same ? known.ahead() : now.ahead(), known.since(), known.measured() + 1);
    }

    /** How this machine's clock is wrong, in words; empty when it is right, or nobody can tell. */
    public Optional<String> of(PaymentSourceId source) {
        return Optional.ofNullable(skews.get(source)).map(Skew::words);
    }

    @Override
    public List<Concern> concerns() {
        return skews.entrySet().stream().map(each -> new Concern("clock", each.getKey().value(), each.getValue().words()
                + ": transactions are refused and deadlines missed. Set it, or have it set by NTP; if it is right, the provider's is wrong",
                each.getValue().since())).toList();
    }
}
