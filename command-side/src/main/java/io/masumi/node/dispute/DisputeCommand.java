package io.masumi.node.dispute;

import io.masumi.node.Requester;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.FailureOnChain;
import java.util.List;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a disputed withdrawal. Every handler returns the version afterwards, a {@code Long}. */
public sealed interface DisputeCommand {

    DisputeWithdrawalId withdrawalId();

    /** Puts a transaction before the admins. */
    record ProposeWithdrawal(@TargetAggregateIdentifier DisputeWithdrawalId withdrawalId, Proposal proposal,
            Requester requester) implements DisputeCommand {}

    /** Signatures were handed in. @param signatures verified against the transaction's hash */
    record RecordSignatures(@TargetAggregateIdentifier DisputeWithdrawalId withdrawalId, List<KeySignature> signatures,
            Requester requester) implements DisputeCommand {}

    /** The network has taken it. */
    record RecordSubmitted(@TargetAggregateIdentifier DisputeWithdrawalId withdrawalId) implements DisputeCommand {}

    /** It is on chain and its script passed. */
    record RecordConfirmed(@TargetAggregateIdentifier DisputeWithdrawalId withdrawalId,
            EscrowTransaction transaction) implements DisputeCommand {}

    /** The block that it was in is gone. */
    record RecordRolledBack(@TargetAggregateIdentifier DisputeWithdrawalId withdrawalId) implements DisputeCommand {}

    /**
     * It does not end the dispute.
     *
     * @param status Expired, Superseded or Refused
     * @param note why, in words
     * @param failure where it is on chain when its script failed, else null
     */
    record RecordLost(@TargetAggregateIdentifier DisputeWithdrawalId withdrawalId, DisputeWithdrawalStatus status, String note,
            FailureOnChain failure) implements DisputeCommand {}
}
