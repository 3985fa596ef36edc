package io.masumi.node.platform.database;

import java.nio.file.Path;

import javax.sql.DataSource;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

import com.zaxxer.hikari.HikariDataSource;

/** A pool over the given PostgreSQL server, or over the embedded one when none is given. */
@AutoConfiguration(before = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@EnableConfigurationProperties(DatabaseSettings.class)
public class DatabaseAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(DataSource.class)
    @Conditional(WithoutDatabaseUrl.class)
    EmbeddedPostgresServer embeddedPostgresServer(@Value("${masumi.data-dir}") Path dataDirectory, DatabaseSettings settings) {
        return EmbeddedPostgresServer.start(dataDirectory.resolve("postgres"), settings.binaries());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(DataSource.class)
    HikariDataSource dataSource(DatabaseSettings settings, ObjectProvider<EmbeddedPostgresServer> embedded) {
        var server = embedded.getIfAvailable();
        var url = server == null ? DatabaseUrl.parse(settings.url()) : server.url();
        var pool = new HikariDataSource();
        pool.setPoolName("masumi");
        pool.setJdbcUrl(url.jdbcUrl());
        url.user().ifPresent(pool::setUsername);
        url.password().ifPresent(pool::setPassword);
        pool.addDataSourceProperty("ApplicationName", "masumi-node");
        pool.setMaximumPoolSize(settings.poolSize());
        pool.setMinimumIdle(Math.min(4, settings.poolSize()));
        return pool;
    }

    @Bean(destroyMethod = "close")
    LockConnections lockConnections(HikariDataSource dataSource) {
        return new LockConnections(dataSource);
    }
}
