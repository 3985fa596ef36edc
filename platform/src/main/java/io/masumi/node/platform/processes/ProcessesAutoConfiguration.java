package io.masumi.node.platform.processes;

import java.time.Clock;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;

import com.zaxxer.hikari.HikariDataSource;

import io.masumi.node.platform.axon.ProcessorSettings;
import io.masumi.node.platform.database.DatabaseAutoConfiguration;
import io.masumi.node.platform.database.DatabaseUrl;
import io.masumi.node.platform.database.EmbeddedPostgresServer;
import io.masumi.node.platform.database.WithDatabaseUrl;
import io.masumi.node.platform.serialization.StoredJson;

/** What the processes of a node know of each other. The embedded database has one process only. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
@EnableConfigurationProperties(ProcessorSettings.class)
public class ProcessesAutoConfiguration {

    @Bean
    NodeProcesses nodeProcesses(ProcessorSettings settings) {
        return new NodeProcesses(settings.segments());
    }

    @Bean
    @ConditionalOnBean(DataSource.class)
    Announcements announcements(NodeProcesses processes, DataSource dataSource, ObjectProvider<EmbeddedPostgresServer> embedded) {
        return new Announcements(processes.id(), JdbcClient.create(dataSource), StoredJson.mapper(), embedded.getIfAvailable() != null);
    }

    @Bean
    @ConditionalOnBean(DataSource.class)
    @Conditional(WithDatabaseUrl.class)
    @DependsOnDatabaseInitialization
    ProcessLine processLine(HikariDataSource pool, NodeProcesses processes, Announcements announcements,
            ObjectProvider<HeardAgain> lookers, Clock clock) {
        return new ProcessLine(DatabaseUrl.of(pool), processes, announcements, lookers.orderedStream().toList(), clock);
    }
}
