package io.masumi.node.payment;

import io.masumi.node.Requester;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.LockObservation;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.Retry;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * What can be asked of a payment. Every handler returns the payment's version afterwards (a {@code Long}: the sequence
 * number of its newest event), or throws a {@link io.masumi.node.RejectedException}.
 */
public sealed interface PaymentCommand {

    PaymentId paymentId();

    /**
     * Begins a sale. The identifier is already signed by the selling wallet over the same terms.
     *
     * @param pricing the agent's pricing, as its registry metadata has it
     * @param requestedFunds what the request named, empty when it named none
     * @param cooldownTime the contract's cooldown, ms
     * @param metadata free text of the requester, may be null
     * @param sellerReturnAddress bech32, may be null
     */
    record CreatePayment(@TargetAggregateIdentifier PaymentId paymentId, BlockchainIdentifier blockchainIdentifier, PaymentSourceRef source,
            String agentIdentifier, String agentName, AgentPricing pricing, List<Amount> requestedFunds, String inputHash,
            String identifierFromPurchaser, EscrowTimes times, long cooldownTime, WalletRef sellingWallet, String sellerReturnAddress,
            String metadata, Requester requester) implements PaymentCommand {}

    /** Asks to submit a result. @param resultHash 64 hex digits */
    record SubmitResult(@TargetAggregateIdentifier PaymentId paymentId, String resultHash, Requester requester) implements PaymentCommand {}

    /** Asks to let the buyer have the money back. */
    record AuthorizeRefund(@TargetAggregateIdentifier PaymentId paymentId, Requester requester) implements PaymentCommand {}

    /** Asks to withdraw the earned money; does nothing when that is wanted or done already. */
    record RequestWithdrawal(@TargetAggregateIdentifier PaymentId paymentId, Requester requester) implements PaymentCommand {}

    /**
     * payByTime is over on the chain; does nothing if the money came, or that is known.
     *
     * @param followedTo the block up to which everything on chain is recorded; beyond payByTime
     */
    record ExpirePayment(@TargetAggregateIdentifier PaymentId paymentId, ChainPoint followedTo) implements PaymentCommand {}

    /** A signed transaction for the wanted action exists and is about to be submitted. @param validUntilSlot last slot in which it can land */
    record RecordActionInitiated(@TargetAggregateIdentifier PaymentId paymentId, EscrowAction action, String transactionHash,
            long validUntilSlot) implements PaymentCommand {}

    /** The wanted action cannot succeed any more, or not without an operator. */
    record RecordActionFailed(@TargetAggregateIdentifier PaymentId paymentId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PaymentCommand {}

    /** The chain shows a lock with this payment's identifier. */
    record RecordLock(@TargetAggregateIdentifier PaymentId paymentId, LockObservation observation) implements PaymentCommand {}

    /** The chain shows that the escrow moved on. */
    record RecordTransition(@TargetAggregateIdentifier PaymentId paymentId, TransitionObservation observation) implements PaymentCommand {}

    /** The blocks above {@code backTo} are not on the chain any more; does nothing if nothing was recorded from them. */
    record UndoFacts(@TargetAggregateIdentifier PaymentId paymentId, ChainPoint backTo) implements PaymentCommand {}

    /** The wanted action has to wait, for money for example; does nothing if that is known. */
    record RecordActionDelayed(@TargetAggregateIdentifier PaymentId paymentId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PaymentCommand {}

    /** A transaction that was signed for this payment is given up. Recorded whatever it is about, once. */
    record RecordTransactionGivenUp(@TargetAggregateIdentifier PaymentId paymentId, EscrowAction action,
            GivenUpTransaction transaction) implements PaymentCommand {}

    /** The node cannot know how this goes on; does nothing if the record has nothing to come, or that is known. */
    record RequireOperator(@TargetAggregateIdentifier PaymentId paymentId, ErrorType errorType,
            String errorNote) implements PaymentCommand {}

    /**
     * An operator has looked at what went wrong.
     *
     * @param retry whether the failed action is wanted again
     * @param seenVersion the version that the operator looked at, null for any: a record that has changed since is left alone
     */
    record RecoverFromError(@TargetAggregateIdentifier PaymentId paymentId, Retry retry, Long seenVersion,
            Requester requester) implements PaymentCommand {

        /** Whatever the record's version is. */
        public RecoverFromError(PaymentId paymentId, boolean retry, Requester requester) {
            this(paymentId, Retry.of(retry), null, requester);
        }
    }
}
