package io.masumi.node.devnet.journal;

import io.masumi.node.devnet.chain.AppliedTransaction;
import io.masumi.node.devnet.chain.Block;
import io.masumi.node.devnet.chain.Genesis;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.chain.LedgerListener;
import io.masumi.node.devnet.chain.RolledBackTransactions;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** A ledger whose every change is on the disk before it takes effect, and that is rebuilt from there at start. */
public final class DurableLedger implements AutoCloseable {
    private static final String FILE = "devnet.journal";

    private final Ledger ledger;
    private final Journal journal;

    private DurableLedger(Ledger ledger, Journal journal) {
        this.ledger = ledger;
        this.journal = journal;
    }

    /**
     * @param newGenesis used when the directory holds no network yet
     * @param ledgers makes an empty ledger for a genesis
     */
    public static DurableLedger open(Path directory, Supplier<Genesis> newGenesis, Function<Genesis, Ledger> ledgers) {
        List<JournalRecord> records = new ArrayList<>();
        Journal journal = Journal.open(directory.resolve(FILE), record -> records.add(JournalRecord.decode(record)));
        try {
            if (records.isEmpty()) {
                JournalRecord.Began began = new JournalRecord.Began(newGenesis.get());
                journal.append(began.encoded());
                records.add(began);
            }
            if (!(records.getFirst() instanceof JournalRecord.Began(var genesis))) {
                throw new IllegalStateException("the journal in " + directory + " does not begin with a genesis");
            }
            Ledger ledger = ledgers.apply(genesis);
            records.stream().skip(1).forEach(record -> replay(record, ledger));
            ledger.listen(new Writer(journal));
            return new DurableLedger(ledger, journal);
        } catch (RuntimeException failure) {
            journal.close();
            throw failure;
        }
    }

    private static void replay(JournalRecord record, Ledger ledger) {
        switch (record) {
            case JournalRecord.Began began -> throw new IllegalStateException("the journal has two beginnings");
            case JournalRecord.Accepted(var transaction) -> ledger.restoreAccepted(transaction);
            case JournalRecord.BlockMade(var slot, var hash, var transactions) -> ledger.restoreBlock(slot, transactions, hash);
            case JournalRecord.RolledBack(var blocks, var transactions, var slot) -> ledger.restoreRollback(blocks, transactions,
                    slot.orElseGet(ledger::currentSlot));
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        ledger.listen(LedgerListener.NONE);
        journal.close();
    }

    private record Writer(Journal journal) implements LedgerListener {
        @Override
        public void accepted(AppliedTransaction transaction) {
            journal.append(new JournalRecord.Accepted(transaction.transaction().cbor()).encoded());
        }

        @Override
        public void made(Block block) {
            List<byte[]> transactions = block.transactions().stream().map(transaction -> transaction.transaction().cbor()).toList();
            journal.append(new JournalRecord.BlockMade(block.slot(), block.hash(), transactions).encoded());
        }

        @Override
        public void rolledBack(int blocks, RolledBackTransactions transactions, long slot) {
            journal.append(new JournalRecord.RolledBack(blocks, transactions, OptionalLong.of(slot)).encoded());
        }
    }
}
