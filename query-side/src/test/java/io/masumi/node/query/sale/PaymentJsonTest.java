package io.masumi.node.query.sale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.Requester;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.query.Sale;
import io.masumi.node.query.WireSchemas;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PricingType;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaymentJsonTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private final Sale sale = Sale.number(1);

    @Test
    void followsAWholeSaleWithinTheWireSchema() {
        List<JsonNode> steps = rendered(sale.payment());

        assertThat(steps).extracting(step -> step.at("/onChainState").asText(null) + " " + step.at("/NextAction/requestedAction").asText()
                + " " + step.at("/CurrentTransaction/status").asText() + " " + step.at("/TransactionHistory").size() + " "
                + step.at("/ActionHistory").size()).containsExactly(
                        "null WaitingForExternalAction  0 0",
                        "FundsLocked WaitingForExternalAction Confirmed 0 0",
                        "FundsLocked SubmitResultRequested Confirmed 0 1",
                        "FundsLocked SubmitResultInitiated Pending 1 2",
                        "ResultSubmitted WaitingForExternalAction Confirmed 1 3",
                        "ResultSubmitted WithdrawRequested Confirmed 1 4",
                        "ResultSubmitted WithdrawInitiated Pending 2 5",
                        "Withdrawn None Confirmed 2 6");
    }

    /** A buyer's client hands them on as they are shown, and the signature covers their order. */
    @Test
    void showsRequestedFundsInTheOrderThatIsSigned() {
        PaymentEvent.PaymentCreated fixed = (PaymentEvent.PaymentCreated) sale.paymentCreated();
        List<Amount> signed = List.of(new Amount(Sale.USDM, BigInteger.TWO), Amount.lovelace(3));
        PaymentEvent.PaymentCreated dynamic = new PaymentEvent.PaymentCreated(fixed.paymentId(), fixed.blockchainIdentifier(),
                fixed.source(),
                fixed.agentIdentifier(), fixed.agentName(), PricingType.Dynamic, Funds.of(signed), signed, fixed.inputHash(),
                fixed.identifierFromPurchaser(), fixed.times(), fixed.cooldownTime(), fixed.sellingWallet(), null, null,
                fixed.requester());

        assertThat(rendered(List.of(dynamic)).getFirst().at("/RequestedFunds").toString()).isEqualTo(
                "[{\"amount\":\"2\",\"unit\":\"" + Sale.USDM + "\"},{\"amount\":\"3\",\"unit\":\"\"}]");
    }

    @Test
    void showsWhatWasAgreed() {
        JsonNode created = rendered(sale.payment()).getFirst();

        assertThat(created.at("/id").asText()).isEqualTo(sale.paymentId().value());
        assertThat(created.at("/blockchainIdentifier").asText()).isEqualTo(sale.identifier().value());
        assertThat(created.at("/payByTime").asText()).isEqualTo("1800000000000");
        assertThat(created.at("/createdAt").asText()).isEqualTo("2026-11-20T10:00:00.000Z");
        assertThat(created.at("/requestedById").asText()).isEqualTo("ckey0seller");
        assertThat(created.at("/RequestedFunds").toString()).isEqualTo(
                "[{\"amount\":\"5000000\",\"unit\":\"\"},{\"amount\":\"2500000\",\"unit\":\"" + Sale.USDM + "\"}]");
        assertThat(created.at("/SmartContractWallet/walletVkey").asText()).isEqualTo(Sale.SELLING.vkey());
        assertThat(created.at("/metadata").asText()).isEqualTo("note \"quoted\"");
        assertThat(created.at("/totalBuyerCardanoFees").toString()).isEqualTo("0");
        assertThat(created.at("/BuyerWallet").isNull()).isTrue();
        assertThat(created.at("/CurrentTransaction").isNull()).isTrue();
        assertThat(created.at("/resultHash").isNull()).isTrue();
        assertThat(created.at("/lastCheckedAt").isNull()).isTrue();
    }

    @Test
    void showsWhatTheChainShowed() {
        List<JsonNode> steps = rendered(sale.payment());
        JsonNode locked = steps.get(1);
        JsonNode ended = steps.getLast();

        assertThat(locked.at("/collateralReturnLovelace").asText()).isEqualTo("1500000");
        assertThat(locked.at("/totalBuyerCardanoFees").toString()).isEqualTo("0.290001");
        assertThat(locked.at("/BuyerWallet/walletVkey").asText()).isEqualTo(Sale.BUYER.vkey());
        assertThat(locked.at("/CurrentTransaction/fees").asText()).isEqualTo("290001");
        assertThat(locked.at("/CurrentTransaction/blockHeight").toString()).isEqualTo("10");
        assertThat(locked.at("/CurrentTransaction/blockTime").toString()).isEqualTo("1800000200");
        assertThat(locked.at("/CurrentTransaction/previousOnChainState").isNull()).isTrue();
        assertThat(locked.at("/CurrentTransaction/newOnChainState").asText()).isEqualTo("FundsLocked");
        assertThat(locked.at("/lastCheckedAt").asText()).isEqualTo("2026-11-20T10:00:01.000Z");
        assertThat(steps.get(4).at("/cooldownTime").toString()).isEqualTo("1800000500000");
        assertThat(steps.get(4).at("/cooldownTimeOtherParty").toString()).isEqualTo("0");
        assertThat(steps.get(4).at("/resultHash").asText()).isEqualTo(Sale.RESULT);
        assertThat(ended.at("/resultHash").asText()).isEqualTo(Sale.RESULT);
        assertThat(ended.at("/totalSellerCardanoFees").toString()).isEqualTo("0.719329");
        assertThat(ended.at("/WithdrawnForSeller/0/amount").asText()).isEqualTo("4750000");
        assertThat(ended.at("/WithdrawnForBuyer").toString()).isEqualTo("[{\"amount\":\"1500000\",\"unit\":\"\"}]");
        assertThat(ended.at("/TransactionHistory")).extracting(transaction -> transaction.at("/txHash").asText())
                .containsExactly(sale.hash("submit"), sale.hash("lock"));
        assertThat(ended.at("/ActionHistory")).extracting(action -> action.at("/requestedAction").asText() + " "
                + action.at("/resultHash").asText(null) + " " + action.at("/submittedTxHash").asText(null)).containsExactly(
                        "WithdrawInitiated null " + sale.hash("withdraw"),
                        "WithdrawRequested null null",
                        "WaitingForExternalAction null null",
                        "SubmitResultInitiated " + Sale.RESULT + " " + sale.hash("submit"),
                        "SubmitResultRequested " + Sale.RESULT + " null",
                        "WaitingForExternalAction null null");
    }

    @Test
    void ourTransactionStaysTheSameEntryWhenItIsSeenOnChain() {
        List<JsonNode> steps = rendered(sale.payment());

        assertThat(steps.get(4).at("/CurrentTransaction/id")).isEqualTo(steps.get(3).at("/CurrentTransaction/id"));
        assertThat(steps.get(4).at("/CurrentTransaction/createdAt")).isEqualTo(steps.get(3).at("/CurrentTransaction/createdAt"));
        assertThat(steps.get(4).at("/CurrentTransaction/previousOnChainState").asText()).isEqualTo("FundsLocked");
        assertThat(steps.get(4).at("/CurrentTransaction/newOnChainState").asText()).isEqualTo("ResultSubmitted");
    }

    @Test
    void saysWhenWhatChangedLast() {
        List<JsonNode> steps = rendered(sale.payment());

        assertThat(steps).extracting(step -> second(step, "/nextActionLastChangedAt") + second(step, "/onChainStateOrResultLastChangedAt")
                + second(step, "/nextActionOrOnChainStateOrResultLastChangedAt") + second(step, "/updatedAt"))
                .containsExactly("0000", "0111", "2122", "3133", "4444", "5455", "6466", "7777");
    }

    @Test
    void historiesAreNullUnlessAskedFor() {
        SaleView<PaymentState> view = fold(sale.payment());
        JsonNode brief = WireSchemas.valid("Payment", new PaymentJson().render(view, false));

        assertThat(brief.at("/ActionHistory").isNull()).isTrue();
        assertThat(brief.at("/TransactionHistory").isNull()).isTrue();
        assertThat(brief.at("/CurrentTransaction/status").asText()).isEqualTo("Confirmed");
    }

    @Test
    void aFailedActionLosesItsTransactionAndKnowsNoInsufficientFunds() {
        List<PaymentEvent> events = new ArrayList<>(sale.payment().subList(0, 4));
        events.add(new PaymentEvent.ActionFailed(sale.paymentId(), EscrowAction.SubmitResult, ErrorType.InsufficientFunds, "no money"));
        JsonNode failed = rendered(events).getLast();

        assertThat(failed.at("/NextAction").toString())
                .isEqualTo("{\"requestedAction\":\"WaitingForManualAction\",\"errorType\":\"Unknown\","
                        + "\"errorNote\":\"no money\",\"resultHash\":\"" + Sale.RESULT + "\"}");
        assertThat(failed.at("/CurrentTransaction/status").asText()).isEqualTo("FailedViaTimeout");
    }

    @Test
    void whatTheOtherPartyDidFirstReplacesOurPendingTransaction() {
        List<PaymentEvent> events = new ArrayList<>(sale.payment().subList(0, 4));
        events.add(new PaymentEvent.RefundRequested(sale.paymentId(), OnChainState.RefundRequested, sale.refundRequested()));
        JsonNode refund = rendered(events).getLast();

        assertThat(refund.at("/CurrentTransaction/txHash").asText()).isEqualTo(sale.hash("refund"));
        assertThat(refund.at("/TransactionHistory/0/txHash").asText()).isEqualTo(sale.hash("submit"));
        assertThat(refund.at("/TransactionHistory/0/status").asText()).isEqualTo("FailedViaTimeout");
        assertThat(refund.at("/cooldownTimeOtherParty").toString()).isEqualTo("1800000600000");
    }

    @Test
    void aTransactionThatWasGivenUpAndIsSeenAfterAllIsListedOnce() {
        List<PaymentEvent> events = new ArrayList<>(sale.payment().subList(0, 4));
        events.add(new PaymentEvent.ActionInitiated(sale.paymentId(), EscrowAction.SubmitResult, sale.hash("again"), 150));
        events.add(sale.payment().get(4));
        JsonNode submitted = rendered(events).getLast();

        assertThat(submitted.at("/CurrentTransaction/txHash").asText()).isEqualTo(sale.hash("submit"));
        assertThat(submitted.at("/CurrentTransaction/status").asText()).isEqualTo("Confirmed");
        assertThat(submitted.at("/TransactionHistory")).extracting(entry -> entry.at("/txHash").asText() + entry.at("/status").asText())
                .containsExactly(sale.hash("again") + "FailedViaTimeout", sale.hash("lock") + "Confirmed");
    }

    @Test
    void aLockOtherThanAgreedShowsWhatIsWrong() {
        JsonNode invalid = rendered(List.of(sale.paymentCreated(),
                new PaymentEvent.FundsOrDatumFoundInvalid(sale.paymentId(), sale.lock(), List.of("too little", "too late")))).getLast();

        assertThat(invalid.at("/onChainState").asText()).isEqualTo("FundsOrDatumInvalid");
        assertThat(invalid.at("/NextAction/requestedAction").asText()).isEqualTo("WaitingForManualAction");
        assertThat(invalid.at("/NextAction/errorNote").asText()).isEqualTo("too little; too late");
    }

    @Test
    void anActionIsListedByItsTimes() {
        List<JsonNode> steps = rendered(List.of(sale.paymentCreated(), sale.payment().get(1),
                new PaymentEvent.ResultSubmissionRequested(sale.paymentId(), Sale.RESULT, Requester.NODE)));
        JsonNode former = steps.getLast().at("/ActionHistory/0");

        assertThat(former.at("/createdAt").asText()).isEqualTo("2026-11-20T10:00:00.000Z");
        assertThat(former.at("/updatedAt").asText()).isEqualTo("2026-11-20T10:00:02.000Z");
    }

    private static String second(JsonNode payment, String member) {
        return payment.at(member).asText().substring(18, 19);
    }

    /** The payment after each event, one second apart, each checked against the schema. */
    private static List<JsonNode> rendered(List<PaymentEvent> events) {
        List<JsonNode> steps = new ArrayList<>();
        for (int count = 1; count <= events.size(); count++) {
            steps.add(WireSchemas.valid("Payment", new PaymentJson().render(fold(events.subList(0, count)), true)));
        }
        return steps;
    }

    private static SaleView<PaymentState> fold(List<PaymentEvent> events) {
        SaleView<PaymentState> view = null;
        for (int version = 0; version < events.size(); version++) {
            view = SaleView.after(view, events.get(version), PaymentState::evolve, new Occurrence(version, START.plusSeconds(version)));
        }
        return view;
    }
}
