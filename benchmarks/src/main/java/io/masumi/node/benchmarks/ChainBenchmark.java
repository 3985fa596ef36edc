package io.masumi.node.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How much a node gets into a block, and what it costs: many sales at once, from lock to withdrawal, on a development network
 * that holds to the ledger's limits. Figures go to standard output, the node's log to standard error.
 */
public final class ChainBenchmark {

    /** Enough to show what an action costs without a reference script. */
    private static final int SALES_WITHOUT_REFERENCE = 3;
    private static final Duration LONGEST_PHASE = Duration.ofMinutes(20);
    private static final int BAD_ARGUMENTS = 2;

    private final BenchmarkOptions options;
    private final PrintStream out;

    private ChainBenchmark(BenchmarkOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        try {
            run(BenchmarkOptions.parse(arguments), System.out);
        } catch (IllegalArgumentException e) {
            System.err.print(e.getMessage() + "\n" + BenchmarkOptions.USAGE);
            System.exit(BAD_ARGUMENTS);
        }
    }

    /** Runs it on a scratch directory, of which nothing is left. */
    static void run(BenchmarkOptions options, PrintStream out) throws IOException {
        Path scratch = Files.createTempDirectory("masumi-benchmark-");
        try (BenchmarkNode node = BenchmarkNode.start(scratch, options)) {
            new ChainBenchmark(options, out).measure(node);
        } finally {
            sweep(scratch);
        }
    }

    private void measure(BenchmarkNode node) {
        say("%d sales at once, %d selling and %d purchasing wallet(s), a block every %d s", options.sales(), options.sellingWallets(),
                options.purchasingWallets(), options.blockInterval().toSeconds());
        Sales sales = new Sales(node, LONGEST_PHASE);
        say("%n-- script in the witness set, %d sales", SALES_WITHOUT_REFERENCE);
        carryOut(sales, SALES_WITHOUT_REFERENCE);
        ChainFigures before = ChainFigures.of(node.database());
        before.print(out);
        node.deployReferenceScript();
        say("%n-- reference script, %d sales", options.sales());
        carryOut(sales, options.sales());
        ChainFigures.of(node.database()).since(before).print(out);
    }

    private void carryOut(Sales sales, int count) {
        timed("locks", () -> sales.lock(count));
        timed("results", sales::submitResults);
        timed("withdrawals", sales::withdraw);
    }

    private void timed(String what, Runnable phase) {
        long begun = System.nanoTime();
        phase.run();
        say("%s done after %.1f s", what, Duration.ofNanos(System.nanoTime() - begun).toMillis() / 1000.0);
    }

    private void say(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    private static void sweep(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
