package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.testing.axonserver.AxonServerStandIn;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A node of one process for each role, joined by Axon Server, does what one of a single process does, and gives the same replies. The system
 * property {@code masumi-test.sales} says how many sales are made while processes come and go, and {@code masumi-test.axon-server-port} names
 * the port of a real Axon Server on this machine, without events, to be used instead of the stand-in.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RolesApartTest {

    private static final int SALES = Integer.getInteger("masumi-test.sales", 13);
    private static final Integer REAL_AXON_SERVER = Integer.getInteger("masumi-test.axon-server-port");

    @TempDir
    static Path scratch;

    private static final AxonServerStandIn AXON_SERVER = REAL_AXON_SERVER == null ? AxonServerStandIn.started() : null;
    private static MovableClock clock;
    private static RunningNode whole;
    private static ProcessesOfNode apart;
    private static ProcessesOfNode.Part command;
    private static ProcessesOfNode.Part query;
    private static ProcessesOfNode.Part chain;
    private static ProcessesOfNode.Part otherQuery;
    private static ProcessesOfNode.Part otherChain;
    private static ProcessesOfNode.Part gateway;
    private static Gateways gateways;
    private static ThreeSales atWhole;
    private static ThreeSales atApart;

    @BeforeAll
    static void start() {
        Path clockFile = scratch.resolve("clock-offset");
        clock = new MovableClock(clockFile);
        Map<String, Object> settings = Map.of("spring.main.sources", MovableClock.Shared.class.getName(), "masumi-test.clock",
                clockFile.toString());
        Map<String, Object> ofWhole = new HashMap<>(settings);
        ofWhole.put("masumi.database.url", TestPostgres.newDatabase());
        whole = RunningNode.start(new NodeOptions(Optional.of(0), scratch.resolve("whole"), Map.of()), ofWhole);
        atWhole = new ThreeSales(new SaleClient(whole.port(), whole.newAdminKey().orElseThrow()));
        apart = new ProcessesOfNode(scratch, whole.developmentNetwork().orElseThrow().url(),
                REAL_AXON_SERVER == null ? AXON_SERVER.port() : REAL_AXON_SERVER, settings);
        command = apart.start("command");
        query = apart.start("query");
        chain = apart.start("chain");
        gateway = apart.start("gateway");
        SaleClient client = new SaleClient(gateway.port(), ProcessesOfNode.ADMIN_KEY);
        gateways = new Gateways(client);
        atApart = new ThreeSales(client);
    }

    @AfterAll
    static void stop() {
        apart.close();
        whole.close();
        if (AXON_SERVER != null) {
            AXON_SERVER.close();
        }
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

    /** Two of each role at times, while sales are made at all gateways. */
    @Test
    @Order(2)
    void nothingIsLostOrDoneTwiceWhileProcessesComeAndGo() {
        List<Runnable> events = List.of(() -> otherQuery = apart.start("query"), () -> apart.start("command"), command::close,
                () -> otherChain = apart.start("chain"), () -> otherQuery.kill(), () -> gateways.add(apart.start("gateway").port()),
                chain::close, () -> apart.start("query"), RolesApartTest::restartAxonServer, () -> otherChain.kill(), query::close,
                () -> apart.start("chain"), () -> apart.start("command").kill());
        Instant now = clock.instant();
        List<InsistentSale> sales = new ArrayList<>();
        List<CompletableFuture<Void>> delivered = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            while (sales.size() < SALES * (i + 1) / events.size()) {
                InsistentSale sale = new InsistentSale(gateways, atApart.agent(), now);
                sales.add(sale);
                delivered.add(inBackground(() -> {
                    sale.buy();
                    sale.deliver();
                }));
            }
            events.get(i).run();
        }
        delivered.forEach(CompletableFuture::join);
        clock.moveTo(sales.stream().map(InsistentSale::unlocked).max(Instant::compareTo).orElseThrow());
        sales.stream().map(sale -> inBackground(sale::end)).toList().forEach(CompletableFuture::join);
        nothingTwice(sales);
        await("health").untilAsserted(() -> assertThat(gateways.health()).allSatisfy(health -> assertThat(health.status()).as(health.text())
                .isEqualTo(200)));
        assertThat(gateways.unexpected()).isEmpty();
    }

    private static void restartAxonServer() {
        if (REAL_AXON_SERVER == null) {
            AXON_SERVER.stop();
            AXON_SERVER.start();
        }
    }

    private static void nothingTwice(List<InsistentSale> sales) {
        for (InsistentSale sale : sales) {
            assertThat(events(PaymentId.of(new BlockchainIdentifier(sale.identifier())).value())).containsExactly("PaymentCreated",
                    "FundsLocked", "ResultSubmissionRequested", "ActionInitiated", "ResultSubmitted", "WithdrawalRequested",
                    "ActionInitiated", "FundsWithdrawn");
            assertThat(events(PurchaseId.of(new BlockchainIdentifier(sale.identifier())).value())).containsExactly("PurchaseCreated",
                    "FundsLockingRequested", "ActionInitiated", "FundsLocked", "ResultSubmitted", "FundsWithdrawn");
        }
        JdbcClient database = apart.database();
        assertThat(database.sql("SELECT DISTINCT status FROM chain_action").query(String.class).list()).containsExactly("Confirmed");
        for (String stuck : List.of("set_aside", "pending_retry", "given_up_report")) {
            assertThat(database.sql("SELECT count(*) FROM " + stuck).query(Long.class).single()).as(stuck).isZero();
        }
    }

    /** Names of an aggregate's events, in order. */
    private static List<String> events(String aggregate) {
        return gateway.bean(EventStore.class).readEvents(aggregate).asStream().map(event -> event.getPayloadType().getSimpleName())
                .toList();
    }

    private static CompletableFuture<Void> inBackground(Runnable work) {
        return CompletableFuture.runAsync(work, Thread::startVirtualThread);
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
