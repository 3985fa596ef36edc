package io.masumi.node.platform.deadline;

import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.masumi.node.platform.serialization.SagaNames;
import io.masumi.node.platform.serialization.StoredJson;

/** The form in which deadlines are stored, for whatever process brings the tables up to date. */
@Configuration(proxyBeanMethods = false)
public class StoredDeadlinesConfiguration {

    @Bean
    StoredDeadlines storedDeadlines(SagaNames sagas) {
        return new StoredDeadlines(sagas, StoredJson.mapper());
    }

    @Bean
    JavaMigration deadlinesByName(StoredDeadlines format) {
        return new V110__Deadlines_by_name(format);
    }
}
