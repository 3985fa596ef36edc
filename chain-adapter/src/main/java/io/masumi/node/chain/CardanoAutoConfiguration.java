package io.masumi.node.chain;

import io.masumi.node.chain.agent.AgentQueries;
import io.masumi.node.chain.identifier.IdentifierQueries;
import io.masumi.node.chain.cardano.key.EncryptionKey;
import io.masumi.node.chain.cardano.key.EncryptionKeyQueries;
import io.masumi.node.chain.cardano.key.SecretStore;
import io.masumi.node.chain.cardano.key.WalletKeys;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.source.AddPaymentSourceHandler;
import io.masumi.node.chain.source.ReferenceScriptHandler;
import io.masumi.node.chain.source.ScriptFiles;
import io.masumi.node.chain.source.ScriptFinder;
import io.masumi.node.chain.source.Scripts;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.wallet.WalletQueries;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.platform.ConditionalOnRole;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keys, providers, transactions and the queries about them, in processes that play the role {@code chain}. */
@AutoConfiguration(afterName = "org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration")
@ConditionalOnRole("chain")
public class CardanoAutoConfiguration {

    @Bean
    EncryptionKey encryptionKey(Environment environment) {
        return EncryptionKey.of(environment);
    }

    @Bean
    @DependsOnDatabaseInitialization
    SecretStore secretStore(JdbcClient database, EncryptionKey key) {
        return SecretStore.open(database, key, new SecureRandom());
    }

    /** @param opened by the key */
    @Bean
    EncryptionKeyQueries encryptionKeyQueries(EncryptionKey key, SecretStore opened) {
        return new EncryptionKeyQueries(key);
    }

    @Bean
    WalletKeys walletKeys(JdbcClient database, SecretStore secrets) {
        return new WalletKeys(database, secrets);
    }

    @Bean
    Sources chainSources(JdbcClient database) {
        return new Sources(database);
    }

    @Bean
    Scripts chainScripts(JdbcClient database) {
        return new Scripts(database);
    }

    /** @param files comma-separated files, or directories of files, that hold scripts */
    @Bean
    ScriptFinder scriptFinder(Scripts scripts, @Value("${" + ScriptFiles.SETTING + ":}") String[] files) {
        // Texts, because a list of paths that is not set at all is one with a null in it.
        return new ScriptFinder(scripts, new ScriptFiles(Arrays.stream(files).map(String::strip).map(Path::of).toList()));
    }

    @Bean
    BlockfrostChainProviders chainProviders(Sources sources, SecretStore secrets, Clock clock) {
        return new BlockfrostChainProviders(sources, secrets, clock);
    }

    @Bean
    CardanoTransactionFactory transactionFactory(Sources sources, ScriptFinder scripts, WalletKeys wallets,
            BlockfrostChainProviders providers, CreditRules rules, Clock clock,
            @Value("${masumi.chain.transaction-validity:PT5M}") Duration validity) {
        return new CardanoTransactionFactory(sources, scripts, wallets, providers, rules, clock, validity);
    }

    @Bean
    AddPaymentSourceHandler addPaymentSourceHandler(Sources sources, Scripts scripts, ScriptFinder finder, SecretStore secrets,
            WalletKeys wallets,
            BlockfrostChainProviders providers, CommandGateway commands, PlatformTransactionManager transactions) {
        TransactionTemplate own = new TransactionTemplate(transactions);
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return new AddPaymentSourceHandler(sources, scripts, finder, secrets, wallets, providers, commands, own);
    }

    @Bean
    ReferenceScriptHandler referenceScriptHandler(Sources sources, ScriptFinder scripts, WalletKeys wallets,
            BlockfrostChainProviders providers, CommandGateway commands) {
        return new ReferenceScriptHandler(sources, scripts, wallets, providers, commands);
    }

    @Bean
    IdentifierQueries identifierQueries(WalletKeys wallets) {
        return new IdentifierQueries(wallets);
    }

    @Bean
    AgentQueries agentQueries(Sources sources, BlockfrostChainProviders providers) {
        return new AgentQueries(sources, providers);
    }

    @Bean
    WalletQueries walletQueries(BlockfrostChainProviders providers) {
        return new WalletQueries(providers);
    }
}
