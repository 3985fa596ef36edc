package io.masumi.node.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.AgreedSale;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ChainFact;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowRecord;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.SaleEvent;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import java.util.List;

/** What happened to a payment. Stored for ever under the names given here. */
public sealed interface PaymentEvent extends SaleEvent {

    PaymentId paymentId();

    @Override
    default String saleId() {
        return paymentId().value();
    }

    /**
     * A sale was agreed: the terms are signed and the payment waits for the money until payByTime.
     *
     * @param price what the buyer is to lock besides the collateral return
     * @param requestedFunds the funds that the signature covers, null for fixed pricing
     * @param cooldownTime the contract's cooldown, ms
     */
    @EventName("masumi.payment.PaymentCreated")
    record PaymentCreated(PaymentId paymentId, BlockchainIdentifier blockchainIdentifier, PaymentSourceRef source, String agentIdentifier,
            String agentName, PricingType pricingType, Funds price, List<Amount> requestedFunds, String inputHash,
            String identifierFromPurchaser, EscrowTimes times, long cooldownTime, WalletRef sellingWallet, String sellerReturnAddress,
            String metadata, Requester requester) implements PaymentEvent, AgreedSale {

        @Override
        public String saleId() {
            return paymentId.value();
        }

        @Override
        public EscrowRecord after(EscrowRecord before) {
            return EscrowRecord.begun(NextAction.WAIT);
        }
    }

    /**
     * payByTime passed and nothing was locked. The node found that by itself, also when the payment had been left to an operator.
     *
     * @param followedTo the block up to which the chain was read to know that, null in what was stored before it was recorded
     */
    @EventName("masumi.payment.PaymentExpired")
    record PaymentExpired(PaymentId paymentId, long payByTime,
            @JsonInclude(JsonInclude.Include.NON_NULL) ChainPoint followedTo) implements PaymentEvent, Expired {}

    /** The agreed money is locked at the contract. */
    @EventName("masumi.payment.FundsLocked")
    record FundsLocked(PaymentId paymentId, LockObservation lock) implements PaymentEvent, SeenLocked {}

    /** Money is locked under this identifier, but not as agreed. @param brokenRules every rule it breaks, in words */
    @EventName("masumi.payment.FundsOrDatumFoundInvalid")
    record FundsOrDatumFoundInvalid(PaymentId paymentId, LockObservation lock,
            List<String> brokenRules) implements PaymentEvent, SeenInvalid {}

    /** A lock under this identifier was not believed: a second one, or one its buyer did not make. */
    @EventName("masumi.payment.LockIgnored")
    record LockIgnored(PaymentId paymentId, LockObservation lock, String reason) implements PaymentEvent, SeenIgnored {}

    @EventName("masumi.payment.ResultSubmissionRequested")
    record ResultSubmissionRequested(PaymentId paymentId, String resultHash, Requester requester) implements PaymentEvent, Requested {

        @Override
        public EscrowAction action() {
            return EscrowAction.SubmitResult;
        }
    }

    @EventName("masumi.payment.RefundAuthorizationRequested")
    record RefundAuthorizationRequested(PaymentId paymentId, Requester requester) implements PaymentEvent, Requested {

        @Override
        public EscrowAction action() {
            return EscrowAction.AuthorizeRefund;
        }
    }

    @EventName("masumi.payment.WithdrawalRequested")
    record WithdrawalRequested(PaymentId paymentId, Requester requester) implements PaymentEvent, Requested {

        @Override
        public EscrowAction action() {
            return EscrowAction.Withdraw;
        }
    }

    /** A signed transaction for the wanted action exists. @param validUntilSlot last slot in which it can land */
    @EventName("masumi.payment.ActionInitiated")
    record ActionInitiated(PaymentId paymentId, EscrowAction action, String transactionHash,
            long validUntilSlot) implements PaymentEvent, Initiated {}

