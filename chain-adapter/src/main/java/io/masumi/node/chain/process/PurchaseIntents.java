package io.masumi.node.chain.process;

import java.util.List;

import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Participant;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.FactsUndone;
import io.masumi.node.purchase.PurchaseEvent.FundsLockingRequested;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestCancellationRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundRequestRequested;
import io.masumi.node.purchase.PurchaseEvent.RefundWithdrawalRequested;
import io.masumi.node.purchase.PurchaseEvent.TransactionGivenUp;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;

/** What a purchase wants done on chain. */
final class PurchaseIntents {

    private PurchaseIntents() {}

    /** What this event says about it. @param state the purchase as the event leaves it */
    static Intent of(PurchaseState state, PurchaseEvent event, long sequenceNumber) {
        return switch (event) {
            case FundsLockingRequested _,RefundRequestRequested _,RefundRequestCancellationRequested _,RefundWithdrawalRequested _ ->
                new Intent.This(request(state, sequenceNumber));
            case FactsUndone _ when state.next().isPending() ->
                new Intent.Again(request(state, sequenceNumber), state.next().transactionHash());
            // Who gave it up knows what is still wanted, and whether an operator has to be told first.
            case TransactionGivenUp _ -> new Intent.AsBefore();
            default -> state.next().isPending() ? new Intent.AsBefore() : new Intent.Nothing();
        };
    }

    private static ActionRequest request(PurchaseState state, long sequenceNumber) {
        EscrowTimes times = state.created().times();
        return switch (state.next().action()) {
            case Lock -> request(state, lock(state.created()), state.created().walletIds(), 0, times.payByTime(), sequenceNumber);
            case RequestRefund -> request(state, new ChainAction.RequestRefund(), buyer(state), 0, times.unlockTime(), sequenceNumber);
            case CancelRefundRequest -> request(state, new ChainAction.CancelRefundRequest(), buyer(state), 0, null, sequenceNumber);
            case WithdrawRefund -> request(state, new ChainAction.WithdrawRefund(state.created().buyerReturnAddress()), buyer(state),
                    times.submitResultTime(), null, sequenceNumber);
            case SubmitResult, AuthorizeRefund, Withdraw, WithdrawDisputed -> throw new IllegalStateException(
                    "a purchase never wants to " + state.next().action());
        };
    }

    private static ActionRequest request(PurchaseState state, ChainAction action, List<String> walletIds, long notBefore, Long notAfter,
            long sequenceNumber) {
        return new ActionRequest(ActionRole.Purchase, state.created().purchaseId().value(), sequenceNumber, source(state), walletIds,
                action, notBefore, notAfter);
    }

    private static ChainAction.Lock lock(PurchaseCreated created) {
        return new ChainAction.Lock(created.blockchainIdentifier(), created.seller(), created.inputHash(), created.times(),
                created.price());
    }

    /** Only the wallet that the datum names as buyer can act on the escrow; it is the one that pays. */
    private static List<String> buyer(PurchaseState state) {
        Participant buyer = state.escrow().buyer();
        return List.of(HotWalletId.of(source(state), buyer == null ? state.wallet().vkey() : buyer.vkey()).value());
    }

    private static PaymentSourceId source(PurchaseState state) {
        return new PaymentSourceId(state.created().source().id());
    }
}
