package io.masumi.node.gateway.purchase;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.escrow.BulkRecovery;
import io.masumi.node.purchase.PurchaseCommand.RecoverFromError;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.query.escrow.WaitingFilter;
import io.masumi.node.query.purchase.PurchaseQuery.CountWaitingPurchases;
import io.masumi.node.query.purchase.PurchaseQuery.FindPurchase;
import io.masumi.node.query.purchase.PurchaseQuery.ListWaitingPurchases;

/** Purchases that wait for an operator. */
record PurchaseRecovery(WaitingFilter filter) implements BulkRecovery.Kind {

    @Override
    public Object list(int limit, String cursorId) {
        return new ListWaitingPurchases(filter, limit, cursorId);
    }

    @Override
    public Object count() {
        return new CountWaitingPurchases(filter);
    }

    @Override
    public Object recover(String id, Retry retry, long seenVersion, Requester requester) {
        return new RecoverFromError(new PurchaseId(id), retry, seenVersion, requester);
    }

    @Override
    public Object find(String id) {
        return new FindPurchase(new PurchaseId(id), false);
    }
}
