package io.masumi.node.chain.follower;

import java.time.Clock;

import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.outbox.ActionAutoConfiguration;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.chain.outbox.Rollbacks;
import io.masumi.node.chain.follower.ending.AwaitedEnds;
import io.masumi.node.chain.loop.SourceDealing;
import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.loop.SourceLoops;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.follower.reading.FinalReadings;
import io.masumi.node.chain.follower.reading.Rereadings;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.platform.ConditionalOnRole;

/** The followers, for processes that act on the chain. */
@AutoConfiguration(after = ActionAutoConfiguration.class)
@ConditionalOnRole("chain")
public class FollowerAutoConfiguration {

    @Bean
    AwaitedEnds awaitedEnds(JdbcClient jdbc, Clock clock) {
        return new AwaitedEnds(jdbc, clock);
    }

    @Bean
    SourceLoops followerLoops(JdbcClient jdbc, PlatformTransactionManager transactionManager, Clock clock, ChainProviders providers,
            RecordCommands commands, Sources sources, SourceLock lock, SourceDealing dealing, ChainSettings settings,
            SourceStandings standings,
            Rollbacks rollbacks, AwaitedTransactions awaited, Rereadings rereadings, FinalReadings finalReadings, AwaitedEnds ends,
            EventStore events) {
        TransactionTemplate inTransaction = new TransactionTemplate(transactionManager);
        FollowerStore store = new FollowerStore(jdbc, inTransaction, awaited, clock);
        SaleRecorder recorder = new SaleRecorder(commands);
        UnavailableTransactions unavailable = new UnavailableTransactions(clock);
        PendingRetries pendingRetries = new PendingRetries(new PendingRetryStore(jdbc, clock), recorder, unavailable);
        ChainWatch watch = new ChainWatch(store, pendingRetries, standings, rollbacks, recorder);
        KnownSales sales = new KnownSales(events, jdbc);
        MissedTransactions missed = new MissedTransactions(store, sales, unavailable);
        TransactionRecorder transactions = new TransactionRecorder(store, pendingRetries, recorder, missed, sales, standings, settings);
        AwaitedTransactionReader awaitedReader = new AwaitedTransactionReader(store, awaited, transactions, missed, unavailable, standings);
        Comparison comparison = new Comparison(store, sales, awaited, rereadings, settings, clock);
        RereadingWork rereading = new RereadingWork(store, rereadings, awaited, comparison, standings);
        SaleExpiries expiries = new SaleExpiries(store, finalReadings, ends, commands);
        return new SourceLoops(
                new FollowerWork(providers, store, pendingRetries, transactions, awaitedReader, rereading, comparison, expiries,
                        new Trimming(jdbc, inTransaction, settings, clock), watch, unavailable, rollbacks, settings),
                sources, lock, dealing, settings,
                clock);
    }

    @Bean
    FailedRecordings failedRecordings(JdbcClient jdbc) {
        return new FailedRecordings(jdbc);
    }

    @Bean
    IncompleteLists incompleteLists(SourceStandings standings, Clock clock) {
        return new IncompleteLists(standings, clock);
    }
}
