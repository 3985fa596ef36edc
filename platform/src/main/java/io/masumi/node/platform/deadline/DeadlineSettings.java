package io.masumi.node.platform.deadline;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How deadlines are watched.
 *
 * @param pollingInterval how late a deadline may fire
 * @param threads         how many are worked on at a time
 */
@ConfigurationProperties("masumi.deadlines")
public record DeadlineSettings(
        @DefaultValue("500ms") Duration pollingInterval,
        @DefaultValue("4") int threads) {}
