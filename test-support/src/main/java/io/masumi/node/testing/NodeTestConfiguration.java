package io.masumi.node.testing;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every {@link NodeTest} has: name it in {@code classes} beside the components under test. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NodeTestConfiguration {

    /** In whole milliseconds, as times are on the chain and on the wire. */
    @Bean
    MutableClock clock() {
        return new MutableClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    }

    @Bean
    Processors processors(EventProcessingConfiguration processing, EventStorageEngine events) {
        return new Processors(processing, events);
    }
}
