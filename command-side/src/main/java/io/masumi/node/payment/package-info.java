/**
 * Payments: the seller's record of a sale.
 *
 * <p>The state table of README.md in events: a lock is {@code FundsLocked} (or {@code FundsOrDatumFoundInvalid}, or
 * {@code LockIgnored}); submit result is {@code ResultSubmitted}, request refund {@code RefundRequested}, cancel refund
 * request {@code RefundRequestCancelled}, authorize refund {@code RefundAuthorized}, withdraw {@code FundsWithdrawn},
 * withdraw refund {@code RefundWithdrawn}, withdraw disputed {@code DisputeResolved}; what the table has no row for is
 * {@code UnexpectedTransitionObserved}. These follow from the chain and are never refused. What this side asks for
 * (SubmitResult, AuthorizeRefund, RequestWithdrawal) is refused outside its state and time, and only becomes what the node
 * is about to do.
 */
package io.masumi.node.payment;
