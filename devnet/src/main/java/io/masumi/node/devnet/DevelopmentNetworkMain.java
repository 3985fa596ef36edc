package io.masumi.node.devnet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CountDownLatch;

/** Runs a development network by itself: {@code [--port N] [--data DIR]}. Without a directory it is kept in memory. */
public final class DevelopmentNetworkMain {
    private static final Logger LOG = LoggerFactory.getLogger(DevelopmentNetworkMain.class);
    private static final int DEFAULT_PORT = 3010;

    private DevelopmentNetworkMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        DevelopmentNetwork network = DevelopmentNetwork.start(options(arguments), Clock.systemUTC());
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            network.close();
            stopped.countDown();
        }));
        LOG.info("controls at {}", network.controlUrl());
        stopped.await();
    }

    static DevnetOptions options(String[] arguments) {
        DevnetOptions options = DevnetOptions.inMemory().withPort(DEFAULT_PORT);
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 >= arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            options = switch (arguments[i]) {
                case "--port" -> options.withPort(Integer.parseInt(arguments[i + 1]));
                case "--data" -> options.withDirectory(Path.of(arguments[i + 1]));
                default -> throw new IllegalArgumentException("unknown argument " + arguments[i] + "; known are --port N and --data DIR");
            };
        }
        return options;
    }
}
