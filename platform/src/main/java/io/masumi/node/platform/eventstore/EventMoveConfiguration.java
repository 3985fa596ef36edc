package io.masumi.node.platform.eventstore;

import java.time.Clock;
import java.time.Duration;

import org.axonframework.axonserver.connector.AxonServerConfiguration;
import org.axonframework.axonserver.connector.AxonServerConnectionManager;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import com.zaxxer.hikari.HikariDataSource;

import io.masumi.node.platform.ClockAutoConfiguration;
import io.masumi.node.platform.command.CommandLease;
import io.masumi.node.platform.command.CommandLeaseConfiguration;
import io.masumi.node.platform.database.DatabaseAutoConfiguration;
import io.masumi.node.platform.deadline.StoredDeadlinesConfiguration;
import io.masumi.node.platform.serialization.SerializationAutoConfiguration;
import io.masumi.node.platform.start.StartAutoConfiguration;
import io.masumi.node.platform.start.StartWaits;

/** A process that moves a node's events and does nothing else: the node's database and its connection to Axon Server, by its settings. */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({ClockAutoConfiguration.class, StartAutoConfiguration.class, DatabaseAutoConfiguration.class,
        FlywayAutoConfiguration.class,
        DataSourceTransactionManagerAutoConfiguration.class, SerializationAutoConfiguration.class})
@Import({CommandLeaseConfiguration.class, StoredDeadlinesConfiguration.class})
@EnableConfigurationProperties
public class EventMoveConfiguration {

    /** Processes of the node are told from this one by their names. */
    @Bean
    static BeanPostProcessor nameOfThisProcess() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool) {
                    pool.addDataSourceProperty("ApplicationName", OtherProcesses.OWN_NAME);
                }
                return bean;
            }
        };
    }

    @Bean
    AxonServerConfiguration axonServerConfiguration() {
        AxonServerConfiguration settings = new AxonServerConfiguration();
        settings.setComponentName(OtherProcesses.OWN_NAME);
        return settings;
    }

    @Bean(destroyMethod = "shutdown")
    AxonServerConnectionManager axonServerConnections(AxonServerConfiguration axonServerConfiguration) {
        return AxonServerConnectionManager.builder().routingServers(axonServerConfiguration.getServers())
                .axonServerConfiguration(axonServerConfiguration).build();
    }

    @Bean
    @DependsOnDatabaseInitialization
    EventMove eventMove(HikariDataSource dataSource, PlatformTransactionManager transactionManager, Serializer serializer,
            AxonServerConnectionManager connections, AxonServerConfiguration axonServerConfiguration, CommandLease lease, StartWaits waits,
            @Value("${masumi.commands.patience:15s}") Duration patience, Clock clock) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        TransactionTemplate transactions = new TransactionTemplate(transactionManager);
        AxonServerRecord record = new AxonServerRecord(jdbc);
        PostgresEvents database = new PostgresEvents(new JdbcTemplate(dataSource), transactions, serializer);
        AxonServerEvents axonServer = new AxonServerEvents(connections, axonServerConfiguration);
        Positions positions = new Positions(jdbc, database, serializer);
        return new EventMove(database, axonServer, record, new AxonServerHoldsEvents(record, positions, database, axonServer, waits, clock),
                positions, new OtherProcesses(jdbc, lease, patience), transactions, waits, clock);
    }
}
