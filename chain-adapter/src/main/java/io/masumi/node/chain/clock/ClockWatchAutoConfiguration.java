package io.masumi.node.chain.clock;

import java.time.Clock;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

import io.masumi.node.chain.CardanoAutoConfiguration;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.platform.ConditionalOnRole;

/** The look at the clock, in processes that act on the chain. */
@AutoConfiguration(after = CardanoAutoConfiguration.class)
@ConditionalOnRole("chain")
@EnableConfigurationProperties(ChainSettings.class)
public class ClockWatchAutoConfiguration {

    @Bean
    ClockSkews clockSkews(ChainSettings settings, Clock clock) {
        return new ClockSkews(settings.clockTolerance(), clock);
    }

    @Bean
    ClockWatch clockWatch(BlockfrostChainProviders providers, ClockSkews skews) {
        return new ClockWatch(providers, skews);
    }
}
