package io.masumi.node.chain.process;

import java.util.List;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.payment.PaymentEvent;
import io.masumi.node.payment.PaymentState;

/** What a payment wants done on chain. */
final class PaymentIntents extends SaleIntents<PaymentState, PaymentEvent> {

    PaymentIntents() {
        super(ActionRole.Payment, PaymentEvent.class, PaymentState::evolve, KeyCosts::of, EscrowStatus::sellerCooldownTime);
    }

    @Override
    ActionRequest request(PaymentState state, long sequenceNumber) {
        return switch (state.next().action()) {
            case SubmitResult -> request(state, new ChainAction.SubmitResult(state.next().resultHash()), sequenceNumber);
            case AuthorizeRefund -> request(state, new ChainAction.AuthorizeRefund(), sequenceNumber);
            case Withdraw -> request(state, new ChainAction.Withdraw(state.created().sellerReturnAddress()), sequenceNumber);
            case Lock, RequestRefund, CancelRefundRequest, WithdrawRefund, WithdrawDisputed -> throw new IllegalStateException(
                    "a payment never wants to " + state.next().action());
        };
    }

    private ActionRequest request(PaymentState state, ChainAction action, long sequenceNumber) {
        return request(state, action, List.of(state.created().sellingWallet().id()), sequenceNumber);
    }
}
