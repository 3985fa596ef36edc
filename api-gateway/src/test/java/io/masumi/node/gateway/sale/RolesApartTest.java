package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.testing.axonserver.AxonServerStandIn;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A node of one process for each role, joined by Axon Server, does what one of a single process does, and gives the same replies. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolesApartTest {

    @TempDir
    static Path scratch;

    private static final AxonServerStandIn AXON_SERVER = AxonServerStandIn.started();
    private static MovableClock clock;
    private static RunningNode whole;
    private static ProcessesOfNode apart;
    private static ThreeSales atWhole;
    private static ThreeSales atApart;

    @BeforeAll
    static void start() {
        Path clockFile = scratch.resolve("clock-offset");
        clock = new MovableClock(clockFile);
        Map<String, Object> settings = Map.of("spring.main.sources", MovableClock.Shared.class.getName(), "masumi.test.clock",
                clockFile.toString());
        Map<String, Object> ofWhole = new HashMap<>(settings);
        ofWhole.put("masumi.database.url", TestPostgres.newDatabase());
        whole = RunningNode.start(new NodeOptions(Optional.of(0), scratch.resolve("whole"), Map.of()), ofWhole);
        atWhole = new ThreeSales(new SaleClient(whole.port(), whole.newAdminKey().orElseThrow()));
        apart = new ProcessesOfNode(scratch, whole.developmentNetwork().orElseThrow().url(), AXON_SERVER.port(), settings);
        apart.start("command");
        apart.start("query");
        apart.start("chain");
        atApart = new ThreeSales(new SaleClient(apart.start("gateway").port(), ProcessesOfNode.ADMIN_KEY));
    }

    @AfterAll
    static void stop() {
        apart.close();
        whole.close();
        AXON_SERVER.close();
    }

    @Test
    @Order(1)
    void repliesAreThoseOfOneProcess() {
        both(ThreeSales::register);
        Instant now = clock.instant();
        both(sales -> sales.buy(now));
        both(ThreeSales::act);
        clock.moveTo(latest(ThreeSales::sellersCooldown));
        both(ThreeSales::authorize);
        clock.moveTo(latest(ThreeSales::unlocked));
        both(ThreeSales::end);
        assertThat(atApart.replies().differencesFrom(atWhole.replies())).isEmpty();
    }

    private static void both(Consumer<ThreeSales> step) {
        CompletableFuture.allOf(
                Stream.of(atWhole, atApart).map(sales -> CompletableFuture.runAsync(() -> step.accept(sales), Thread::startVirtualThread))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private static Instant latest(Function<ThreeSales, Instant> time) {
        return List.of(atWhole, atApart).stream().map(time).max(Instant::compareTo).orElseThrow();
    }
}
