package io.masumi.node.payment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.AgreedSale;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowStatus;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.NextAction;
import io.masumi.node.escrow.OnChainState;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import java.util.List;

/** What happened to a payment. Stored for ever under the names given here. */
public sealed interface PaymentEvent {

    PaymentId paymentId();

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
    }

    /**
     * payByTime passed and nothing was locked. The node found that by itself, also when the payment had been left to an operator.
     *
     * @param followedTo the block up to which the chain was read to know that, null in what was stored before it was recorded
     */
    @EventName("masumi.payment.PaymentExpired")
    record PaymentExpired(PaymentId paymentId, long payByTime,
            @JsonInclude(JsonInclude.Include.NON_NULL) ChainPoint followedTo) implements PaymentEvent {}

    /** The agreed money is locked at the contract. */
    @EventName("masumi.payment.FundsLocked")
    record FundsLocked(PaymentId paymentId, LockObservation lock) implements PaymentEvent {}

    /** Money is locked under this identifier, but not as agreed. @param brokenRules every rule it breaks, in words */
    @EventName("masumi.payment.FundsOrDatumFoundInvalid")
    record FundsOrDatumFoundInvalid(PaymentId paymentId, LockObservation lock, List<String> brokenRules) implements PaymentEvent {}

    /** A lock under this identifier was not believed: a second one, or one its buyer did not make. */
    @EventName("masumi.payment.LockIgnored")
    record LockIgnored(PaymentId paymentId, LockObservation lock, String reason) implements PaymentEvent {}

    @EventName("masumi.payment.ResultSubmissionRequested")
    record ResultSubmissionRequested(PaymentId paymentId, String resultHash, Requester requester) implements PaymentEvent {}

    @EventName("masumi.payment.RefundAuthorizationRequested")
    record RefundAuthorizationRequested(PaymentId paymentId, Requester requester) implements PaymentEvent {}

    @EventName("masumi.payment.WithdrawalRequested")
    record WithdrawalRequested(PaymentId paymentId, Requester requester) implements PaymentEvent {}

    /** A signed transaction for the wanted action exists. @param validUntilSlot last slot in which it can land */
    @EventName("masumi.payment.ActionInitiated")
    record ActionInitiated(PaymentId paymentId, EscrowAction action, String transactionHash, long validUntilSlot) implements PaymentEvent {}

    /** The wanted action came to nothing; an operator must look. */
    @EventName("masumi.payment.ActionFailed")
    record ActionFailed(PaymentId paymentId, EscrowAction action, ErrorType errorType, String errorNote) implements PaymentEvent {}

    /** The seller's result is on chain. @param state ResultSubmitted or Disputed */
    @EventName("masumi.payment.ResultSubmitted")
    record ResultSubmitted(PaymentId paymentId, OnChainState state, TransitionObservation transition) implements PaymentEvent {}

    /** The buyer asked for a refund. @param state RefundRequested or Disputed */
    @EventName("masumi.payment.RefundRequested")
    record RefundRequested(PaymentId paymentId, OnChainState state, TransitionObservation transition) implements PaymentEvent {}

    /** The buyer took the refund request back. @param state FundsLocked or ResultSubmitted */
    @EventName("masumi.payment.RefundRequestCancelled")
    record RefundRequestCancelled(PaymentId paymentId, OnChainState state, TransitionObservation transition) implements PaymentEvent {}

    /** The seller let the buyer have the money back; the result is cleared. */
    @EventName("masumi.payment.RefundAuthorized")
    record RefundAuthorized(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent {}

    /** The seller has the money. */
    @EventName("masumi.payment.FundsWithdrawn")
    record FundsWithdrawn(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent {}

    /** The buyer has the money back. */
    @EventName("masumi.payment.RefundWithdrawn")
    record RefundWithdrawn(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent {}

    /** The admins paid out a dispute; the observation says how, who got what, and who of them signed. */
    @EventName("masumi.payment.DisputeResolved")
    record DisputeResolved(PaymentId paymentId, TransitionObservation transition) implements PaymentEvent {}

    /** The chain shows something that the state table has no row for; an operator must look. */
    @EventName("masumi.payment.UnexpectedTransitionObserved")
    record UnexpectedTransitionObserved(PaymentId paymentId, EscrowAction action, EscrowTransaction transaction,
            String note) implements PaymentEvent {}

    /**
     * The blocks above {@code backTo} are not on the chain any more, and what was recorded from them is not so: the record
     * stands again as it stood before. What comes again is recorded again.
     *
     * @param backTo the newest block that is still on the chain
     * @param transactions hashes of the transactions whose facts are undone, oldest first
     * @param escrow what the chain shows now
     * @param next what the node is about to do now
     */
    @EventName("masumi.payment.FactsUndone")
    record FactsUndone(PaymentId paymentId, ChainPoint backTo, List<String> transactions, EscrowStatus escrow,
            NextAction next) implements PaymentEvent {}

    /** A transaction that the node signed for the action came to nothing. What is wanted, or not, says the next event. */
    @EventName("masumi.payment.TransactionGivenUp")
    record TransactionGivenUp(PaymentId paymentId, EscrowAction action, GivenUpTransaction transaction) implements PaymentEvent {}

    /** The wanted action must wait for something, such as money, and is tried again. */
    @EventName("masumi.payment.ActionDelayed")
    record ActionDelayed(PaymentId paymentId, EscrowAction action, ErrorType errorType, String errorNote) implements PaymentEvent {}

    /** The node cannot know how this goes on; an operator must look. */
    @EventName("masumi.payment.OperatorRequired")
    record OperatorRequired(PaymentId paymentId, ErrorType errorType, String errorNote) implements PaymentEvent {}

    /** An operator has looked: the node goes on by itself. */
    @EventName("masumi.payment.ErrorCleared")
    record ErrorCleared(PaymentId paymentId, Requester requester) implements PaymentEvent {}

    /** The transaction that this records as seen on chain, null for what happened in the node. */
    default EscrowTransaction seenOnChain() {
        return switch (this) {
            case FundsLocked e -> e.lock().transaction();
            case FundsOrDatumFoundInvalid e -> e.lock().transaction();
            case LockIgnored e -> e.lock().transaction();
            case ResultSubmitted e -> e.transition().transaction();
            case RefundRequested e -> e.transition().transaction();
            case RefundRequestCancelled e -> e.transition().transaction();
            case RefundAuthorized e -> e.transition().transaction();
            case FundsWithdrawn e -> e.transition().transaction();
            case RefundWithdrawn e -> e.transition().transaction();
            case DisputeResolved e -> e.transition().transaction();
            case UnexpectedTransitionObserved e -> e.transaction();
            case
                    PaymentCreated _,PaymentExpired _,ResultSubmissionRequested _,RefundAuthorizationRequested _,WithdrawalRequested _,ActionInitiated _,ActionDelayed _,ActionFailed _,FactsUndone _,TransactionGivenUp _,OperatorRequired _,ErrorCleared _ ->
                null;
        };
    }
}
