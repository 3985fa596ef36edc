package io.masumi.node.platform.database;

import java.nio.file.Path;
import java.time.Clock;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import com.zaxxer.hikari.HikariDataSource;

import io.masumi.node.platform.CannotGoOn;
import io.masumi.node.platform.Role;
import io.masumi.node.platform.start.StartWaits;

/** A pool over the given PostgreSQL server, or over the embedded one when none is given. */
@AutoConfiguration(before = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(DataSource.class)
    @Conditional(WithoutDatabaseUrl.class)
    EmbeddedPostgresServer embeddedPostgresServer(@Value("${masumi.data-dir}") Path dataDirectory, DatabaseSettings settings,
            ApplicationEventPublisher events) {
        return EmbeddedPostgresServer.start(dataDirectory.resolve("postgres"), settings.binaries(),
                why -> events.publishEvent(new CannotGoOn(this, why)));
    }

    @Bean
    @Conditional(WithoutDatabaseUrl.class)
    DiskReporter diskReporter(@Value("${masumi.data-dir}") Path dataDirectory,
            @Value("${masumi.health.least-free-disk:256MB}") DataSize leastFree, Clock clock) {
        return new DiskReporter(dataDirectory, leastFree.toBytes(), clock);
    }

    @Bean(destroyMethod = "close")
    DatabaseReporter databaseReporter(HikariDataSource pool, Clock clock) {
        return new DatabaseReporter(DatabaseUrl.of(pool), clock);
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(DataSource.class)
    HikariDataSource dataSource(DatabaseSettings settings, ObjectProvider<EmbeddedPostgresServer> embedded, StartWaits waits,
            Environment environment) {
        EmbeddedPostgresServer server = embedded.getIfAvailable();
        DatabaseUrl url = server == null ? DatabaseUrl.parse(settings.url()) : server.url();
        DatabaseAtStart.await(url, waits);
        HikariDataSource pool = new HikariDataSource();
        pool.setPoolName("masumi");
        pool.setJdbcUrl(url.jdbcUrl());
        url.user().ifPresent(pool::setUsername);
        url.password().ifPresent(pool::setPassword);
        pool.addDataSourceProperty("ApplicationName", "masumi-node");
        int size = settings.poolSize(Role.of(environment));
        pool.setMaximumPoolSize(size);
        pool.setMinimumIdle(Math.min(4, size));
        return pool;
    }

    @Bean
    KnownMigrations knownMigrations() {
        return new KnownMigrations();
    }

    @Bean(destroyMethod = "close")
    ProcessLocks processLocks(HikariDataSource pool) {
        return new ProcessLocks(DatabaseUrl.of(pool));
    }
}
