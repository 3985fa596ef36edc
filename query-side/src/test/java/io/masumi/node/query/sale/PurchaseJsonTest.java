package io.masumi.node.query.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.query.Sale;
import io.masumi.node.query.WireSchemas;
import io.masumi.node.query.projection.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurchaseJsonTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final Sale sale = Sale.number(1);

    @Test
    void followsAWholeSaleWithinTheWireSchema() {
        assertThat(rendered(sale.purchase())).extracting(step -> step.at("/onChainState").asText(null) + " "
                + step.at("/NextAction/requestedAction").asText() + " " + step.at("/CurrentTransaction/status").asText() + " "
                + step.at("/TransactionHistory").size() + " " + step.at("/ActionHistory").size()).containsExactly(
                        "null None  0 0",
                        "null FundsLockingRequested  0 1",
                        "null FundsLockingInitiated Pending 0 2",
                        "FundsLocked WaitingForExternalAction Confirmed 0 3",
                        "ResultSubmitted WaitingForExternalAction Confirmed 1 3",
                        "Withdrawn None Confirmed 2 4");
    }

    @Test
    void showsTheSaleFromTheBuyersSide() {
        List<JsonNode> steps = rendered(sale.purchase());
        JsonNode created = steps.getFirst();
        JsonNode submitted = steps.get(4);

        assertThat(created.at("/PaidFunds/0/amount").asText()).isEqualTo("5000000");
        assertThat(created.at("/SellerWallet/walletVkey").asText()).isEqualTo(Sale.SELLER.vkey());
        assertThat(created.at("/SmartContractWallet").isNull()).isTrue();
        assertThat(created.at("/buyerReturnAddress").asText()).isEqualTo("addr_test1return");
        assertThat(created.at("/metadata").isNull()).isTrue();
        assertThat(submitted.at("/SmartContractWallet/id").asText()).isEqualTo(Sale.PURCHASING.id());
        assertThat(submitted.at("/cooldownTime").toString()).isEqualTo("0");
        assertThat(submitted.at("/cooldownTimeOtherParty").toString()).isEqualTo("1800000500000");
    }

    @Test
    void aWalletWithoutMoneyIsSaidToBeThat() {
        List<PurchaseEvent> events = new ArrayList<>(sale.purchase().subList(0, 2));
        events.add(new PurchaseEvent.ActionFailed(sale.purchaseId(), EscrowAction.Lock, ErrorType.InsufficientFunds, "5 ADA are missing"));

        assertThat(rendered(events).getLast().at("/NextAction").toString()).isEqualTo(
                "{\"requestedAction\":\"WaitingForManualAction\",\"errorType\":\"InsufficientFunds\",\"errorNote\":\"5 ADA are missing\"}");
    }

    private static List<JsonNode> rendered(List<PurchaseEvent> events) {
        List<JsonNode> steps = new ArrayList<>();
        SaleView<PurchaseState> view = null;
        for (int version = 0; version < events.size(); version++) {
            view = SaleView.after(view, events.get(version), PurchaseState::evolve, new Occurrence(version, START.plusSeconds(version)));
            WireSchemas.valid("Purchase", new PurchaseJson().render(view, false));
            steps.add(WireSchemas.valid("Purchase", new PurchaseJson().render(view, true)));
        }
        return steps;
    }
}
