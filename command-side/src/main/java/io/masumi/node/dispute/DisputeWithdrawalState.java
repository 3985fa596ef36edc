package io.masumi.node.dispute;

import io.masumi.node.dispute.DisputeEvent.SignaturesCompleted;
import io.masumi.node.dispute.DisputeEvent.WithdrawalConfirmed;
import io.masumi.node.dispute.DisputeEvent.WithdrawalLost;
import io.masumi.node.dispute.DisputeEvent.WithdrawalProposed;
import io.masumi.node.dispute.DisputeEvent.WithdrawalRolledBack;
import io.masumi.node.dispute.DisputeEvent.WithdrawalSigned;
import io.masumi.node.dispute.DisputeEvent.WithdrawalSubmitted;
import io.masumi.node.escrow.EscrowTransaction;
import java.util.List;
import java.util.stream.Stream;

/**
 * A disputed withdrawal as its events make it.
 *
 * @param signed who has signed, in the order of coming in
 * @param transaction where it is on chain, null until it is
 * @param note why it is lost, else null
 */
public record DisputeWithdrawalState(WithdrawalProposed proposed, List<WithdrawalSigned> signed, DisputeWithdrawalStatus status,
        EscrowTransaction transaction, String note) {

    /** Folds one event; {@code state} is null before the first. */
    public static DisputeWithdrawalState evolve(DisputeWithdrawalState state, DisputeEvent event) {
        return switch (event) {
            case WithdrawalProposed e -> new DisputeWithdrawalState(e, List.of(), DisputeWithdrawalStatus.Collecting, null, null);
            case WithdrawalSigned e ->
                new DisputeWithdrawalState(state.proposed, Stream.concat(state.signed.stream(), Stream.of(e)).toList(),
                        state.status, state.transaction, state.note);
            case SignaturesCompleted _ -> state.at(DisputeWithdrawalStatus.Complete, null, null);
            case WithdrawalSubmitted _ -> state.at(DisputeWithdrawalStatus.Submitted, null, null);
            case WithdrawalConfirmed e -> state.at(DisputeWithdrawalStatus.Confirmed, e.transaction(), null);
            case WithdrawalRolledBack _ -> state.at(DisputeWithdrawalStatus.Submitted, null, null);
            case WithdrawalLost e -> state.at(e.status(), null, e.note());
        };
    }

    /** Whether that key has signed. @param vkey hex hash */
    public boolean hasSigned(String vkey) {
        return signed.stream().anyMatch(each -> each.signature().vkey().equals(vkey));
    }

    /** Whether every key that must sign has. */
    boolean isComplete() {
        return proposed.proposal().signers().stream().allMatch(this::hasSigned);
    }

    private DisputeWithdrawalState at(DisputeWithdrawalStatus status, EscrowTransaction transaction, String note) {
        return new DisputeWithdrawalState(proposed, signed, status, transaction, note);
    }
}
