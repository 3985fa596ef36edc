package io.masumi.node.dispute;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.FailureOnChain;
import java.util.List;

/** What happened to a disputed withdrawal. Stored for ever under the names given here. */
public sealed interface DisputeEvent {

    DisputeWithdrawalId withdrawalId();

    /** A transaction was put before the admins. @param requester who asked for it */
    @EventName("masumi.dispute.WithdrawalProposed")
    record WithdrawalProposed(DisputeWithdrawalId withdrawalId, Proposal proposal, Requester requester) implements DisputeEvent {}

    /** One of the keys has signed. @param requester who handed the signature in */
    @EventName("masumi.dispute.WithdrawalSigned")
    record WithdrawalSigned(DisputeWithdrawalId withdrawalId, KeySignature signature, Requester requester) implements DisputeEvent {}

    /** Every key that must sign has signed. @param signatures all of them */
    @EventName("masumi.dispute.SignaturesCompleted")
    record SignaturesCompleted(DisputeWithdrawalId withdrawalId, String transactionHash,
            List<KeySignature> signatures) implements DisputeEvent {}

    /** The network has taken it. */
    @EventName("masumi.dispute.WithdrawalSubmitted")
    record WithdrawalSubmitted(DisputeWithdrawalId withdrawalId, String transactionHash) implements DisputeEvent {}

    /** It is on chain. */
    @EventName("masumi.dispute.WithdrawalConfirmed")
    record WithdrawalConfirmed(DisputeWithdrawalId withdrawalId, EscrowTransaction transaction) implements DisputeEvent {}

    /** The block that it was in is gone; it is sent again. */
    @EventName("masumi.dispute.WithdrawalRolledBack")
    record WithdrawalRolledBack(DisputeWithdrawalId withdrawalId, EscrowTransaction transaction) implements DisputeEvent {}

    /**
     * It does not end the dispute.
     *
     * @param status Expired, Superseded or Refused
     * @param note why, in words
     * @param failure where it is on chain when its script failed, null else and in what was stored before it was recorded
     */
    @EventName("masumi.dispute.WithdrawalLost")
    record WithdrawalLost(DisputeWithdrawalId withdrawalId, DisputeWithdrawalStatus status, String note,
            @JsonInclude(JsonInclude.Include.NON_NULL) FailureOnChain failure) implements DisputeEvent {}
}
