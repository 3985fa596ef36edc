package io.masumi.node.chain;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.axonframework.commandhandling.CommandBus;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import io.masumi.node.chain.cardano.provider.AddressTransaction;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.cardano.provider.ChainTransaction;
import io.masumi.node.chain.cardano.provider.Inclusion;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.TransactionFactory;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.registry.RegistrationCommand;

/** Where a node can be made to die: between any two steps of a chain action. */
public enum CrashPoint {
    /** Wanted, nothing built. */
    BEFORE_BUILDING,
    /** A transaction is signed but not stored. */
    BEFORE_STORING,
    /** It is stored, and the aggregate does not know. */
    BEFORE_ANNOUNCING,
    /** The aggregate knows, and the network does not. */
    BEFORE_SUBMITTING,
    /** The network has it, and we do not know. */
    AFTER_SUBMITTING,
    /** It is on chain, and the follower dies before it has recorded anything. */
    BEFORE_RECORDING,
    /** The payment knows, and the purchase does not. */
    BETWEEN_RECORDS,
    /** A rollback's transactions are open again, and no record knows of it. */
    BEFORE_UNDOING,
    /** The payment knows of the rollback, and the purchase does not. */
    BETWEEN_UNDOINGS,
    /** The sales know of the rollback, and registrations do not; the follower has not gone back. */
    BEFORE_UNDOING_REGISTRATIONS,
    /** A transaction is given up, as few are, and no record knows. */
    BEFORE_TELLING_WHAT_IS_GIVEN_UP;

    /** Dies once at the armed point; from then on the node does nothing any more, until it is started again. */
    public static final class Switch {

        private final AtomicReference<CrashPoint> armed = new AtomicReference<>();
        private volatile boolean dead;
        private volatile Consumer<Object> fault = _ -> {};

        private volatile UnaryOperator<SignedTransaction> forger = UnaryOperator.identity();
        private volatile ChainProvider other;

        /** From now on the node's provider shows another chain. @param other null for its own again */
        public void show(ChainProvider other) {
            this.other = other;
        }

        private volatile Carrier carrier = Carrier.FAITHFUL;

        private volatile String unreadable = "";

        /** The provider's answer about that transaction cannot be read from now on. */
        public void garble(String hash) {
            unreadable = hash;
        }

        /** Who takes transactions to the network from now on. */
        public void carryBy(Carrier carrier) {
            this.carrier = carrier;
        }

        /** What to make of each signed transaction before it is stored. */
        public void forge(UnaryOperator<SignedTransaction> forger) {
            this.forger = forger;
        }

        /** Shown each command before it is sent, and each intent before it is built: it may throw. */
        public void failWith(Consumer<Object> fault) {
            this.fault = fault;
        }

        public void heal() {
            forge(UnaryOperator.identity());
            failWith(_ -> {});
            carryBy(Carrier.FAITHFUL);
            garble("");
        }

        public void arm(CrashPoint point) {
            armed.set(point);
        }

        public boolean isDead() {
            return dead;
        }

        void revive() {
            dead = false;
        }

        void pass(CrashPoint point) {
            if (armed.compareAndSet(point, null)) {
                dead = true;
            }
            alive();
        }

        void alive() {
            if (dead) {
                throw new Killed();
            }
        }
    }

    /** Takes a transaction to the network, or says so. */
    @FunctionalInterface
    public interface Carrier {

        Carrier FAITHFUL = (transaction, network) -> network.submit(transaction);

        SubmitOutcome carry(byte[] transaction, ChainProvider network);
    }