    /** The wanted action failed; an operator must look. */
    @EventName("masumi.payment.ActionFailed")
    record ActionFailed(PaymentId paymentId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PaymentEvent, ActionLost {}

    /** The seller's result is on chain. @param state ResultSubmitted or Disputed */
    @EventName("masumi.payment.ResultSubmitted")
    record ResultSubmitted(PaymentId paymentId, OnChainState state, TransitionObservation transition) implements PaymentEvent, SeenMoved {}

    /** The buyer asked for a refund. @param state RefundRequested or Disputed */
    @EventName("masumi.payment.RefundRequested")
    record RefundRequested(PaymentId paymentId, OnChainState state, TransitionObservation transition) implements PaymentEvent, SeenMoved {}

    /** The buyer took the refund request back. @param state FundsLocked or ResultSubmitted */
    @EventName("masumi.payment.RefundRequestCancelled")
    record RefundRequestCancelled(PaymentId paymentId, OnChainState state,
            TransitionObservation transition) implements PaymentEvent, SeenMoved {}

    /** The seller let the buyer have the money back; the result is cleared. */
    @EventName("masumi.payment.RefundAuthorized")
    record RefundAuthorized(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent, SeenMoved {}

    /** The seller has the money. */
    @EventName("masumi.payment.FundsWithdrawn")
    record FundsWithdrawn(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent, SeenMoved {}

    /** The buyer has the money back. */
    @EventName("masumi.payment.RefundWithdrawn")
    record RefundWithdrawn(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent, SeenMoved {}

    /** The admins paid out a dispute; the observation says how, who got what, and who of them signed. */
    @EventName("masumi.payment.DisputeResolved")
    record DisputeResolved(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent, SeenMoved {}

    /** The chain shows something that the state table has no row for; an operator must look. */
    @EventName("masumi.payment.UnexpectedTransitionObserved")
    record UnexpectedTransitionObserved(PaymentId paymentId, EscrowAction action, EscrowTransaction transaction,
            String note) implements PaymentEvent, SeenUnexpected {}

    /**
     * The blocks above {@code backTo} are not on the chain any more, and what was recorded from them is not so: the record
     * stands again as it stood before. What comes again is recorded again.
     *
     * @param backTo the newest block that is still on the chain
     * @param transactions hashes of the transactions whose facts are undone, oldest first
     */
    @EventName(value = "masumi.payment.FactsUndone", revision = "2")
    record FactsUndone(PaymentId paymentId, ChainPoint backTo, List<String> transactions) implements PaymentEvent, Undone {}

    /** A transaction that the node signed for the action is given up. What is wanted, or not, says the next event. */
    @EventName("masumi.payment.TransactionGivenUp")
    record TransactionGivenUp(PaymentId paymentId, EscrowAction action, GivenUpTransaction transaction) implements PaymentEvent, GivenUp {}

    /** The wanted action must wait for something, such as money, and is tried again. */
    @EventName("masumi.payment.ActionDelayed")
    record ActionDelayed(PaymentId paymentId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PaymentEvent, Delayed {}

    /** The node cannot know how this goes on; an operator must look. */
    @EventName("masumi.payment.OperatorRequired")
    record OperatorRequired(PaymentId paymentId, ErrorType errorType, String errorNote) implements PaymentEvent, Failed {}

    /** An operator has looked: the node goes on by itself. */
    @EventName("masumi.payment.ErrorCleared")
    record ErrorCleared(PaymentId paymentId, Requester requester) implements PaymentEvent {

        @Override
        public EscrowRecord after(EscrowRecord before) {
            return before.cleared(NextAction.WAIT);
        }
    }

    /** The event by which a payment stores the fact. */
    static PaymentEvent of(PaymentId id, ChainFact fact) {
        return switch (fact) {
            case ChainFact.Locked locked -> new FundsLocked(id, locked.lock());
            case ChainFact.Invalid invalid -> new FundsOrDatumFoundInvalid(id, invalid.lock(), invalid.brokenRules());
            case ChainFact.Ignored ignored -> new LockIgnored(id, ignored.lock(), ignored.reason());
            case ChainFact.Moved moved -> moved(id, moved, moved.transition());
            case ChainFact.Unexpected unexpected -> new UnexpectedTransitionObserved(id, unexpected.action(), unexpected.by(),
                    unexpected.note());
        };
    }

    private static PaymentEvent moved(PaymentId id, ChainFact.Moved moved, TransitionObservation seen) {
        return switch (seen.action()) {
            case SubmitResult -> new ResultSubmitted(id, moved.to(), seen);
            case RequestRefund -> new RefundRequested(id, moved.to(), seen);
            case CancelRefundRequest -> new RefundRequestCancelled(id, moved.to(), seen);
            case AuthorizeRefund -> new RefundAuthorized(id, seen);
            case Withdraw -> new FundsWithdrawn(id, seen);
            case WithdrawRefund -> new RefundWithdrawn(id, seen);
            case WithdrawDisputed -> new DisputeResolved(id, seen);
            case Lock -> throw new IllegalStateException("a lock is no transition");
        };
    }
}
