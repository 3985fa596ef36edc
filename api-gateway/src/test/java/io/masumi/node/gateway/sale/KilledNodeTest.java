package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.gateway.node.RunningNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A node is killed at some moment of every step of a sale and started again on the same data directory: the sale goes on, and
 * the chain shows one lock, one result and one withdrawal.
 */
@Tag("slow")
class KilledNodeTest {

    private static final int LONGEST_LIFE_MILLIS = 900;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final List<NodeProcess> started = new ArrayList<>();

    @TempDir
    Path scratch;

    @AfterEach
    void stop() {
        started.getLast().close();
    }

    @Test
    void theSaleGoesOnToWithdrawnWithEachActionOnChainOnce() throws IOException {
        Path data = scratch.resolve("data");
        MovableClock clock = MovableClock.in(data);
        int port = start(data).port();
        String adminKey = Files.readString(data.resolve(RunningNode.ADMIN_KEY_FILE)).strip();
        SaleClient client = new SaleClient(port, adminKey);
        client.makeKeys();
        JsonNode agent = client.registerAgent();
        JsonNode payment = client.createPayment(client.terms(agent, clock.instant()));
        String identifier = payment.path("blockchainIdentifier").asString();

        SaleClient.ok(client.createPurchase(payment));
        killSomewhen();
        client.comeBack(start(data).port());
        client.awaitBoth(identifier, "FundsLocked");

        SaleClient.ok(client.submitResult(identifier));
        killSomewhen();
        client.comeBack(start(data).port());
        client.awaitBoth(identifier, "ResultSubmitted");

        clock.moveTo(Instant.ofEpochMilli(Long.parseLong(payment.path("unlockTime").asString())).plusSeconds(2));
        killSomewhen();
        client.comeBack(start(data).port());
        client.awaitBoth(identifier, "Withdrawn");

        ContractOnChain contract = new ContractOnChain(data, payment.at("/PaymentSource/smartContractAddress").asString());
        assertThat(contract.transactions()).as("seed %d", seed).hasSize(3).isEqualTo(SaleClient.transactions(client.payment(identifier)));
        assertThat(contract.unspent()).isZero();
        client.awaitBuyersCreditsLessPriceAndFees(identifier);
        logsNameTheSaleAndNoSecret(data, List.of(payment.path("id").asString(), client.purchase(identifier).path("id").asString()),
                List.of(adminKey, client.sellerKey(), client.buyerKey()));
    }

    private void logsNameTheSaleAndNoSecret(Path data, List<String> ids, List<String> keys) throws IOException {
        List<String> secrets = new ArrayList<>(keys);
        secrets.add(Files.readString(data.resolve(RunningNode.ENCRYPTION_KEY_FILE)).strip());
        List<String> lines = started.stream().flatMap(each -> each.logLines().stream()).toList();
        assertThat(lines).noneMatch(line -> secrets.stream().anyMatch(line::contains));
        assertThat(lines).filteredOn(line -> line.contains("signed")).isNotEmpty()
                .filteredOn(line -> line.contains("SubmitResult") || line.contains("Withdraw") || line.contains("Lock"))
                .allMatch(line -> ids.stream().anyMatch(line::contains));
    }

    private NodeProcess start(Path data) {
        started.add(NodeProcess.start(data));
        return started.getLast();
    }

    /** The moment is what this test varies, so here time passes for its own sake. */
    private void killSomewhen() {
        LockSupport.parkNanos(random.nextInt(LONGEST_LIFE_MILLIS) * 1_000_000L);
        started.getLast().kill();
    }
}
