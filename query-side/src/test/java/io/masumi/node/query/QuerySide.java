package io.masumi.node.query;

import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTestConfiguration;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A node that only remembers, and a log to fill it from. */
@Configuration(proxyBeanMethods = false)
@Import(NodeTestConfiguration.class)
public class QuerySide {

    /** For {@code properties} of a test. */
    public static final String ROLE = "masumi.roles=query";

    @Bean
    EventLog eventLog(EventStore store, TransactionManager transactions, MutableClock clock) {
        return new EventLog(store, transactions, clock);
    }
}