    /** An error, because the dead do not handle exceptions. */
    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed() {
            super("this node was killed by the test");
        }
    }

    /** The node's auto-configurations, with a real provider, factory and command bus that a test can kill the node at. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NodeConfiguration {

        @Bean
        @Primary
        ChainProviders mortalProviders(BlockfrostChainProviders real, Switch crash) {
            return sourceId -> {
                crash.alive();
                return new MortalProvider(crash.other == null ? real.of(sourceId) : crash.other, crash);
            };
        }

        @Bean
        @Primary
        TransactionFactory mortalFactory(CardanoTransactionFactory real, Switch crash) {
            return (source, wallet, spendable, content) -> {
                crash.pass(BEFORE_BUILDING);
                crash.fault.accept(content);
                SignedTransaction signed = crash.forger.apply(real.build(source, wallet, spendable, content));
                crash.pass(BEFORE_STORING);
                return signed;
            };
        }

        @Bean
        SmartInitializingSingleton mortalCommands(CommandBus bus, Switch crash) {
            return () -> bus.registerDispatchInterceptor(_ -> (_, command) -> {
                switch (command.getPayload()) {
                    case
                            PaymentCommand.RecordActionInitiated _,PurchaseCommand.RecordActionInitiated _,RegistrationCommand.RecordTransactionInitiated _ ->
                        crash
                                .pass(BEFORE_ANNOUNCING);
                    case PaymentCommand.RecordTransactionGivenUp _,PurchaseCommand.RecordTransactionGivenUp _ -> crash
                            .pass(BEFORE_TELLING_WHAT_IS_GIVEN_UP);
                    case RegistrationCommand.RecordTransactionConfirmed _ -> crash.pass(BEFORE_RECORDING);
                    case PaymentCommand.RecordLock _,PaymentCommand.RecordTransition _ -> crash.pass(BEFORE_RECORDING);
                    case PurchaseCommand.RecordLock _,PurchaseCommand.RecordTransition _ -> crash.pass(BETWEEN_RECORDS);
                    case PaymentCommand.UndoFacts _ -> crash.pass(BEFORE_UNDOING);
                    case PurchaseCommand.UndoFacts _ -> crash.pass(BETWEEN_UNDOINGS);
                    case RegistrationCommand.UndoConfirmation _ -> crash.pass(BEFORE_UNDOING_REGISTRATIONS);
                    default -> crash.alive();
                }
                crash.fault.accept(command.getPayload());
                return command;
            });
        }
    }

    private record MortalProvider(ChainProvider real, Switch crash) implements ChainProvider {

        @Override
        public ChainPoint tip() {
            crash.alive();
            return real.tip();
        }

        @Override
        public Optional<ChainPoint> blockAt(long height) {
            crash.alive();
            return real.blockAt(height);
        }

        @Override
        public List<AddressTransaction> transactionsAt(String address, long fromHeight, int limit) {
            crash.alive();
            return real.transactionsAt(address, fromHeight, limit);
        }

        @Override
        public Optional<ChainTransaction> transaction(String hash) {
            crash.alive();
            if (crash.unreadable.equals(hash)) {
                throw new ProviderUnavailableException("transaction " + hash + " cannot be read", null);
            }
            return real.transaction(hash);
        }

        @Override
        public Optional<Inclusion> inclusion(String hash) {
            crash.alive();
            return real.inclusion(hash);
        }

        @Override
        public List<Utxo> unspentOutputs(String transactionHash) {
            crash.alive();
            return real.unspentOutputs(transactionHash);
        }

        @Override
        public List<Utxo> unspent(String address) {
            crash.alive();
            return real.unspent(address);
        }

        @Override
        public void unspent(String address, Consumer<List<Utxo>> page) {
            crash.alive();
            real.unspent(address, page);
        }

        @Override
        public Optional<String> spender(OutputRef output) {
            crash.alive();
            return real.spender(output);
        }

        @Override
        public Optional<Utxo> unspentOutput(OutputRef ref) {
            crash.alive();
            return real.unspentOutput(ref);
        }

        @Override
        public SubmitOutcome submit(byte[] signedTransaction) {
            crash.pass(BEFORE_SUBMITTING);
            SubmitOutcome outcome = crash.carrier.carry(signedTransaction, real);
            crash.pass(AFTER_SUBMITTING);
            return outcome;
        }
    }
}
