package io.masumi.node.chain.process;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the node looks for intents that got lost.
 *
 * @param interval how often
 * @param after how long a record must have been as it is
 */
@ConfigurationProperties("masumi.sweep")
public record SweepSettings(@DefaultValue("10m") Duration interval, @DefaultValue("2m") Duration after) {

    /** @throws IllegalArgumentException naming the setting that makes no sense */
    public SweepSettings {
        if (!interval.isPositive() || after.isNegative()) {
            throw new IllegalArgumentException("masumi.sweep.interval must be more than nothing, masumi.sweep.after must not be negative");
        }
    }
}
