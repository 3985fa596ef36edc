package io.masumi.node.gateway.payment;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.escrow.BulkRecovery;
import io.masumi.node.payment.PaymentCommand.RecoverFromError;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.query.escrow.WaitingFilter;
import io.masumi.node.query.payment.PaymentQuery.CountWaitingPayments;
import io.masumi.node.query.payment.PaymentQuery.FindPayment;
import io.masumi.node.query.payment.PaymentQuery.ListWaitingPayments;

/** Payments that wait for an operator. */
record PaymentRecovery(WaitingFilter filter) implements BulkRecovery.Kind {

    @Override
    public Object list(int limit, String cursorId) {
        return new ListWaitingPayments(filter, limit, cursorId);
    }

    @Override
    public Object count() {
        return new CountWaitingPayments(filter);
    }

    @Override
    public Object recover(String id, Retry retry, long seenVersion, Requester requester) {
        return new RecoverFromError(new PaymentId(id), retry, seenVersion, requester);
    }

    @Override
    public Object find(String id) {
        return new FindPayment(new PaymentId(id), false);
    }
}
