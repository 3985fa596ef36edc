package io.masumi.node.chain.process;

import java.util.List;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.outbox.ActionRequest;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.Participant;
import io.masumi.node.purchase.PurchaseEvent;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.wallet.HotWalletId;

/** What a purchase wants done on chain. */
final class PurchaseIntents extends SaleIntents<PurchaseState, PurchaseEvent> {

    PurchaseIntents() {
        super(ActionRole.Purchase, PurchaseEvent.class, PurchaseState::evolve, KeyCosts::of, EscrowStatus::buyerCooldownTime);
    }

    @Override
    ActionRequest request(PurchaseState state, long sequenceNumber) {
        return switch (state.next().action()) {
            case Lock -> request(state, lock(state.created()), state.created().walletIds(), sequenceNumber);
            case RequestRefund -> request(state, new ChainAction.RequestRefund(), buyer(state), sequenceNumber);
            case CancelRefundRequest -> request(state, new ChainAction.CancelRefundRequest(), buyer(state), sequenceNumber);
            case WithdrawRefund ->
                request(state, new ChainAction.WithdrawRefund(state.created().buyerReturnAddress()), buyer(state), sequenceNumber);
            case SubmitResult, AuthorizeRefund, Withdraw, WithdrawDisputed -> throw new IllegalStateException(
                    "a purchase never wants to " + state.next().action());
        };
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
}
