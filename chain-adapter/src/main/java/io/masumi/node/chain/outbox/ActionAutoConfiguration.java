package io.masumi.node.chain.outbox;

import io.masumi.node.chain.CardanoAutoConfiguration;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.cardano.transaction.TransactionFactory;
import io.masumi.node.chain.clock.ClockSkews;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.follower.reading.FinalReadings;
import io.masumi.node.chain.follower.reading.ReadAgainHandler;
import io.masumi.node.chain.follower.reading.Rereadings;
import io.masumi.node.chain.loop.SourceDealing;
import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.loop.SourceLoops;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.database.DatabaseAutoConfiguration;
import io.masumi.node.platform.database.ProcessLocks;
import io.masumi.node.platform.health.HealthReporter;
import io.masumi.node.platform.processes.Announcements;
import io.masumi.node.platform.processes.NodeProcesses;
import io.masumi.node.platform.serialization.StoredJson;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Chain actions, for processes that act on the chain. */
@AutoConfiguration(after = {DatabaseAutoConfiguration.class, CardanoAutoConfiguration.class})
@ConditionalOnRole("chain")
@EnableConfigurationProperties(ChainSettings.class)
public class ActionAutoConfiguration {

    @Bean
    SourceLock sourceLock(ProcessLocks locks) {
        return new SourceLock(locks);
    }

    @Bean
    SourceDealing sourceDealing(NodeProcesses processes, Announcements announcements) {
        return new SourceDealing(processes, announcements);
    }

    @Bean
    SourceStandings sourceStandings(JdbcClient jdbc, Clock clock) {
        return new SourceStandings(jdbc, clock);
    }

    @Bean
    AwaitedTransactions awaitedTransactions(JdbcClient jdbc, Clock clock) {
        return new AwaitedTransactions(jdbc, clock);
    }

    @Bean
    Rereadings rereadings(JdbcClient jdbc, Clock clock) {
        return new Rereadings(jdbc, clock);
    }

    @Bean
    FinalReadings finalReadings(Rereadings rereadings, Sources sources, EventStore events) {
        return new FinalReadings(rereadings, sources, events);
    }

    @Bean
    ReadAgainHandler readAgainHandler(Sources sources, ChainProviders providers, Rereadings rereadings, AwaitedTransactions awaited) {
        return new ReadAgainHandler(sources, providers, rereadings, awaited);
    }

    @Bean
    ReservationStore reservationStore(JdbcClient jdbc) {
        return new ReservationStore(jdbc, StoredJson.mapper());
    }

    @Bean
    TransactionStore transactionStore(JdbcClient jdbc, ReservationStore reservations, Clock clock) {
        return new TransactionStore(jdbc, reservations, clock);
    }

    @Bean
    EscrowPositionStore escrowPositionStore(JdbcClient jdbc) {
        return new EscrowPositionStore(jdbc);
    }

    @Bean
    Rollbacks rollbacks(ActionStore actions, EscrowPositionStore positions, ReservationStore reservations,
            PlatformTransactionManager transactionManager, TransactionStore transactions, SourceStandings standings, SourceLock lock) {
        return new StoredRollbacks(actions, positions, reservations, new TransactionTemplate(transactionManager), transactions, standings,
                lock);
    }

    @Bean
    ActionStore chainActionStore(JdbcClient jdbc, Clock clock) {
        return new ActionStore(jdbc, StoredJson.mapper(), clock);
    }

    @Bean
    ChainActions chainActions(ActionStore actions, EscrowPositionStore positions, TransactionStore transactions,
            SourceLoops chainActionLoops, JdbcClient jdbc) {
        return new StoredChainActions(actions, positions, new HeardEvents(jdbc), transactions, chainActionLoops::wake);
    }

    @Bean
    GivenUpStore givenUpStore(JdbcClient jdbc, Clock clock) {
        return new GivenUpStore(jdbc, new ChainActionJson(StoredJson.mapper()), clock);
    }

    @Bean
    RecordCommands recordCommands(CommandGateway commands, JdbcClient jdbc) {
        return new RecordCommands(commands, jdbc);
    }

    @Bean
    AggregateReports aggregateReports(RecordCommands commands, ActionStore actions) {
        return new AggregateReports(commands, actions);
    }

    @Bean
    GivenUpReports givenUpReports(GivenUpStore store, AggregateReports reports) {
        return new GivenUpReports(store, reports);
    }

    @Bean
    SourceLoops chainActionLoops(ActionStore actions, EscrowPositionStore positions, TransactionStore transactions,
            ReservationStore reservations, SourceStandings standings,
            PlatformTransactionManager transactionManager, Clock clock, ChainProviders providers, TransactionFactory factory,
            AggregateReports reports, GivenUpStore givenUp, GivenUpReports givenUpReports, QueryGateway queries, Sources sources,
            SourceLock lock,
            SourceDealing dealing,
            ChainSettings settings, AwaitedTransactions awaited, ClockSkews skews) {
        TransactionTemplate inTransaction = new TransactionTemplate(transactionManager);
        TransactionDropper dropper = new TransactionDropper(actions, transactions, reservations, givenUp, inTransaction,
                settings.lostTransactions());
        ActionFailures failures = new ActionFailures(actions, transactions, reports, settings, clock);
        TransactionSubmitter submitter = new TransactionSubmitter(actions, transactions, dropper, reports, settings, skews, clock);
        WalletMerges merges = new WalletMerges(actions, transactions, factory, submitter, inTransaction);
        ActionBuilder builder = new ActionBuilder(actions, positions, transactions, factory, submitter, merges, failures, inTransaction,
                settings,
                clock);
        HotWallets wallets = new HotWallets(queries);
        WalletCare care = new WalletCare(wallets, merges, clock);
        TransactionTracker tracker = new TransactionTracker(actions, transactions, reservations, positions, dropper, givenUp, reports,
                inTransaction, standings,
                awaited,
                settings, skews, clock);
        return new SourceLoops(
                new ActionWork(actions, transactions, reservations, wallets, builder, care, submitter, tracker, givenUpReports, providers,
                        standings, settings),
                sources, lock, dealing, settings, clock);
    }

    @Bean
    WalletMergeHandler walletMergeHandler(QueryGateway queries, ActionStore actions, ReservationStore reservations,
            ChainProviders providers, SourceLoops chainActionLoops, Clock clock) {
        return new WalletMergeHandler(new HotWallets(queries), actions, reservations, providers, chainActionLoops::wake, clock);
    }

    @Bean
    HealthReporter walletHealth(ActionStore actions) {
        return actions::waitingForMoney;
    }
}
