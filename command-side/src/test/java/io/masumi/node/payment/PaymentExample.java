package io.masumi.node.payment;

import static io.masumi.node.escrow.SaleExample.*;

import io.masumi.node.Requester;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.payment.PaymentCommand.CreatePayment;
import io.masumi.node.payment.PaymentEvent.DisputeResolved;
import io.masumi.node.payment.PaymentEvent.FundsLocked;
import io.masumi.node.payment.PaymentEvent.FundsOrDatumFoundInvalid;
import io.masumi.node.payment.PaymentEvent.FundsWithdrawn;
import io.masumi.node.payment.PaymentEvent.PaymentCreated;
import io.masumi.node.payment.PaymentEvent.RefundRequested;
import io.masumi.node.payment.PaymentEvent.RefundWithdrawn;
import io.masumi.node.payment.PaymentEvent.ResultSubmitted;
import java.util.ArrayList;
import java.util.List;

/** The payment of {@link io.masumi.node.escrow.SaleExample}, and a history for every on-chain state. */
final class PaymentExample {

    static final PaymentId ID = PaymentId.of(IDENTIFIER);

    static final PaymentCreated CREATED = new PaymentCreated(ID, IDENTIFIER, SOURCE, AGENT, "Summariser", PricingType.Fixed, PRICE, null,
            INPUT_HASH, PURCHASER, TIMES, COOLDOWN, SELLING_WALLET, null, "for the tests", OWNER);

    private PaymentExample() {}

    static CreatePayment create() {
        return create(FIXED, List.of(), TIMES);
    }

    static CreatePayment create(AgentPricing pricing, List<Amount> requestedFunds, EscrowTimes times) {
        return new CreatePayment(ID, IDENTIFIER, SOURCE, AGENT, "Summariser", pricing, requestedFunds, INPUT_HASH, PURCHASER, times,
                COOLDOWN, SELLING_WALLET, null, "for the tests", OWNER);
    }

    static CreatePayment createBy(Requester requester) {
        return new CreatePayment(ID, IDENTIFIER, SOURCE, AGENT, "Summariser", FIXED, List.of(), INPUT_HASH, PURCHASER, TIMES, COOLDOWN,
                SELLING_WALLET, null, "for the tests", requester);
    }

    /** The shortest way into a state; its newest transaction is the one numbered {@link #newestIn}. */
    static List<PaymentEvent> historyTo(OnChainState state) {
        return switch (state) {
            case FundsLocked -> List.of(CREATED, new FundsLocked(ID, lock(1)));
            case FundsOrDatumInvalid -> List.of(CREATED, new FundsOrDatumFoundInvalid(ID, lock(1), List.of("The input hash is wrong")));
            case ResultSubmitted -> then(OnChainState.FundsLocked,
                    new ResultSubmitted(ID, state, transition(2, 1, EscrowAction.SubmitResult, state, RESULT_HASH)));
            case RefundRequested -> then(OnChainState.FundsLocked,
                    new RefundRequested(ID, state, transition(2, 1, EscrowAction.RequestRefund, state, "")));
            case RefundWithdrawn -> then(OnChainState.FundsLocked,
                    new RefundWithdrawn(ID, transition(2, 1, EscrowAction.WithdrawRefund, state, "")));
            case Disputed -> then(OnChainState.ResultSubmitted,
                    new RefundRequested(ID, state, transition(3, 2, EscrowAction.RequestRefund, state, RESULT_HASH)));
            case Withdrawn ->
                then(OnChainState.ResultSubmitted, new FundsWithdrawn(ID, transition(3, 2, EscrowAction.Withdraw, state, "")));
            case DisputedWithdrawn -> then(OnChainState.Disputed,
                    new DisputeResolved(ID, transition(4, 3, EscrowAction.WithdrawDisputed, state, "")));
            case WithdrawAuthorized, RefundAuthorized -> throw new IllegalArgumentException("not reached by this contract version");
        };
    }

    /** Number of the newest transaction in {@link #historyTo}. */
    static int newestIn(OnChainState state) {
        return historyTo(state).size() - 1;
    }

    static List<PaymentEvent> then(OnChainState state, PaymentEvent... events) {
        List<PaymentEvent> longer = new ArrayList<>(historyTo(state));
        longer.addAll(List.of(events));
        return longer;
    }
}
