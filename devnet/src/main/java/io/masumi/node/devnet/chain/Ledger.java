package io.masumi.node.devnet.chain;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerOutput;
import io.masumi.node.devnet.ledger.LedgerTransaction;
import io.masumi.node.devnet.ledger.OutputReference;
import io.masumi.node.devnet.ledger.ProtocolParameters;
import io.masumi.node.devnet.ledger.TransactionDecoder;
import io.masumi.node.devnet.ledger.TransactionRejected;
import io.masumi.node.devnet.ledger.UtxoView;
import io.masumi.node.devnet.phase1.Phase1;
import io.masumi.node.devnet.phase1.Subject;
import io.masumi.node.devnet.phase2.Phase2;
import io.masumi.node.devnet.phase2.ScriptOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The chain and its mempool: takes transactions, makes blocks, rolls back. Thread-safe. */
public final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final TransactionDecoder decoder = new TransactionDecoder();
    private final ProtocolParameters parameters;
    private final SlotClock slots;
    private final Phase1 phase1;
    private final Phase2 phase2;
    private final BlockLimits limits;
    private final Mempool mempool = new Mempool();
    private ChainState chain;
    private LedgerListener listener = LedgerListener.NONE;
    /** The latest slot of any block there was, dropped ones too: time does not go back with a rollback. */
    private long reachedSlot;

    public Ledger(Genesis genesis, ProtocolParameters parameters, SlotClock slots) {
        this.parameters = parameters;
        this.slots = slots;
        this.phase1 = new Phase1(parameters);
        this.phase2 = new Phase2(parameters, genesis.zeroTime(), SlotClock.SLOT_LENGTH_MILLIS);
        this.limits = new BlockLimits(parameters);
        this.chain = new ChainState(genesis);
    }

    public ProtocolParameters parameters() {
        return parameters;
    }

    public SlotClock slots() {
        return slots;
    }

    /** From here on every change is told to the listener before it takes effect. */
    public void listen(LedgerListener newListener) {
        write(() -> {
            listener = newListener;
            return null;
        });
    }

    /** The slot of the wall clock, or the latest block's if blocks that were asked for have run ahead of it. */
    public long currentSlot() {
        return read(state -> slotNow());
    }

    private long slotNow() {
        return Math.max(slots.currentSlot(), reachedSlot);
    }

    /** Reads under the lock; what leaves the function must not be the state itself. */
    public <T> T read(Function<ChainState, T> query) {
        lock.readLock().lock();
        try {
            return query.apply(chain);
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Checks a transaction in both phases and puts it into the mempool.
     *
     * @return its id
     * @throws TransactionRejected naming the broken rules
     */
    public String submit(byte[] cbor) {
        LedgerTransaction transaction = decoder.decode(cbor);
        while (true) {
            // Scripts run outside of the lock, so that none keeps the chain waiting: what they see of an output never changes.
            Subject subject = read(
                    state -> phase1.check(transaction, mempool.over(state), slotNow(), slots.forecastEnd(state.tip().slot())));
            runScripts(subject);
            AppliedTransaction accepted = new AppliedTransaction(transaction, subject.resolved());
            if (write(() -> accept(accepted))) {
                return accepted.id();
            }
        }
    }

    /** @return false when the ledger has changed meanwhile so that the transaction no longer fits */
    private boolean accept(AppliedTransaction transaction) {
        if (!isPresent(transaction) || transaction.transaction().validity().isOver(slotNow())) {
            return false;
        }
        listener.accepted(transaction);
        mempool.add(transaction);
        LOG.debug("accepted transaction {}", transaction.id());
        return true;
    }

    private void runScripts(Subject subject) {
        LedgerTransaction transaction = subject.transaction();
        switch (phase2.run(subject)) {
            case ScriptOutcome.Passed() when !transaction.sent().flaggedValid() -> throw TransactionRejected
                    .because(LedgerFailure.ValidationTagMismatch, "(IsValid False) PassedUnexpectedly");
            case ScriptOutcome.Failed(var reason) when transaction.sent().flaggedValid() -> throw TransactionRejected
                    .because(LedgerFailure.ValidationTagMismatch, "(IsValid True) FailedUnexpectedly: " + reason);
            case ScriptOutcome.Failed(var reason) -> LOG.info("transaction {} will pay with its collateral: {}", transaction.id(), reason);
            case ScriptOutcome.Passed() -> LOG.trace("the scripts of {} agree", transaction.id());
        }
    }

    /** Makes a block of what waits in the mempool, in the current slot or, if that has a block already, in the next one. */
    public Block makeBlock() {
        return write(() -> makeBlock(Math.max(slots.currentSlot(), reachedSlot + 1)));
    }

    /**
     * Makes a block if one is due; never ahead of the wall clock.
     *
     * @param intervalSlots slots between blocks while transactions wait
     * @param emptyIntervalSlots slots after which a block is made although nothing waits
     * @return whether a block was made
     */
    public boolean makeBlockIfDue(long intervalSlots, long emptyIntervalSlots) {
        return write(() -> {
            long passed = slots.currentSlot() - reachedSlot;
            boolean due = passed >= 1 && passed >= (mempool.isEmpty() ? emptyIntervalSlots : intervalSlots);
            if (due) {
                makeBlock(slots.currentSlot());
            }
            return due;
        });
    }

    private Block makeBlock(long slot) {
        refillMempool(mempool.inOrder(), slot);
        List<AppliedTransaction> selected = limits.select(mempool.inOrder());
        Block block = Block.after(chain.tip(), slot, selected);
        listener.made(block);
        List<AppliedTransaction> left = new ArrayList<>(mempool.inOrder());
        left.removeAll(selected);
        append(block);
        refillMempool(left, slot);
        if (!selected.isEmpty()) {
            LOG.debug("block {} in slot {} has {} transactions", block.height(), slot, selected.size());
        }
        return block;
    }

    private void append(Block block) {
        chain.apply(block);
        reachedSlot = Math.max(reachedSlot, block.slot());
    }

    /**
     * Drops the last blocks, at most down to the genesis block. What returns to the mempool is dropped there like anything
     * else when it has expired.
     */
    public void rollback(int count, RolledBackTransactions transactions) {
        write(() -> {
            if (count < 0 || count >= chain.blocks().size()) {
                throw new IllegalArgumentException("cannot drop " + count + " of " + (chain.blocks().size() - 1) + " blocks");
            }
            long slot = slotNow();
            listener.rolledBack(count, transactions, slot);
            drop(count, transactions, slot);
            LOG.warn("development network: dropped {} blocks, the tip is now block {}", count, chain.tip().height());
            return null;
        });
    }

    /** Does a rollback of an earlier run again, as it was in that slot. */
    public void restoreRollback(int count, RolledBackTransactions transactions, long slot) {
        write(() -> {
            drop(count, transactions, slot);
            return null;
        });
    }

    private void drop(int count, RolledBackTransactions transactions, long slot) {
        List<Block> kept = chain.blocks().subList(1, chain.blocks().size() - count);
        List<Block> dropped = chain.blocks().subList(chain.blocks().size() - count, chain.blocks().size());
        ChainState shortened = new ChainState(chain.genesis());
        kept.forEach(shortened::apply);
        chain = shortened;
        Stream<AppliedTransaction> returning = transactions == RolledBackTransactions.LOST
                ? Stream.<AppliedTransaction>empty()
                : dropped.stream().flatMap(block -> block.transactions().stream());
        refillMempool(Stream.concat(returning, mempool.inOrder().stream()).toList(), slot);
    }

    /** Keeps, in order, the transactions whose inputs are still there and that have not expired. Scripts need not run again. */
    private void refillMempool(List<AppliedTransaction> candidates, long slot) {
        mempool.clear();
        for (AppliedTransaction candidate : candidates) {
            boolean present = isPresent(candidate);
            if (present && !candidate.transaction().validity().isOver(slot)) {
                mempool.add(candidate);
            } else {
                LOG.info("transaction {} left the mempool: {}", candidate.id(), present ? "expired" : "an input is gone");
            }
        }
    }

    private boolean isPresent(AppliedTransaction transaction) {
        UtxoView view = mempool.over(chain);
        return transaction.resolved().keySet().stream().allMatch(reference -> view.find(reference).isPresent());
    }

    /** Outputs at an address that are unspent, counting what waits in the mempool: the faucet builds on its own change. */
    public Map<OutputReference, LedgerOutput> spendableNow(String address) {
        return read(state -> {
            Map<OutputReference, LedgerOutput> spendable = new LinkedHashMap<>(state.unspentOf(address));
            mempool.unspentOutputs().forEach((reference, output) -> {
                if (output.bech32().equals(address)) {
                    spendable.put(reference, output);
                }
            });
            spendable.keySet().removeAll(mempool.spent());
            return spendable;
        });
    }

    /** Ids of the waiting transactions in order. */
    public List<String> mempoolIds() {
        return read(state -> mempool.inOrder().stream().map(AppliedTransaction::id).toList());
    }

    /**
     * Puts back a transaction that an earlier run of this network accepted; its scripts are not run again. It stays out
     * if the transaction it builds on has expired meanwhile.
     */
    public void restoreAccepted(byte[] cbor) {
        write(() -> {
            try {
                mempool.add(resolve(decoder.decode(cbor), mempool.over(chain)));
            } catch (NoSuchElementException parentIsGone) {
                LOG.info("a transaction could not go back into the mempool: {}", parentIsGone.getMessage());
            }
            return null;
        });
    }

    /** Puts back a block that an earlier run of this network made. */
    public void restoreBlock(long slot, List<byte[]> transactions, String expectedHash) {
        write(() -> {
            Mempool pending = new Mempool();
            List<AppliedTransaction> restored = new ArrayList<>();
            for (byte[] cbor : transactions) {
                AppliedTransaction transaction = resolve(decoder.decode(cbor), pending.over(chain));
                pending.add(transaction);
                restored.add(transaction);
            }
            Block block = Block.after(chain.tip(), slot, restored);
            if (!block.hash().equals(expectedHash)) {
                throw new IllegalStateException("block " + block.height() + " was " + expectedHash + " but reads as " + block.hash());
            }
            List<AppliedTransaction> left = new ArrayList<>(mempool.inOrder());
            left.removeIf(waiting -> restored.stream().anyMatch(included -> included.id().equals(waiting.id())));
            append(block);
            refillMempool(left, slot);
            return null;
        });
    }

    private static AppliedTransaction resolve(LedgerTransaction transaction, UtxoView utxos) {
        Map<OutputReference, LedgerOutput> resolved = new HashMap<>();
        transaction.uses().forEach(reference -> resolved.put(reference,
                utxos.find(reference).orElseThrow(() -> new NoSuchElementException("the output " + reference + " is missing"))));
        return new AppliedTransaction(transaction, resolved);
    }

    private <T> T write(Supplier<T> change) {
        lock.writeLock().lock();
        try {
            return change.get();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
