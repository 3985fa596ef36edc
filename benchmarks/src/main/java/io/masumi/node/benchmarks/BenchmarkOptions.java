package io.masumi.node.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be measured.
 *
 * @param sales how many sales at once, in the part that is measured at the limits
 * @param sellingWallets how many wallets share the selling
 * @param purchasingWallets how many wallets share the purchasing
 * @param blockInterval time between blocks; whole seconds
 * @param settings settings of the node, as {@code --name=value}
 */
record BenchmarkOptions(int sales, int sellingWallets, int purchasingWallets, Duration blockInterval, List<String> settings) {

    static final String USAGE = """
            Options: --sales=200 --wallets=1 (of each kind) --selling-wallets=1 --purchasing-wallets=1 --block-seconds=20
            and settings of the node, such as --masumi.chain.chaining-depth=10
            """;

    BenchmarkOptions {
        if (sales < 1 || sellingWallets < 1 || purchasingWallets < 1 || blockInterval.toSeconds() < 1) {
            throw new IllegalArgumentException("every number must be at least 1");
        }
    }

    /** @throws IllegalArgumentException saying which argument is wrong */
    static BenchmarkOptions parse(String... arguments) {
        int sales = 200;
        int selling = 1;
        int purchasing = 1;
        int seconds = 20;
        List<String> settings = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.startsWith("--masumi.")) {
                settings.add(argument);
                continue;
            }
            String[] parts = argument.split("=", 2);
            int number = number(argument, parts);
            switch (parts[0]) {
                case "--sales" -> sales = number;
                case "--wallets" -> {
                    selling = number;
                    purchasing = number;
                }
                case "--selling-wallets" -> selling = number;
                case "--purchasing-wallets" -> purchasing = number;
                case "--block-seconds" -> seconds = number;
                default -> throw new IllegalArgumentException("there is no option " + parts[0]);
            }
        }
        return new BenchmarkOptions(sales, selling, purchasing, Duration.ofSeconds(seconds), List.copyOf(settings));
    }

    private static int number(String argument, String[] parts) {
        try {
            return Integer.parseInt(parts[parts.length - 1]);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(argument + " has no number", e);
        }
    }
}
