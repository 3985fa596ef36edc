package io.masumi.node.chain.clock;

import java.time.Clock;
import java.time.Duration;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.masumi.node.chain.CardanoAutoConfiguration;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.loop.BackgroundLoop;

/** The look at the clock, in processes that act on the chain. */
@AutoConfiguration(after = CardanoAutoConfiguration.class)
@ConditionalOnRole("chain")
@EnableConfigurationProperties(ChainSettings.class)
public class ClockWatchAutoConfiguration {

    private static final Duration LOOK_FOR_PROVIDERS = Duration.ofSeconds(1);

    @Bean
    ClockSkews clockSkews(ChainSettings settings, Clock clock) {
        return new ClockSkews(settings.clockTolerance(), clock);
    }

    @Bean
    ClockWatch clockWatch(BlockfrostChainProviders providers, ClockSkews skews) {
        return new ClockWatch(providers, skews);
    }

    @Bean
    BackgroundLoop clockWatchLoop(ClockWatch watch) {
        return BackgroundLoop.every(LOOK_FOR_PROVIDERS, "clock-watch", watch::lookWhereDue);
    }
}
