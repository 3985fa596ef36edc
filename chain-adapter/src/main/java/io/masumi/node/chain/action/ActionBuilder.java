package io.masumi.node.chain.action;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.provider.ChainProvider;
import io.masumi.node.chain.provider.ProviderUnavailableException;
import io.masumi.node.chain.transaction.InsufficientFundsException;
import io.masumi.node.chain.transaction.SignedTransaction;
import io.masumi.node.chain.transaction.TransactionFactory;
import io.masumi.node.chain.transaction.TransactionImpossibleException;
import io.masumi.node.chain.transaction.TransactionIntent;
import io.masumi.node.chain.transaction.TransactionTooEarlyException;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;

/**
 * Makes signed transactions of wanted actions and stores them with what they reserve, in one database transaction. It sends
 * nothing: a crash in here leaves the actions wanted or the transaction stored.
 */
final class ActionBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(ActionBuilder.class);

    private static final int MOST_AT_ONCE = 200;

    /** The contract counts in slots of a second; a moment more spares a refusal by a ledger whose clock is behind. */
    private static final Duration AFTER_COOLDOWN = Duration.ofSeconds(1);

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final TransactionFactory factory;
    private final HotWallets wallets;
    private final ActionSetbacks setbacks;
    private final TransactionTemplate inTransaction;
    private final ChainSettings settings;
    private final Clock clock;

    ActionBuilder(ActionStore actions, TransactionStore transactions, TransactionFactory factory, HotWallets wallets,
            ActionSetbacks setbacks, TransactionTemplate inTransaction, ChainSettings settings, Clock clock) {
        this.actions = actions;
        this.transactions = transactions;
        this.factory = factory;
        this.wallets = wallets;
        this.setbacks = setbacks;
        this.inTransaction = inTransaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Builds what can be built now. @param send what to do after each: the change of what is sent can be spent by the next */
    void build(PaymentSourceId sourceId, ChainProvider provider, Runnable send) {
        Map<List<String>, List<PendingAction>> locks = new LinkedHashMap<>();
        for (PendingAction action : actions.due(sourceId, MOST_AT_ONCE)) {
            if (setbacks.isOverdue(action)) {
                alone(action, () -> setbacks.overdue(action));
            } else if (action.isLock()) {
                locks.computeIfAbsent(action.walletIds(), _ -> new ArrayList<>()).add(action);
            } else {
                alone(action, () -> buildOne(sourceId, provider, action));
                send.run();
            }
        }
        locks.values().forEach(waiting -> {
            for (int from = 0; from < waiting.size(); from += settings.locksPerTransaction()) {
                buildTogether(sourceId, provider,
                        waiting.subList(from, Math.min(waiting.size(), from + settings.locksPerTransaction())));
                send.run();
            }
        });
    }

    /** Whatever goes wrong with one action must not stop the others; but a fault of the provider is about all of them. */
    private void alone(PendingAction action, Runnable work) {
        try {
            work.run();
        } catch (ProviderUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            setbacks.fault(action, e);
        }
    }

    private void buildOne(PaymentSourceId sourceId, ChainProvider provider, PendingAction action) {
        if (!action.action().spendsEscrow()) {
            buildTogether(sourceId, provider, List.of(action));
            return;
        }
        Optional<EscrowPosition> position = actions.position(action.role(), action.aggregateId());
        long cooldownUntil = position.filter(_ -> action.action().waitsForCooldown()).map(EscrowPosition::cooldownUntil).orElse(0L);
        if (cooldownUntil > clock.millis()) {
            setbacks.until(action, cooldownUntil + AFTER_COOLDOWN.toMillis());
            return;
        }
        Optional<Utxo> escrow = position.flatMap(EscrowPosition::output).flatMap(provider::unspentOutput);
        if (escrow.isEmpty()) {
            // Somebody moved it, and we will hear of that soon; or the provider is behind.
            setbacks.untilNextBlock(action);
            return;
        }
        buildTogether(sourceId, provider, List.of(action), escrow);
    }

    private void buildTogether(PaymentSourceId sourceId, ChainProvider provider, List<PendingAction> group) {
        buildTogether(sourceId, provider, group, Optional.empty());
    }

    /** What cannot be done together is tried in halves, so that one that is impossible does not hold up the others. */
    private void buildTogether(PaymentSourceId sourceId, ChainProvider provider, List<PendingAction> group, Optional<Utxo> escrow) {
        try {
            sign(sourceId, provider, group, escrow);
        } catch (TransactionTooEarlyException e) {
            group.forEach(action -> setbacks.until(action, e.notBefore()));
        } catch (DuplicateKeyException e) {
            // Another open transaction of ours spends the same output: the escrow's, for one. It will land or be lost.
            group.forEach(setbacks::untilNextBlock);
        } catch (NoLongerWanted e) {
            LOG.debug("{}", e.getMessage());
        } catch (ProviderUnavailableException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            if (group.size() > 1) {
                int half = group.size() / 2;
                buildTogether(sourceId, provider, group.subList(0, half), escrow);
                buildTogether(sourceId, provider, group.subList(half, group.size()), escrow);
            } else {
                notBuilt(sourceId, group.getFirst(), e);
            }
        }
    }

    private void notBuilt(PaymentSourceId sourceId, PendingAction action, Throwable why) {
        switch (why) {
            case InsufficientFundsException e -> setbacks.noMoney(action, wallets.candidates(sourceId, action), e.getMessage());
            case TransactionImpossibleException e -> setbacks.giveUp(action, e.getMessage());
            default -> setbacks.fault(action, why);
        }
    }

    private void sign(PaymentSourceId sourceId, ChainProvider provider, List<PendingAction> group, Optional<Utxo> escrow) {
        List<HotWalletView> candidates = wallets.candidates(sourceId, group.getFirst());
        InsufficientFundsException poor = new InsufficientFundsException("there is no wallet that could pay");
        for (HotWalletView wallet : candidates) {
            try {
                SpendableOutputs spendable = SpendableOutputs.of(wallet.id().value(), wallet.address(), provider, transactions,
                        settings.chainingDepth());
                List<TransactionIntent> intents = group.stream().map(action -> intent(action.action(), escrow, wallet)).toList();
                SignedTransaction signed = factory.build(sourceId, wallet.id(), spendable.outputs(), intents);
                if (spendable.endangers(signed)) {
                    signed = factory.build(sourceId, wallet.id(), spendable.withoutCollateral(), intents);
                }
                store(sourceId, wallet, signed, spendable.depthAfter(signed), group);
                return;
            } catch (InsufficientFundsException e) {
                poor = e;
            }
        }
        throw poor;
    }

    private void store(PaymentSourceId sourceId, HotWalletView wallet, SignedTransaction signed, int depth, List<PendingAction> group) {
        inTransaction.executeWithoutResult(_ -> {
            transactions.insert(sourceId, wallet.ref(), signed, depth);
            if (actions.signed(group.stream().map(PendingAction::id).toList(), signed.hash()) != group.size()) {
                throw new NoLongerWanted("transaction " + signed.hash() + " is thrown away unsent: not all of it is wanted any more");
            }
        });
        group.forEach(action -> {
            try (var _ = MDC.putCloseable("sale", action.aggregateId())) {
                LOG.info("signed {} in transaction {}, fee {} lovelace, valid until slot {}", action.action().kind(), signed.hash(),
                        signed.feeLovelace(), signed.validUntilSlot());
            }
        });
    }

    private static TransactionIntent intent(WantedAction action, Optional<Utxo> escrow, HotWalletView wallet) {
        return switch (action) {
            case WantedAction.Lock lock -> new TransactionIntent.Lock(lock.identifier(), lock.seller(), lock.inputHash(), lock.times(),
                    lock.price());
            case WantedAction.SubmitResult submit -> new TransactionIntent.SubmitResult(escrow.orElseThrow(), submit.resultHash());
            case WantedAction.Withdraw withdraw -> new TransactionIntent.Withdraw(escrow.orElseThrow(),
                    collection(withdraw.returnAddress(), wallet));
            case WantedAction.RequestRefund _ -> new TransactionIntent.RequestRefund(escrow.orElseThrow());
            case WantedAction.CancelRefundRequest _ -> new TransactionIntent.CancelRefundRequest(escrow.orElseThrow());
            case WantedAction.WithdrawRefund withdraw -> new TransactionIntent.WithdrawRefund(escrow.orElseThrow(),
                    collection(withdraw.returnAddress(), wallet));
            case WantedAction.AuthorizeRefund _ -> new TransactionIntent.AuthorizeRefund(escrow.orElseThrow());
            case WantedAction.RegisterAgent register -> new TransactionIntent.RegisterAgent(register.details(), register.recipient(),
                    register.fundingLovelace());
            case WantedAction.DeregisterAgent deregister -> new TransactionIntent.DeregisterAgent(deregister.agentIdentifier());
        };
    }

    private static String collection(String returnAddress, HotWalletView wallet) {
        return returnAddress != null ? returnAddress : wallet.collectionAddress();
    }

    /** Between reading an action and signing it, its aggregate changed its mind. */
    private static final class NoLongerWanted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoLongerWanted(String message) {
            super(message);
        }
    }
}
