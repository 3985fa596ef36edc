package io.masumi.node.chain.outbox;

import io.masumi.node.chain.CardanoAutoConfiguration;
import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.provider.ChainProviders;
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
import io.masumi.node.platform.health.HealthReporter;
import java.time.Clock;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Chain actions, for processes that act on the chain. */
@AutoConfiguration(after = {DatabaseAutoConfiguration.class, CardanoAutoConfiguration.class, TransactionAutoConfiguration.class})
@ConditionalOnRole("chain")
@EnableConfigurationProperties(ChainSettings.class)
@Import({SourceLock.class, SourceDealing.class, SourceStandings.class, AwaitedTransactions.class, Rereadings.class, FinalReadings.class,
        ReadAgainHandler.class, ReservationStore.class, TransactionStore.class, EscrowPositionStore.class, StoredRollbacks.class,
        ActionStore.class, HeardEvents.class, GivenUpStore.class, RecordCommands.class, AggregateReports.class, GivenUpReports.class,
        TransactionDropper.class, ActionFailures.class, TransactionSubmitter.class, WalletMerges.class, ActionBuilder.class,
        HotWallets.class, WalletCare.class, TransactionTracker.class, ActionWork.class})
public class ActionAutoConfiguration {

    @Bean
    SourceLoops chainActionLoops(ActionWork work, Sources sources, SourceLock lock, SourceDealing dealing, ChainSettings settings,
            Clock clock) {
        return new SourceLoops(work, sources, lock, dealing, settings, clock);
    }

    @Bean
    ChainActions chainActions(ActionStore actions, EscrowPositionStore positions, HeardEvents heard, TransactionStore transactions,
            SourceLoops chainActionLoops) {
        return new StoredChainActions(actions, positions, heard, transactions, chainActionLoops::wake);
    }

    @Bean
    WalletMergeHandler walletMergeHandler(HotWallets wallets, ActionStore actions, ReservationStore reservations, ChainProviders providers,
            SourceLoops chainActionLoops, Clock clock) {
        return new WalletMergeHandler(wallets, actions, reservations, providers, chainActionLoops::wake, clock);
    }

    @Bean
    HealthReporter walletHealth(ActionStore actions) {
        return actions::waitingForMoney;
    }
}
