package io.masumi.node.chain.outbox;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.EscrowNotReadyException;
import io.masumi.node.chain.cardano.transaction.InsufficientFundsException;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.TransactionFactory;
import io.masumi.node.chain.cardano.transaction.TransactionImpossibleException;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.cardano.transaction.TransactionTooEarlyException;
import io.masumi.node.chain.cardano.transaction.TransactionTooLargeException;
import io.masumi.node.chain.cardano.transaction.WalletInPiecesException;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.MergePurpose;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes signed transactions of wanted actions and stores them with what they reserve, in one database transaction; only then
 * has them sent. A crash in here leaves the actions wanted or the transaction stored.
 */
final class ActionBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(ActionBuilder.class);

    private static final int MAX_AT_ONCE = 200;
    private static final int MAX_SHORTFALLS_SAID = 3;
    /** Of about 430 outputs each. */
    private static final int MAX_MERGES_AT_ONCE = 25;

    /** The contract counts in slots of a second; a moment more spares a refusal by a ledger whose clock is behind. */
    private static final Duration AFTER_COOLDOWN = Duration.ofSeconds(1);

    private final ActionStore actions;
    private final EscrowPositionStore positions;
    private final TransactionStore transactions;
    private final TransactionFactory factory;
    private final TransactionSubmitter submitter;
    private final WalletMerges merges;
    private final ActionFailures failures;
    private final TransactionTemplate inTransaction;
    private final ChainSettings settings;
    private final Clock clock;

    /** As last measured; a first guess before. */
    private volatile int locksThatFit = 20;

    ActionBuilder(ActionStore actions, EscrowPositionStore positions, TransactionStore transactions, TransactionFactory factory,
            TransactionSubmitter submitter,
            WalletMerges merges, ActionFailures failures, TransactionTemplate inTransaction, ChainSettings settings, Clock clock) {
        this.actions = actions;
        this.positions = positions;
        this.transactions = transactions;
        this.factory = factory;
        this.submitter = submitter;
        this.merges = merges;
        this.failures = failures;
        this.inTransaction = inTransaction;
        this.settings = settings;
        this.clock = clock;
    }

    /** Gives up what is overdue, or cannot be read. That asks nothing of the chain, so that it is said also while no provider answers. */
    void giveUpOverdue(PaymentSourceId sourceId) {
        actions.due(sourceId, MAX_AT_ONCE, failures::unreadable).stream().filter(failures::isOverdue)
                .forEach(action -> alone(action, () -> failures.overdue(action)));
    }

    /** Builds and sends what can be done now: several at a time, begun in a fair order. */
    void build(ActionPass pass) {
        List<List<PendingAction>> groups = new ArrayList<>();
        Map<List<String>, List<PendingAction>> locks = new HashMap<>();
        for (PendingAction action : actions.due(pass.sourceId(), MAX_AT_ONCE)) {
            if (failures.isOverdue(action)) {
                // It has become so in this moment.
                continue;
            }
            if (action.isLock()) {
                locks.computeIfAbsent(action.walletIds(), _ -> {
                    List<PendingAction> together = new ArrayList<>();
                    groups.add(together);
                    return together;
                }).add(action);
            } else {
                groups.add(List.of(action));
            }
        }
        new Workers(settings.parallelActions()).doAll(groups.stream().flatMap(group -> tasks(pass, group)).toList());
    }

    private Stream<Runnable> tasks(ActionPass pass, List<PendingAction> group) {
        PendingAction first = group.getFirst();
        if (first.isLock()) {
            List<PendingAction> locks = withoutSecondLocks(group);
            return locks.isEmpty() ? Stream.empty() : lockTasks(pass, locks);
        }
        return Stream.of(() -> alone(first, () -> buildOne(pass, first)));
    }

    private void alone(PendingAction action, Runnable work) {
        Isolated.run(work, fault -> failures.fault(action, fault));
    }

    /** An operator may have asked for a lock again while a transaction for the first could still land, or has landed. */
    private List<PendingAction> withoutSecondLocks(List<PendingAction> locks) {
        Map<String, Boolean> others = actions.otherLocks(locks);
        List<PendingAction> firstLocks = new ArrayList<>();
        for (PendingAction lock : locks) {
            Boolean settled = others.get(lock.aggregateId());
            if (settled == null) {
                firstLocks.add(lock);
            } else if (settled) {
                alone(lock, () -> failures.giveUp(lock, "a lock for this purchase is on chain already"));
            } else {
                failures.untilNextBlock(lock);
            }
        }
        return firstLocks;
    }

    /** Locks that any of several wallets may pay for are dealt out to these, but only if there are more than one transaction takes. */
    private Stream<Runnable> lockTasks(ActionPass pass, List<PendingAction> locks) {
        List<HotWalletView> wallets = pass.candidates(locks.getFirst());
        int parts = Math.clamp(Math.ceilDiv(locks.size(), locksThatFit), 1, Math.max(1, wallets.size()));
        int size = Math.ceilDiv(locks.size(), parts);
        return IntStream.range(0, parts).mapToObj(part -> {
            List<PendingAction> dealt = locks.subList(Math.min(locks.size(), part * size), Math.min(locks.size(), (part + 1) * size));
            return () -> buildLocks(pass, dealt, startingWith(wallets, part));
        });
    }

    private static List<HotWalletView> startingWith(List<HotWalletView> wallets, int index) {
        List<HotWalletView> rotated = new ArrayList<>(wallets);
        Collections.rotate(rotated, -index);
        return rotated;
    }

    private void buildLocks(ActionPass pass, List<PendingAction> locks, List<HotWalletView> wallets) {
        for (int done = 0; done < locks.size();) {
            done += buildTogether(pass, locks.subList(done, Math.min(locks.size(), done + settings.locksPerTransaction())), wallets,
                    Optional.empty());
        }
    }

    private void buildOne(ActionPass pass, PendingAction action) {
        if (!action.action().spendsEscrow()) {
            buildTogether(pass, List.of(action), pass.candidates(action), Optional.empty());
            return;
        }
        Optional<EscrowPosition> position = positions.of(action.role(), action.aggregateId());
        long cooldownUntil = position.filter(_ -> action.action().waitsForCooldown()).map(EscrowPosition::cooldownUntil).orElse(0L);
        if (cooldownUntil > clock.millis()) {
            failures.until(action, cooldownUntil + AFTER_COOLDOWN.toMillis());
            return;
        }
        Optional<Utxo> escrow = position.flatMap(EscrowPosition::output).flatMap(pass::unspent);
        if (escrow.isEmpty()) {
            failures.escrowNotReady(action, position.flatMap(EscrowPosition::output)
                    .map(output -> "the escrow's output " + output + " is not unspent on the chain").orElse("the escrow has no output"));
            return;
        }
        buildTogether(pass, List.of(action), pass.candidates(action), escrow);
    }

    /**
     * Does as many as one transaction takes, from the first on. What cannot be done together is tried in halves, so that one
     * that is impossible does not hold up the others.
     *
     * @return how many are dealt with
     */
    private int buildTogether(ActionPass pass, List<PendingAction> group, List<HotWalletView> wallets, Optional<Utxo> escrow) {
        switch (Isolated.failure(() -> sign(pass, group, wallets, escrow)).orElse(null)) {
            case null -> {
            }
            case TransactionTooEarlyException e -> group.forEach(action -> failures.until(action, e.notBefore()));
            // Another open transaction of ours spends the same output: the escrow's, for one. It will land or be lost.
            case DuplicateKeyException _ -> group.forEach(failures::untilNextBlock);
            case NoLongerWanted e -> LOG.debug("{}", e.getMessage());
            case MergesUnderWay e -> group.forEach(action -> failures.inPieces(action, e.getMessage()));
            case Throwable e when group.size() > 1 -> {
                return buildTogether(pass, group.subList(0, fewer(group.size(), e)), wallets, escrow);
            }
            case Throwable e -> alone(group.getFirst(), () -> notBuilt(pass, group.getFirst(), e));
        }
        return group.size();
    }

    private int fewer(int tooMany, Throwable why) {
        if (why instanceof TransactionTooLargeException tooLarge) {
            locksThatFit = tooLarge.fitting(tooMany);
            return locksThatFit;
        }
        return tooMany / 2;
    }

    private void notBuilt(ActionPass pass, PendingAction action, Throwable why) {
        switch (why) {
            // It served only to do with what is there.
            case InsufficientFundsException e when action.role() == ActionRole.Wallet -> actions.abandoned(action.id(), e.getMessage());
            case InsufficientFundsException e -> failures.noMoney(action, pass.candidates(action), e.getMessage());
            case EscrowNotReadyException e -> failures.stateNotReady(action, e.getMessage());
            case TransactionImpossibleException e -> failures.giveUp(action, e.getMessage());
            default -> failures.fault(action, why);
        }
    }

    /** The first wallet that can pay does. If there is none but one that has the money in too many pieces, that one merges them first. */
    private void sign(ActionPass pass, List<PendingAction> group, List<HotWalletView> wallets, Optional<Utxo> escrow) {
        List<String> shortfalls = new ArrayList<>();
        HotWalletView inPieces = null;
        WalletInPiecesException tooMany = null;
        for (HotWalletView wallet : wallets) {
            try {
                sign(pass, group, wallet, escrow);
                return;
            } catch (InsufficientFundsException e) {
                shortfalls.add("wallet " + wallet.address() + ": " + e.getMessage());
            } catch (WalletInPiecesException e) {
                inPieces = inPieces == null ? wallet : inPieces;
                tooMany = tooMany == null ? e : tooMany;
            }
        }
        if (inPieces != null) {
            mergeAndSign(pass, group, inPieces, tooMany, escrow);
            return;
        }
        throw new InsufficientFundsException(shortfalls.isEmpty() ? "there is no wallet that could pay" : said(shortfalls));
    }

    private static String said(List<String> shortfalls) {
        String first = String.join("; ", shortfalls.subList(0, Math.min(MAX_SHORTFALLS_SAID, shortfalls.size())));
        return shortfalls.size() <= MAX_SHORTFALLS_SAID ? first : first + "; and " + (shortfalls.size() - MAX_SHORTFALLS_SAID) + " more";
    }

    private void sign(ActionPass pass, List<PendingAction> group, HotWalletView wallet, Optional<Utxo> escrow) {
        TransactionContent content = new TransactionContent(
                group.stream().map(action -> action.action().collectedAt(wallet.collectionAddress())).toList(), escrow);
        WalletSigner signer = pass.signer(wallet);
        SignedTransaction signed = signer.sign(spendable -> factory.build(pass.sourceId(), wallet.id(), spendable, content),
                (transaction, depth) -> store(pass.sourceId(), wallet, transaction, depth, group));
        submitter.submitNew(pass.sourceId(), signed, signer.reservations(), pass.provider());
    }

    /** What comes of the merges can be spent as soon as the network has taken them. */
    private void mergeAndSign(ActionPass pass, List<PendingAction> group, HotWalletView wallet, WalletInPiecesException tooMany,
            Optional<Utxo> escrow) {
        String why = tooMany.getMessage();
        try {
            for (int merge = 0; merge < MAX_MERGES_AT_ONCE; merge++) {
                merges.merge(pass, wallet, MergePurpose.Payment, tooMany.needed());
                try {
                    sign(pass, group, wallet, escrow);
                    return;
                } catch (WalletInPiecesException e) {
                    why = e.getMessage();
                }
            }
        } catch (InsufficientFundsException e) {
            LOG.debug("wallet {} cannot go on with merging now: {}", wallet.address(), e.getMessage());
        }
        throw new MergesUnderWay("wallet " + wallet.address() + ": " + why + ". It is merging them by paying itself, and this goes on by"
                + " itself when that is on chain");
    }

    private void store(PaymentSourceId sourceId, HotWalletView wallet, SignedTransaction signed, int depth, List<PendingAction> group) {
        inTransaction.executeWithoutResult(_ -> {
            transactions.insert(sourceId, wallet.ref(), signed, depth);
            if (actions.signed(group.stream().map(PendingAction::id).toList(), signed.hash()) != group.size()) {
                throw new NoLongerWanted("transaction " + signed.hash() + " is thrown away unsent: not all of it is wanted any more");
            }
            if (group.getFirst().action() instanceof ChainAction.MergeOutputs merge) {
                merges.goOn(merge, wallet, signed);
            }
            if (group.stream().anyMatch(PendingAction::waitsForMoney)) {
                actions.moneyCame(sourceId);
            }
        });
        group.forEach(action -> {
            try (MDC.MDCCloseable _ = MDC.putCloseable("sale", action.aggregateId())) {
                LOG.info("signed {} in transaction {}, fee {} lovelace, valid until slot {}", action.action().kind(), signed.hash(),
                        signed.feeLovelace(), signed.validUntilSlot());
            }
        });
    }

    /** The money is there, and not yet in a shape in which it can be paid. */
    private static final class MergesUnderWay extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MergesUnderWay(String message) {
            super(message);
        }
    }

    /** Between reading an action and signing it, its aggregate changed its mind. */
    private static final class NoLongerWanted extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoLongerWanted(String message) {
            super(message);
        }
    }
}
