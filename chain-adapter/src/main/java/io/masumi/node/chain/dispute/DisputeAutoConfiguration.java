package io.masumi.node.chain.dispute;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.outbox.ActionAutoConfiguration;
import io.masumi.node.chain.loop.SourceDealing;
import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.loop.SourceLoops;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.follower.reading.AwaitedTransactions;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.platform.ConditionalOnRole;
import java.time.Clock;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The dispute desk, for processes that act on the chain. */
@AutoConfiguration(after = ActionAutoConfiguration.class)
@ConditionalOnRole("chain")
public class DisputeAutoConfiguration {

    @Bean
    DisputeStore disputeStore(JdbcClient jdbc, Clock clock) {
        return new DisputeStore(jdbc, clock);
    }

    @Bean
    DisputeDesk disputeDesk(Sources sources, ChainProviders chain, BlockfrostChainProviders parameters, CardanoTransactionFactory factory,
            DisputeStore store, CommandGateway commands, PlatformTransactionManager transactions) {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new DisputeDesk(sources, chain, parameters, factory, store, commands, own);
    }

    @Bean
    SourceLoops disputeLoops(DisputeStore store, ChainProviders providers, SourceStandings standings, CommandGateway commands,
            Sources sources,
            SourceLock lock, SourceDealing dealing, AwaitedTransactions awaited, ChainSettings settings, Clock clock) {
        return new SourceLoops(new DisputeWork(store, providers, standings, commands, awaited, settings, clock), sources, lock, dealing,
                settings, clock);
    }

    @Bean
    SignedWithdrawals signedWithdrawals(DisputeStore store, SourceLoops disputeLoops) {
        return new SignedWithdrawals(store, disputeLoops);
    }
}
