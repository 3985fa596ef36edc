package io.masumi.node.chain.process;

import java.util.List;

import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentEvent.FactsUndone;
import io.masumi.node.payment.PaymentEvent.RefundAuthorizationRequested;
import io.masumi.node.payment.PaymentEvent.ResultSubmissionRequested;
import io.masumi.node.payment.PaymentEvent.WithdrawalRequested;
import io.masumi.node.payment.PaymentEvent.TransactionGivenUp;
import io.masumi.node.payment.PaymentState;
import io.masumi.node.source.PaymentSourceId;

/** What a payment wants done on chain. */
final class PaymentIntents {

    private PaymentIntents() {}

    /** What this event says about it. @param state the payment as the event leaves it */
    static Intent of(PaymentState state, PaymentEvent event, long sequenceNumber) {
        return switch (event) {
            case ResultSubmissionRequested _,RefundAuthorizationRequested _,WithdrawalRequested _ ->
                new Intent.This(request(state, sequenceNumber));
            case FactsUndone _ when state.next().isPending() ->
                new Intent.Again(request(state, sequenceNumber), state.next().transactionHash());
            // Who gave it up knows what is still wanted, and whether an operator has to be told first.
            case TransactionGivenUp _ -> new Intent.AsBefore();
            default -> state.next().isPending() ? new Intent.AsBefore() : new Intent.Nothing();
        };
    }

    private static ActionRequest request(PaymentState state, long sequenceNumber) {
        EscrowTimes times = state.created().times();
        return switch (state.next().action()) {
            case SubmitResult -> request(state, new ChainAction.SubmitResult(state.next().resultHash()), 0, lastTimeForResult(state),
                    sequenceNumber);
            case AuthorizeRefund -> request(state, new ChainAction.AuthorizeRefund(), 0, null, sequenceNumber);
            case Withdraw -> request(state, new ChainAction.Withdraw(state.created().sellerReturnAddress()), times.unlockTime(), null,
                    sequenceNumber);
            case Lock, RequestRefund, CancelRefundRequest, WithdrawRefund, WithdrawDisputed -> throw new IllegalStateException(
                    "a payment never wants to " + state.next().action());
        };
    }

    private static ActionRequest request(PaymentState state, ChainAction action, long notBefore, Long notAfter, long sequenceNumber) {
        return new ActionRequest(ActionRole.Payment, state.created().paymentId().value(), sequenceNumber,
                new PaymentSourceId(state.created().source().id()), List.of(state.created().sellingWallet().id()), action, notBefore,
                notAfter);
    }

    private static Long lastTimeForResult(PaymentState state) {
        EscrowTimes times = state.created().times();
        return state.escrow().resultHash() == null ? times.submitResultTime() : times.externalDisputeUnlockTime();
    }
}
