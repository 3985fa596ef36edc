package io.masumi.node.platform.deadline;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import javax.sql.DataSource;

import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.ConfigurationScopeAwareProvider;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.DeadlineManagerSpanFactory;
import org.axonframework.deadline.dbscheduler.DbSchedulerBinaryDeadlineDetails;
import org.axonframework.deadline.dbscheduler.DbSchedulerDeadlineManager;
import org.axonframework.serialization.Serializer;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.AxonDbSchedulerAutoConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.database.DatabaseAutoConfiguration;

/** Deadlines that are stored with the transaction that sets them, and outlive the process. */
@AutoConfiguration(after = {DatabaseAutoConfiguration.class, FlywayAutoConfiguration.class}, before = {
        AxonDbSchedulerAutoConfiguration.class, AxonAutoConfiguration.class})
@EnableConfigurationProperties(DeadlineSettings.class)
@Import(StoredDeadlinesConfiguration.class)
public class DeadlineAutoConfiguration {

    /** A deadline that a killed process was working on is taken up again after four missed beats. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(10);

    @Bean
    FailedDeadlinesReport failedDeadlinesReport(DataSource dataSource, StoredDeadlines format) {
        return new FailedDeadlinesReport(JdbcClient.create(dataSource), format);
    }

    /** Started and stopped by {@link SchedulerLifecycle}. */
    @Bean
    @DependsOnDatabaseInitialization
    Scheduler scheduler(DataSource dataSource, Clock clock, List<Task<?>> tasks, DeadlineSettings settings, StoredDeadlines format) {
        return new WallClockPolling(new TransactionAwareDataSourceProxy(dataSource), tasks)
                .serializer(format)
                .clock(clock::instant)
                .pollingInterval(settings.pollingInterval())
                .threads(settings.threads())
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(LONGEST_STOP)
                .build();
    }

    /** Axon's own task, but tried again within seconds when it fails instead of after five minutes. */
    @Bean
    @Qualifier("deadlineDetailsTask")
    Task<DbSchedulerBinaryDeadlineDetails> deadlineTask(ObjectProvider<DbSchedulerDeadlineManager> manager) {
        OneTimeTask<DbSchedulerBinaryDeadlineDetails> axons = (OneTimeTask<DbSchedulerBinaryDeadlineDetails>) DbSchedulerDeadlineManager
                .binaryTask(manager::getObject);
        return Tasks.oneTime(axons.getName(), DbSchedulerBinaryDeadlineDetails.class)
                .onFailure(new FailedDeadlines<>())
                .execute(axons::executeOnce);
    }

    @Bean
    DeadlineManager deadlineManager(Scheduler scheduler, Configuration configuration, @Qualifier("eventSerializer") Serializer serializer,
            TransactionManager transactions, DeadlineManagerSpanFactory spans) {
        return DbSchedulerDeadlineManager.builder()
                .scheduler(scheduler)
                .scopeAwareProvider(new DeadlineScopes(new ConfigurationScopeAwareProvider(configuration)))
                .serializer(serializer)
                .transactionManager(transactions)
                .spanFactory(spans)
                .startScheduler(false)
                .stopScheduler(false)
                .build();
    }

    /**
     * Only where sagas live, which set all deadlines that there are: another process on the same database could do nothing with them, and
     * each miss would double the wait.
     */
    @Bean
    @ConditionalOnRole("chain")
    SchedulerLifecycle schedulerLifecycle(Scheduler scheduler) {
        return new SchedulerLifecycle(scheduler);
    }
}
