package io.masumi.node.platform;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import io.masumi.node.platform.axon.AxonOnPostgresAutoConfiguration;
import io.masumi.node.platform.database.DatabaseAutoConfiguration;
import io.masumi.node.platform.deadline.DeadlineAutoConfiguration;
import io.masumi.node.platform.eventstore.EventStoreAutoConfiguration;
import io.masumi.node.platform.setaside.SetAsideAutoConfiguration;

/**
 * Over Axon Server, which keeps the events, aggregates and the edge need no database: a process that plays nothing else opens none. Taken
 * out by name, because what Spring Boot itself would set up asks no condition of ours.
 */
public final class ProcessesWithoutDatabase implements EnvironmentPostProcessor {

    private static final String EXCLUDED = "spring.autoconfigure.exclude";
    private static final Set<Role> NEED_IT = Set.of(Role.QUERY, Role.CHAIN);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        if (!environment.getProperty("axon.axonserver.enabled", Boolean.class, false)
                || Role.of(environment).stream().anyMatch(NEED_IT::contains)) {
            return;
        }
        String names = Stream.concat(
                Stream.of(DatabaseAutoConfiguration.class, AxonOnPostgresAutoConfiguration.class, DeadlineAutoConfiguration.class,
                        SetAsideAutoConfiguration.class, EventStoreAutoConfiguration.class, DataSourceAutoConfiguration.class,
                        FlywayAutoConfiguration.class)
                        .map(Class::getName),
                Stream.of(environment.getProperty(EXCLUDED, String[].class, new String[0]))).collect(Collectors.joining(","));
        environment.getPropertySources().addFirst(new MapPropertySource("a process without database", Map.of(EXCLUDED, names)));
    }
}
