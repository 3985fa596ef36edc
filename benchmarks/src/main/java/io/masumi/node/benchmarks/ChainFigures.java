package io.masumi.node.benchmarks;

import com.bloxbean.cardano.client.exception.CborDeserializationException;
import com.bloxbean.cardano.client.plutus.spec.ExUnits;
import com.bloxbean.cardano.client.plutus.spec.Redeemer;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the node's transactions used of the ledger, out of the node's own tables. */
final class ChainFigures {

    private final List<Confirmed> transactions;

    /** A confirmed transaction. @param actions how many actions it carries */
    record Confirmed(String kind, String wallet, long block, int actions, long fee, int bytes, long memory, long steps) {}

    private ChainFigures(List<Confirmed> transactions) {
        this.transactions = transactions;
    }

    static ChainFigures of(JdbcClient database) {
        return new ChainFigures(database.sql("""
                SELECT a.kind, t.wallet_id, t.block_height, count(*) AS actions, t.fee_lovelace, t.bytes
                FROM chain_transaction t JOIN chain_action a ON a.transaction_hash = t.hash
                WHERE t.status = 'Confirmed' GROUP BY a.kind, t.hash""")
                .query((row, _) -> {
                    byte[] bytes = row.getBytes("bytes");
                    List<ExUnits> units = units(bytes);
                    return new Confirmed(row.getString("kind"), row.getString("wallet_id"), row.getLong("block_height"),
                            row.getInt("actions"), row.getLong("fee_lovelace"), bytes.length,
                            units.stream().mapToLong(each -> each.getMem().longValueExact()).sum(),
                            units.stream().mapToLong(each -> each.getSteps().longValueExact()).sum());
                }).list());
    }

    /** Those that were not there before. */
    ChainFigures since(ChainFigures before) {
        long last = before.transactions.stream().mapToLong(Confirmed::block).max().orElse(0);
        return new ChainFigures(transactions.stream().filter(each -> each.block() > last).toList());
    }

    void print(PrintStream out) {
        Map<String, List<Confirmed>> byKind = transactions.stream().collect(Collectors.groupingBy(Confirmed::kind));
        for (String kind : List.of("Lock", "SubmitResult", "Withdraw")) {
            print(kind, byKind.getOrDefault(kind, List.of()), out);
        }
        Map<Long, List<Confirmed>> byBlock = transactions.stream().collect(Collectors.groupingBy(Confirmed::block));
        LongSummaryStatistics bytes = byBlock.values().stream().mapToLong(block -> sum(block, Confirmed::bytes)).summaryStatistics();
        LongSummaryStatistics memory = byBlock.values().stream().mapToLong(block -> sum(block, Confirmed::memory)).summaryStatistics();
        LongSummaryStatistics steps = byBlock.values().stream().mapToLong(block -> sum(block, Confirmed::steps)).summaryStatistics();
        line(out, "fullest block: %,d bytes of 90,112; %,d memory of 62,000,000; %,d steps of 20,000,000,000", bytes.getMax(),
                memory.getMax(), steps.getMax());
    }

    private static void print(String kind, List<Confirmed> all, PrintStream out) {
        if (all.isEmpty()) {
            return;
        }
        long actions = sum(all, Confirmed::actions);
        line(out, "%s: %d actions in %d transactions (at most %d in one)", kind, actions, all.size(),
                all.stream().mapToInt(Confirmed::actions).max().orElse(0));
        line(out, "  an action: fee %,d lovelace, %,d bytes, %,d memory, %,d steps; dearest transaction %,d lovelace, %,d bytes",
                sum(all, Confirmed::fee) / actions, sum(all, Confirmed::bytes) / actions, sum(all, Confirmed::memory) / actions,
                sum(all, Confirmed::steps) / actions, all.stream().mapToLong(Confirmed::fee).max().orElse(0),
                all.stream().mapToLong(Confirmed::bytes).max().orElse(0));
        printBlocks("all wallets", all, out);
        Map<String, List<Confirmed>> byWallet = new TreeMap<>(all.stream().collect(Collectors.groupingBy(Confirmed::wallet)));
        if (byWallet.size() > 1) {
            byWallet.forEach((wallet, its) -> printBlocks("wallet " + wallet.substring(Math.max(0, wallet.length() - 8)), its, out));
        }
    }

    /** The last block holds what was left, so it says nothing about how many are possible. */
    private static void printBlocks(String whose, List<Confirmed> all, PrintStream out) {
        TreeMap<Long, Long> byBlock = all.stream()
                .collect(Collectors.groupingBy(Confirmed::block, TreeMap::new, Collectors.summingLong(Confirmed::actions)));
        List<Long> counts = List.copyOf(byBlock.values());
        List<Long> full = counts.size() > 1 ? counts.subList(0, counts.size() - 1) : counts;
        line(out, "  actions per block, %s: %s; most %d, mean without the last block %.1f", whose,
                counts.stream().map(Object::toString).collect(Collectors.joining(" ")),
                counts.stream().mapToLong(Long::longValue).max().orElse(0),
                full.stream().mapToLong(Long::longValue).average().orElse(0));
    }

    private static long sum(List<Confirmed> all, ToLongFunction<Confirmed> figure) {
        return all.stream().mapToLong(figure).sum();
    }

    private static void line(PrintStream out, String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }

    private static List<ExUnits> units(byte[] bytes) {
        try {
            List<Redeemer> redeemers = Transaction.deserialize(bytes).getWitnessSet().getRedeemers();
            return redeemers == null ? List.of() : redeemers.stream().map(Redeemer::getExUnits).toList();
        } catch (CborDeserializationException e) {
            throw new IllegalStateException("a transaction of ours cannot be read", e);
        }
    }
}
