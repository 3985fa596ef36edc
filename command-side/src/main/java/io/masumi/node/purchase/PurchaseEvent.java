package io.masumi.node.purchase;

import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.AgreedSale;
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
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.escrow.SaleEvent;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import java.util.List;

/** What happened to a purchase. Stored for ever under the names given here. */
public sealed interface PurchaseEvent extends SaleEvent {

    PurchaseId purchaseId();

    @Override
    default String saleId() {
        return purchaseId().value();
    }

    /**
     * The terms were verified and agreed to.
     *
     * @param price what is to be locked besides the collateral return
     * @param cooldownTime the contract's cooldown, ms
     * @param walletIds ids of the purchasing wallets that may pay, empty for any of the source's
     */
    @EventName("masumi.purchase.PurchaseCreated")
    record PurchaseCreated(PurchaseId purchaseId, BlockchainIdentifier blockchainIdentifier, PaymentSourceRef source,
            String agentIdentifier, String agentName, PricingType pricingType, Funds price, String inputHash,
            String identifierFromPurchaser,
            EscrowTimes times, long cooldownTime, Participant seller, List<String> walletIds, String buyerReturnAddress,
            String sellerReturnAddress, String metadata, Requester requester) implements PurchaseEvent, AgreedSale {

        @Override
        public String saleId() {
            return purchaseId.value();
        }

        @Override
        public EscrowRecord after(EscrowRecord before) {
            return EscrowRecord.begun(NextAction.NONE);
        }
    }

    /**
     * payByTime passed, nothing was locked, and nothing can be any more: the purchase has expired. The node found that by itself, also
     * when the purchase had been left to an operator.
     *
     * @param followedTo the block up to which the chain was read to know that
     */
    @EventName("masumi.purchase.PurchaseExpired")
    record PurchaseExpired(PurchaseId purchaseId, long payByTime, ChainPoint followedTo) implements PurchaseEvent, Expired {}

    /** The money is to be locked. */
    @EventName("masumi.purchase.FundsLockingRequested")
    record FundsLockingRequested(PurchaseId purchaseId, Requester requester) implements PurchaseEvent, Requested {

        @Override
        public EscrowAction action() {
            return EscrowAction.Lock;
        }
    }

    @EventName("masumi.purchase.RefundRequestRequested")
    record RefundRequestRequested(PurchaseId purchaseId, Requester requester) implements PurchaseEvent, Requested {

        @Override
        public EscrowAction action() {
            return EscrowAction.RequestRefund;
        }
    }

    @EventName("masumi.purchase.RefundRequestCancellationRequested")
    record RefundRequestCancellationRequested(PurchaseId purchaseId, Requester requester) implements PurchaseEvent, Requested {

        @Override
        public EscrowAction action() {
            return EscrowAction.CancelRefundRequest;
        }
    }

    @EventName("masumi.purchase.RefundWithdrawalRequested")
    record RefundWithdrawalRequested(PurchaseId purchaseId, Requester requester) implements PurchaseEvent, Requested {

        @Override
        public EscrowAction action() {
            return EscrowAction.WithdrawRefund;
        }
    }

    /** A signed transaction for the wanted action exists. @param validUntilSlot last slot in which it can land */
    @EventName("masumi.purchase.ActionInitiated")
    record ActionInitiated(PurchaseId purchaseId, EscrowAction action, WalletRef wallet, String transactionHash,
            long validUntilSlot) implements PurchaseEvent, Initiated {}

