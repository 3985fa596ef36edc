package io.masumi.node.chain.follower;

import java.time.Clock;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.action.ActionAutoConfiguration;
import io.masumi.node.chain.action.Rollbacks;
import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.loop.SourceLoops;
import io.masumi.node.chain.provider.ChainProviders;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.platform.ConditionalOnRole;

/** The followers, for processes that act on the chain. */
@AutoConfiguration(after = ActionAutoConfiguration.class)
@ConditionalOnRole("chain")
public class FollowerAutoConfiguration {

    @Bean
    SourceLoops followerLoops(JdbcClient jdbc, PlatformTransactionManager transactionManager, Clock clock, ChainProviders providers,
            CommandGateway commands, QueryGateway queries, SourceLock lock, ChainSettings settings, SourceStandings standings,
            Rollbacks rollbacks) {
        TransactionTemplate inTransaction = new TransactionTemplate(transactionManager);
        FollowerStore store = new FollowerStore(jdbc, inTransaction, clock);
        SaleRecorder recorder = new SaleRecorder(commands);
        HeldBackWork heldBack = new HeldBackWork(new HeldBackStore(jdbc, clock), recorder);
        ChainWatch watch = new ChainWatch(store, heldBack, standings, rollbacks, recorder);
        return new SourceLoops(new FollowerWork(providers, store, heldBack, recorder, watch, rollbacks, settings), queries, lock,
                settings);
    }
}
