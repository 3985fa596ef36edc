package io.masumi.node.purchase;

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
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.Retry;
import io.masumi.node.escrow.TransitionObservation;
import io.masumi.node.escrow.WalletRef;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/**
 * What can be asked of a purchase. Every handler returns the purchase's version afterwards (a {@code Long}: the sequence
 * number of its newest event), or throws a {@link io.masumi.node.RejectedException}.
 */
public sealed interface PurchaseCommand {

    PurchaseId purchaseId();

    /**
     * Begins a purchase. The identifier's signature over these terms and the agent's place on chain are verified before.
     *
     * @param pricing the agent's pricing, as its registry metadata has it
     * @param amounts what the request named, empty when it named none
     * @param cooldownTime the contract's cooldown, ms
     * @param seller the selling wallet that signed
     * @param walletIds ids of the purchasing wallets that may pay, empty for any of the source's
     * @param buyerReturnAddress bech32, may be null
     * @param sellerReturnAddress bech32, may be null
     * @param metadata free text of the requester, may be null
     */
    record CreatePurchase(@TargetAggregateIdentifier PurchaseId purchaseId, BlockchainIdentifier blockchainIdentifier,
            PaymentSourceRef source, String agentIdentifier, String agentName, AgentPricing pricing, List<Amount> amounts, String inputHash,
            String identifierFromPurchaser, EscrowTimes times, long cooldownTime, Participant seller, List<String> walletIds,
            String buyerReturnAddress, String sellerReturnAddress, String metadata, Requester requester) implements PurchaseCommand {}

    /** Asks for the money back. */
    record RequestRefund(@TargetAggregateIdentifier PurchaseId purchaseId, Requester requester) implements PurchaseCommand {}

    /** Takes the refund request back. */
    record CancelRefundRequest(@TargetAggregateIdentifier PurchaseId purchaseId, Requester requester) implements PurchaseCommand {}

    /** Asks to take the refund out; does nothing when that is wanted or done already, or a result is there. */
    record RequestRefundWithdrawal(@TargetAggregateIdentifier PurchaseId purchaseId, Requester requester) implements PurchaseCommand {}

    /**
     * A signed transaction for the wanted action exists and is about to be submitted.
     *
     * @param wallet the wallet that pays and signs
     * @param validUntilSlot last slot in which it can land
     */
    record RecordActionInitiated(@TargetAggregateIdentifier PurchaseId purchaseId, EscrowAction action, WalletRef wallet,
            String transactionHash, long validUntilSlot) implements PurchaseCommand {}

    /** The wanted action cannot succeed any more, or not without an operator. */
    record RecordActionFailed(@TargetAggregateIdentifier PurchaseId purchaseId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PurchaseCommand {}

    /** The chain shows a lock with this purchase's identifier. */
    record RecordLock(@TargetAggregateIdentifier PurchaseId purchaseId, LockObservation observation) implements PurchaseCommand {}

    /** The chain shows that the escrow moved on. */
    record RecordTransition(@TargetAggregateIdentifier PurchaseId purchaseId,
            TransitionObservation observation) implements PurchaseCommand {}

    /** The blocks above {@code backTo} are not on the chain any more; does nothing if nothing was recorded from them. */
    record UndoFacts(@TargetAggregateIdentifier PurchaseId purchaseId, ChainPoint backTo) implements PurchaseCommand {}

    /** The wanted action has to wait, for money for example; does nothing if that is known. */
    record RecordActionDelayed(@TargetAggregateIdentifier PurchaseId purchaseId, EscrowAction action, ErrorType errorType,
            String errorNote) implements PurchaseCommand {}

    /** A transaction that was signed for this purchase is given up. Recorded whatever it is about, once. */
    record RecordTransactionGivenUp(@TargetAggregateIdentifier PurchaseId purchaseId, EscrowAction action,
            GivenUpTransaction transaction) implements PurchaseCommand {}

    /**
     * payByTime is over on the chain and no lock of this node can land any more; does nothing if something is locked, or that is known.
     *
     * @param followedTo the block up to which everything on chain is recorded; beyond payByTime
     */
    record ExpirePurchase(@TargetAggregateIdentifier PurchaseId purchaseId, ChainPoint followedTo) implements PurchaseCommand {}

    /** The node cannot know how this goes on; does nothing if the record has nothing to come, or that is known. */
    record RequireOperator(@TargetAggregateIdentifier PurchaseId purchaseId, ErrorType errorType,
            String errorNote) implements PurchaseCommand {}

    /**
     * An operator has looked at what went wrong.
     *
     * @param retry whether the failed action is wanted again
     * @param seenVersion the version that the operator looked at, null for any: a record that has changed since is left alone
     */
    record RecoverFromError(@TargetAggregateIdentifier PurchaseId purchaseId, Retry retry, Long seenVersion,
            Requester requester) implements PurchaseCommand {

        /** Whatever the record's version is. */
        public RecoverFromError(PurchaseId purchaseId, boolean retry, Requester requester) {
            this(purchaseId, Retry.of(retry), null, requester);
        }
    }
}
