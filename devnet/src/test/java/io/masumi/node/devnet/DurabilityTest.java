package io.masumi.node.devnet;

import io.masumi.node.devnet.chain.RolledBackTransactions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A network kept in a directory goes on where it stopped, however it stopped. */
class DurabilityTest {
    private static final String ADDRESS = "addr_test1qr7pdg0u7vy6a5p7cx9my9m0t63f4n48pwmez30t4laguawge7xugp6m5qgr6nnp6wazurtagjva8l9fc3a5a4scx0rq2ymhl3";

    private final TestClock clock = new TestClock();

    @TempDir
    private Path directory;

    @Test
    void blocksAndWaitingTransactionsSurvive() {
        String inBlock;
        String waiting;
        String tip;
        long zeroTime;
        try (DevelopmentNetwork network = start()) {
            inBlock = network.faucet(ADDRESS, TestScripts.ada(5));
            tip = network.makeBlock().hash();
            waiting = network.faucet(ADDRESS, TestScripts.ada(6));
            zeroTime = network.zeroTime();
        }
        clock.advance(Duration.ofMinutes(3));
        try (DevelopmentNetwork network = start()) {
            TestHttp http = new TestHttp(network);
            assertThat(network.zeroTime()).isEqualTo(zeroTime);
            assertThat(network.currentSlot()).isEqualTo(86_400 + 180);
            assertThat(http.get("blocks/latest").path("hash").asText()).isEqualTo(tip);
            assertThat(http.get("txs/" + inBlock).path("block").asText()).isEqualTo(tip);
            assertThat(http.get("mempool").findValuesAsText("tx_hash")).containsExactly(waiting);
            network.faucet(ADDRESS, TestScripts.ada(7));
            network.makeBlock();
            assertThat(http.get("addresses/" + ADDRESS + "/utxos")).hasSize(3);
        }
    }

    @Test
    void aNetworkThatNeverClosedGoesOnTheSame() throws IOException {
        try (DevelopmentNetwork network = start()) {
            network.faucet(ADDRESS, TestScripts.ada(5));
            network.makeBlock();
            // What a killed process leaves is the file as it is now: every change was on the disk before it took effect.
            Files.createDirectories(directory.resolve("killed"));
            Files.copy(journal(), directory.resolve("killed/devnet.journal"));
        }
        try (DevelopmentNetwork network = DevelopmentNetwork.start(options().withDirectory(directory.resolve("killed")), clock)) {
            assertThat(new TestHttp(network).get("addresses/" + ADDRESS + "/utxos")).hasSize(1);
        }
    }

    @Test
    void anUnfinishedRecordIsForgottenWhereverItEnds() throws IOException {
        long complete;
        byte[] all;
        try (DevelopmentNetwork network = start()) {
            network.makeBlock();
            complete = Files.size(journal());
            network.faucet(ADDRESS, TestScripts.ada(5));
            all = Files.readAllBytes(journal());
        }
        for (int length : new int[]{(int) complete + 1, (int) complete + 7, (int) complete + 9, all.length - 1}) {
            Files.write(journal(), Arrays.copyOf(all, length), StandardOpenOption.TRUNCATE_EXISTING);
            try (DevelopmentNetwork network = start()) {
                TestHttp http = new TestHttp(network);
                assertThat(http.get("blocks/latest").path("height").asLong()).isEqualTo(1);
                assertThat(http.get("mempool")).isEmpty();
                assertThat(Files.size(journal())).isEqualTo(complete);
            }
        }
    }

    @Test
    void aDamagedRecordEndsWhatCanBeTrusted() throws IOException {
        long complete;
        try (DevelopmentNetwork network = start()) {
            network.makeBlock();
            complete = Files.size(journal());
            network.faucet(ADDRESS, TestScripts.ada(5));
        }
        byte[] all = Files.readAllBytes(journal());
        all[all.length - 10] ^= 1;
        Files.write(journal(), all);
        try (DevelopmentNetwork network = start()) {
            assertThat(new TestHttp(network).get("mempool")).isEmpty();
            assertThat(Files.size(journal())).isEqualTo(complete);
        }
    }

    @Test
    void rollbacksSurvive() {
        String lost;
        String returned;
        try (DevelopmentNetwork network = start()) {
            network.makeBlock();
            lost = network.faucet(ADDRESS, TestScripts.ada(5));
            network.makeBlock();
            network.rollback(1, RolledBackTransactions.LOST);
            returned = network.faucet(ADDRESS, TestScripts.ada(6));
            network.makeBlock();
            network.rollback(1, RolledBackTransactions.RETURN_TO_MEMPOOL);
        }
        try (DevelopmentNetwork network = start()) {
            TestHttp http = new TestHttp(network);
            assertThat(http.get("blocks/latest").path("height").asLong()).isEqualTo(1);
            assertThat(http.status("txs/" + lost)).isEqualTo(404);
            assertThat(http.get("mempool").findValuesAsText("tx_hash")).containsExactly(returned);
        }
    }

    /** Whenever the process dies, what is on the disk up to then is a network that starts, has its blocks, and goes on. */
    @Test
    void everyMomentOfALifeCanBeTheLast() throws IOException {
        try (DevelopmentNetwork network = start()) {
            network.faucet(ADDRESS, TestScripts.ada(5));
            network.makeBlock();
            network.faucet(ADDRESS, TestScripts.ada(6));
            network.makeBlock();
            network.rollback(1, RolledBackTransactions.RETURN_TO_MEMPOOL);
            network.makeBlock();
            network.rollback(2, RolledBackTransactions.LOST);
            network.faucet(ADDRESS, TestScripts.ada(7));
            network.makeBlock();
        }
        byte[] all = Files.readAllBytes(journal());
        TreeSet<Long> heights = new TreeSet<>();
        for (int length = 0; length < all.length; length += 23) {
            Files.write(journal(), Arrays.copyOf(all, length), StandardOpenOption.TRUNCATE_EXISTING);
            try (DevelopmentNetwork network = start()) {
                long before = new TestHttp(network).get("blocks/latest").path("height").asLong();
                heights.add(before);
                assertThat(network.makeBlock().height()).isEqualTo(before + 1);
            }
        }
        assertThat(heights).containsExactly(0L, 1L, 2L);
    }

    @Test
    void aDirectoryBelongsToOneNetworkAtATime() {
        try (DevelopmentNetwork network = start()) {
            assertThatThrownBy(this::start).isInstanceOf(IllegalStateException.class).hasMessageContaining("another development network");
            network.makeBlock();
        }
        start().close();
    }

    private DevelopmentNetwork start() {
        return DevelopmentNetwork.start(options().withDirectory(directory), clock);
    }

    private static DevnetOptions options() {
        return DevnetOptions.inMemory().withBlocksOnDemand();
    }

    private Path journal() {
        return directory.resolve("devnet.journal");
    }
}
