package io.masumi.node.gateway.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.gateway.node.NodeOptions;
import io.masumi.node.gateway.node.RunningNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One sale through the public API, on the embedded PostgreSQL and the development network, from nothing to money withdrawn. */
@Tag("slow")
class WholeSaleTest {

    @TempDir
    Path scratch;

    @Test
    void goesFromPostPaymentToMoneyWithdrawn() {
        Path data = scratch.resolve("data");
        try (RunningNode node = RunningNode.start(new NodeOptions(Optional.of(0), data, Map.of()), NodeProcess.SETTINGS)) {
            MovableClock clock = MovableClock.in(data);
            SaleClient client = new SaleClient(node.port(), node.newAdminKey().orElseThrow());
            client.makeKeys();
            JsonNode agent = client.registerAgent();

            JsonNode payment = client.createPayment(client.terms(agent, clock.instant()));
            String identifier = payment.path("blockchainIdentifier").asString();
            assertThat(SaleClient.nextAction(payment)).isEqualTo("WaitingForExternalAction");
            assertThat(payment.path("onChainState").isNull()).isTrue();
            assertThat(payment.path("agentName").asString()).isEqualTo("Test agent");

            JsonNode purchase = SaleClient.ok(client.createPurchase(payment));
            assertThat(SaleClient.nextAction(purchase)).startsWith("FundsLocking");
            assertThat(purchase.at("/PaidFunds/0/amount").asString()).isEqualTo(SaleClient.PRICE);
            assertThat(client.buyersLovelace()).as("the price and its fee, or the most of that").isBetween(69_000_000L, 70_000_000L);
            assertThat(client.createPurchase(payment).status()).isEqualTo(409);
            assertThat(client.createPurchase(payment).json().path("id").asString()).isEqualTo(purchase.path("id").asString());
            assertThat(client.buyersLovelace()).as("a conflict costs nothing").isBetween(69_000_000L, 70_000_000L);
            assertThat(client.submitResult(identifier).status()).as("nothing is locked yet, or it just was").isIn(200, 404);

            client.awaitBoth(identifier, "FundsLocked");
            if (client.payment(identifier).path("NextAction").path("resultHash").isNull()) {
                JsonNode asked = SaleClient.ok(client.submitResult(identifier));
                assertThat(SaleClient.nextAction(asked)).startsWith("SubmitResult");
            }
            client.awaitBoth(identifier, "ResultSubmitted");
            assertThat(client.purchase(identifier).path("resultHash").asString()).isEqualTo(SaleClient.RESULT_HASH);

            clock.moveTo(Instant.ofEpochMilli(Long.parseLong(payment.path("unlockTime").asString())).plusSeconds(5));
            client.awaitBoth(identifier, "Withdrawn");

            JsonNode sold = client.payment(identifier);
            assertThat(SaleClient.nextAction(sold)).isEqualTo("None");
            assertThat(sold.at("/WithdrawnForSeller/0/amount").asString()).as("the price less the network fee of 50 permille")
                    .isEqualTo("28500000");
            assertThat(sold.path("totalSellerCardanoFees").asDouble()).isGreaterThan(0.3);
            assertThat(sold.path("totalBuyerCardanoFees").asDouble()).isGreaterThan(0.1);
            client.awaitBuyersCreditsLessPriceAndFees(identifier);
            ContractOnChain contract = new ContractOnChain(data, sold.at("/PaymentSource/smartContractAddress").asString());
            List<String> onChain = contract.transactions();
            assertThat(onChain).hasSize(3);
            assertThat(SaleClient.transactions(sold)).isEqualTo(onChain);
            assertThat(SaleClient.transactions(client.purchase(identifier))).isEqualTo(onChain);
            JsonNode again = SaleClient.ok(client.submitResult(identifier));
            assertThat(again.path("onChainState").asString()).as("asked again after a lost answer").isEqualTo("Withdrawn");
            assertThat(contract.unspent()).isZero();
        }
    }
}
