package io.masumi.node.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.EscrowRecord;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.purchase.PurchaseEvent.ActionInitiated;
import io.masumi.node.purchase.PurchaseEvent.PurchaseCreated;
import io.masumi.node.purchase.PurchaseEvent.PurchaseExpired;

/**
 * A purchase as its events make it. The aggregate decides on it, the views render it, and an audit folds it up to any
 * event, so all three agree by construction.
 *
 * @param created the agreed terms
 * @param wallet the purchasing wallet that pays, null until a lock is signed
 * @param expiredAt the block at which it was known that nothing is locked and nothing can be, null while that is not so
 */
public record PurchaseState(PurchaseCreated created, @JsonUnwrapped EscrowRecord record, WalletRef wallet,
        @JsonInclude(JsonInclude.Include.NON_NULL) ChainPoint expiredAt) implements SaleState {

    public PurchaseState {
        if (record.status().state() != null || record.next().isPending()) {
            expiredAt = null;
        }
    }

    /** Folds one event; {@code state} is null before the first. */
    public static PurchaseState evolve(PurchaseState state, PurchaseEvent event) {
        if (event instanceof PurchaseCreated created) {
            return new PurchaseState(created, created.after(null), null, null);
        }
        return new PurchaseState(state.created, event.after(state.record),
                event instanceof ActionInitiated initiated ? initiated.wallet() : state.wallet,
                event instanceof PurchaseExpired expired ? expired.followedTo() : state.expiredAt);
    }

    @Override
    public boolean mayExpire() {
        return escrow().state() == null && expiredAt == null;
    }
}