    /** The wanted action failed; an operator must look. */
    @EventName("masumi.purchase.ActionFailed")
    record ActionFailed(PurchaseId purchaseId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PurchaseEvent, ActionLost {}

    /** The agreed money is locked at the contract. */
    @EventName("masumi.purchase.FundsLocked")
    record FundsLocked(PurchaseId purchaseId, LockObservation lock) implements PurchaseEvent, SeenLocked {}

    /** Money is locked under this identifier, but not as agreed. @param brokenRules every rule it breaks, in words */
    @EventName("masumi.purchase.FundsOrDatumFoundInvalid")
    record FundsOrDatumFoundInvalid(PurchaseId purchaseId, LockObservation lock,
            List<String> brokenRules) implements PurchaseEvent, SeenInvalid {}

    /** A lock under this identifier was not believed: a second one, or one its buyer did not make. */
    @EventName("masumi.purchase.LockIgnored")
    record LockIgnored(PurchaseId purchaseId, LockObservation lock, String reason) implements PurchaseEvent, SeenIgnored {}

    /** The seller's result is on chain. @param state ResultSubmitted or Disputed */
    @EventName("masumi.purchase.ResultSubmitted")
    record ResultSubmitted(PurchaseId purchaseId, OnChainState state,
            TransitionObservation transition) implements PurchaseEvent, SeenMoved {}

    /** The buyer asked for a refund. @param state RefundRequested or Disputed */
    @EventName("masumi.purchase.RefundRequested")
    record RefundRequested(PurchaseId purchaseId, OnChainState state,
            TransitionObservation transition) implements PurchaseEvent, SeenMoved {}

    /** The buyer took the refund request back. @param state FundsLocked or ResultSubmitted */
    @EventName("masumi.purchase.RefundRequestCancelled")
    record RefundRequestCancelled(PurchaseId purchaseId, OnChainState state,
            TransitionObservation transition) implements PurchaseEvent, SeenMoved {}

    /** The seller let the buyer have the money back; the result is cleared. */
    @EventName("masumi.purchase.RefundAuthorized")
    record RefundAuthorized(PurchaseId purchaseId, TransitionObservation transition) implements PurchaseEvent, SeenMoved {}

    /** The seller has the money. */
    @EventName("masumi.purchase.FundsWithdrawn")
    record FundsWithdrawn(PurchaseId purchaseId, TransitionObservation transition) implements PurchaseEvent, SeenMoved {}

    /** The buyer has the money back. */
    @EventName("masumi.purchase.RefundWithdrawn")
    record RefundWithdrawn(PurchaseId purchaseId, TransitionObservation transition) implements PurchaseEvent, SeenMoved {}

    /** The admins paid out a dispute; the observation says how, who got what, and who of them signed. */
    @EventName("masumi.purchase.DisputeResolved")
    record DisputeResolved(PurchaseId purchaseId, TransitionObservation transition) implements PurchaseEvent, SeenMoved {}

    /** The chain shows something that the state table has no row for; an operator must look. */
    @EventName("masumi.purchase.UnexpectedTransitionObserved")
    record UnexpectedTransitionObserved(PurchaseId purchaseId, EscrowAction action, EscrowTransaction transaction,
            String note) implements PurchaseEvent, SeenUnexpected {}

    /**
     * The blocks above {@code backTo} are not on the chain any more, and what was recorded from them is not so: the record
     * stands again as it stood before. What comes again is recorded again.
     *
     * @param backTo the newest block that is still on the chain
     * @param transactions hashes of the transactions whose facts are undone, oldest first
     */
    @EventName(value = "masumi.purchase.FactsUndone", revision = "2")
    record FactsUndone(PurchaseId purchaseId, ChainPoint backTo, List<String> transactions) implements PurchaseEvent, Undone {}

    /** A transaction that the node signed for the action is given up. What is wanted, or not, says the next event. */
    @EventName("masumi.purchase.TransactionGivenUp")
    record TransactionGivenUp(PurchaseId purchaseId, EscrowAction action,
            GivenUpTransaction transaction) implements PurchaseEvent, GivenUp {}

    /** The wanted action must wait for something, such as money, and is tried again. */
    @EventName("masumi.purchase.ActionDelayed")
    record ActionDelayed(PurchaseId purchaseId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PurchaseEvent, Delayed {}

    /** The node cannot know how this goes on; an operator must look. */
    @EventName("masumi.purchase.OperatorRequired")
    record OperatorRequired(PurchaseId purchaseId, ErrorType errorType, String errorNote) implements PurchaseEvent, Failed {}

    /** An operator has looked: the node goes on by itself. */
    @EventName("masumi.purchase.ErrorCleared")
    record ErrorCleared(PurchaseId purchaseId, Requester requester) implements PurchaseEvent {

        @Override
        public EscrowRecord after(EscrowRecord before) {
            return before.cleared(NextAction.NONE);
        }
    }

    /** The event by which a purchase stores the fact. */
    static PurchaseEvent of(PurchaseId id, ChainFact fact) {
        return switch (fact) {
            case ChainFact.Locked locked -> new FundsLocked(id, locked.lock());
            case ChainFact.Invalid invalid -> new FundsOrDatumFoundInvalid(id, invalid.lock(), invalid.brokenRules());
            case ChainFact.Ignored ignored -> new LockIgnored(id, ignored.lock(), ignored.reason());
            case ChainFact.Moved moved -> moved(id, moved, moved.transition());
            case ChainFact.Unexpected unexpected -> new UnexpectedTransitionObserved(id, unexpected.action(), unexpected.by(),
                    unexpected.note());
        };
    }

    private static PurchaseEvent moved(PurchaseId id, ChainFact.Moved moved, TransitionObservation seen) {
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
