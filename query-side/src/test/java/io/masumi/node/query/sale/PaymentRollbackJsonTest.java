package io.masumi.node.query.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.query.Sale;
import io.masumi.node.query.WireSchemas;
import io.masumi.node.query.projection.Occurrence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What clients see when blocks go: nothing is forgotten, and nothing is claimed that the chain does not show any more. */
class PaymentRollbackJsonTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final Sale sale = Sale.number(1);

    @Test
    void aForeignTransactionThatIsGoneIsListedAsRolledBackAndConfirmedWhenItComesAgain() {
        List<PaymentEvent> events = upTo(PaymentEvent.FundsLocked.class);
        PaymentEvent.FundsLocked lock = (PaymentEvent.FundsLocked) events.getLast();
        events.add(new PaymentEvent.FactsUndone(sale.paymentId(), lock.lock().transaction().at(), List.of(sale.hash("lock"))));
        events.add(lock);

        JsonNode undone = rendered(events).get(2);
        JsonNode again = rendered(events).get(3);

        assertThat(undone.at("/onChainState").isNull()).isTrue();
        assertThat(undone.at("/CurrentTransaction/txHash").asText()).isEqualTo(sale.hash("lock"));
        assertThat(undone.at("/CurrentTransaction/status").asText()).isEqualTo("RolledBack");
        assertThat(undone.at("/CurrentTransaction/blockHeight").isNull()).isTrue();
        assertThat(undone.at("/totalBuyerCardanoFees").decimalValue()).isZero();
        assertThat(undone.at("/onChainStateOrResultLastChangedAt").asText()).isEqualTo(undone.at("/updatedAt").asText());
        assertThat(again.at("/CurrentTransaction/status").asText()).isEqualTo("Confirmed");
        assertThat(again.at("/TransactionHistory")).isEmpty();
    }

    @Test
    void ourOwnThatIsSentAgainIsPending() {
        List<PaymentEvent> events = upTo(PaymentEvent.ResultSubmitted.class);
        PaymentState before = PaymentState.evolve(PaymentState.evolve(null, events.getFirst()), events.get(1));
        PaymentEvent.ResultSubmitted result = (PaymentEvent.ResultSubmitted) events.getLast();
        events.add(new PaymentEvent.FactsUndone(sale.paymentId(), before.escrow().transaction().at(), List.of(sale.hash("submit"))));
        events.add(result);

        JsonNode undone = rendered(events).get(events.size() - 2);
        JsonNode again = rendered(events).getLast();

        assertThat(undone.at("/onChainState").asText()).isEqualTo("FundsLocked");
        assertThat(undone.at("/NextAction/requestedAction").asText()).isEqualTo("SubmitResultInitiated");
        assertThat(undone.at("/CurrentTransaction/status").asText()).isEqualTo("Pending");
        assertThat(undone.at("/CurrentTransaction/txHash").asText()).isEqualTo(sale.hash("submit"));
        assertThat(undone.at("/TransactionHistory/0/txHash").asText()).isEqualTo(sale.hash("lock"));
        assertThat(undone.at("/TransactionHistory/0/status").asText()).isEqualTo("Confirmed");
        assertThat(again.at("/onChainState").asText()).isEqualTo("ResultSubmitted");
        assertThat(again.at("/CurrentTransaction/status").asText()).isEqualTo("Confirmed");
        assertThat(again.at("/TransactionHistory")).hasSize(1);
    }

    @Test
    void oneThatIsGivenUpIsListedAsFailedUntilTheNextAndWhateverComesBetween() {
        List<PaymentEvent> events = upTo(PaymentEvent.ResultSubmissionRequested.class);
        events.add(new PaymentEvent.ActionInitiated(sale.paymentId(), EscrowAction.SubmitResult, sale.hash("first"), 100));
        events.add(givenUp("first"));
        events.add(new PaymentEvent.LockIgnored(sale.paymentId(), ((PaymentEvent.FundsLocked) events.get(1)).lock(), "a second one"));
        events.add(new PaymentEvent.ActionInitiated(sale.paymentId(), EscrowAction.SubmitResult, sale.hash("second"), 200));
        events.add(givenUp("never announced"));

        List<JsonNode> all = rendered(events);
        JsonNode lost = all.get(events.size() - 4);
        JsonNode between = all.get(events.size() - 3);
        JsonNode last = all.getLast();

        assertThat(lost.at("/CurrentTransaction/txHash").asText()).isEqualTo(sale.hash("first"));
        assertThat(lost.at("/CurrentTransaction/status").asText()).isEqualTo("FailedViaTimeout");
        assertThat(lost.at("/NextAction/requestedAction").asText()).isEqualTo("SubmitResultInitiated");
        assertThat(between.at("/CurrentTransaction")).isEqualTo(lost.at("/CurrentTransaction"));
        assertThat(last.at("/CurrentTransaction/txHash").asText()).isEqualTo(sale.hash("second"));
        assertThat(last.at("/CurrentTransaction/status").asText()).isEqualTo("Pending");
        assertThat(last.at("/TransactionHistory/0/txHash").asText()).isEqualTo(sale.hash("never announced"));
        assertThat(last.at("/TransactionHistory/0/status").asText()).isEqualTo("FailedViaTimeout");
        assertThat(last.at("/TransactionHistory/1/txHash").asText()).isEqualTo(sale.hash("first"));
    }

    private PaymentEvent givenUp(String transaction) {
        return new PaymentEvent.TransactionGivenUp(sale.paymentId(), EscrowAction.SubmitResult,
                new GivenUpTransaction(sale.hash(transaction), 100, "it was not on chain when its validity ended", true));
    }

    @Test
    void anActionThatWaitsSaysForWhatUntilItsTransactionIsSigned() {
        List<PaymentEvent> events = upTo(PaymentEvent.ResultSubmissionRequested.class);
        events.add(new PaymentEvent.ActionDelayed(sale.paymentId(), EscrowAction.SubmitResult, ErrorType.NetworkError, "no answer"));
        events.add(new PaymentEvent.ActionInitiated(sale.paymentId(), EscrowAction.SubmitResult, sale.hash("submit"), 100));

        JsonNode delayed = rendered(events).get(events.size() - 2);
        JsonNode signed = rendered(events).getLast();

        assertThat(delayed.at("/NextAction").toString()).isEqualTo("{\"requestedAction\":\"SubmitResultRequested\",\"errorType\":"
                + "\"NetworkError\",\"errorNote\":\"no answer\",\"resultHash\":\"" + Sale.RESULT + "\"}");
        assertThat(signed.at("/NextAction/errorNote").isNull()).isTrue();
    }

    private List<PaymentEvent> upTo(Class<? extends PaymentEvent> last) {
        List<PaymentEvent> events = new ArrayList<>();
        for (PaymentEvent event : sale.payment()) {
            events.add(event);
            if (last.isInstance(event)) {
                return events;
            }
        }
        throw new IllegalArgumentException(last + " does not happen");
    }

    private static List<JsonNode> rendered(List<PaymentEvent> events) {
        List<JsonNode> steps = new ArrayList<>();
        SaleView<PaymentState> view = null;
        for (int version = 0; version < events.size(); version++) {
            view = SaleView.after(view, events.get(version), PaymentState::evolve, new Occurrence(version, START.plusSeconds(version)));
            steps.add(WireSchemas.valid("Payment", new PaymentJson().render(view, true)));
        }
        return steps;
    }
}
