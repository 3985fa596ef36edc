package io.masumi.node.escrow;

import static io.masumi.node.escrow.OnChainState.Disputed;
import static io.masumi.node.escrow.OnChainState.DisputedWithdrawn;
import static io.masumi.node.escrow.OnChainState.FundsLocked;
import static io.masumi.node.escrow.OnChainState.RefundRequested;
import static io.masumi.node.escrow.OnChainState.RefundWithdrawn;
import static io.masumi.node.escrow.OnChainState.ResultSubmitted;
import static io.masumi.node.escrow.OnChainState.Withdrawn;
import static io.masumi.node.escrow.SaleTime.externalDisputeUnlockTime;
import static io.masumi.node.escrow.SaleTime.payByTime;
import static io.masumi.node.escrow.SaleTime.submitResultTime;
import static io.masumi.node.escrow.SaleTime.unlockTime;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The life of an escrow of one family of contracts: which action leads from which state to which, and when it is possible. This is
 * README's table, and the only place where it is written; who signs an action is said at {@link EscrowAction}.
 *
 * @param lock when the money may be locked, which makes it FundsLocked
 */
public record EscrowTable(TimeLimit lock, List<Row> rows) {

    private static final TimeLimit RESULT = TimeLimit.before(submitResultTime).withResultBefore(externalDisputeUnlockTime);

    public static final EscrowTable V1 = new EscrowTable(TimeLimit.before(payByTime), List.of(
            new Row(Set.of(FundsLocked, ResultSubmitted), EscrowAction.SubmitResult, ResultSubmitted, RESULT),
            new Row(Set.of(RefundRequested, Disputed), EscrowAction.SubmitResult, Disputed, RESULT),
            new Row(Set.of(FundsLocked), EscrowAction.RequestRefund, RefundRequested, TimeLimit.before(unlockTime)),
            new Row(Set.of(ResultSubmitted), EscrowAction.RequestRefund, Disputed, TimeLimit.before(unlockTime)),
            // It is asked for already, and answered.
            new Row(Set.of(Disputed), EscrowAction.RequestRefund, Disputed, TimeLimit.before(unlockTime)).neverAskedFor(),
            new Row(Set.of(RefundRequested), EscrowAction.CancelRefundRequest, FundsLocked, TimeLimit.ANY_TIME),
            new Row(Set.of(Disputed), EscrowAction.CancelRefundRequest, ResultSubmitted, TimeLimit.ANY_TIME),
            new Row(Set.of(Disputed), EscrowAction.AuthorizeRefund, RefundRequested, TimeLimit.ANY_TIME),
            new Row(Set.of(ResultSubmitted), EscrowAction.Withdraw, Withdrawn, TimeLimit.after(unlockTime)),
            new Row(Set.of(FundsLocked, RefundRequested), EscrowAction.WithdrawRefund, RefundWithdrawn,
                    TimeLimit.after(submitResultTime).unlessAResultIsThere()),
            new Row(Set.of(Disputed), EscrowAction.WithdrawDisputed, DisputedWithdrawn, TimeLimit.after(externalDisputeUnlockTime))));

    /**
     * @param askedFor whether this node's API lets it be asked for there
     */
    public record Row(Set<OnChainState> from, EscrowAction action, OnChainState to, TimeLimit when, boolean askedFor) {

        Row(Set<OnChainState> from, EscrowAction action, OnChainState to, TimeLimit when) {
            this(from, action, to, when, true);
        }

        Row neverAskedFor() {
            return new Row(from, action, to, when, false);
        }
    }

    /**
     * @throws IllegalArgumentException if this node knows none for that family
     */
    public static EscrowTable of(PaymentSourceType type) {
        return switch (type) {
            case Web3CardanoV1 -> V1;
            case Web3CardanoV2 -> throw new IllegalArgumentException("this node builds nothing for " + type);
        };
    }

    /** What the table says of the action in that state; empty when it has no such row. */
    public Optional<Row> row(OnChainState from, EscrowAction action) {
        return from == null ? Optional.empty() : rows.stream().filter(row -> row.action == action && row.from.contains(from)).findFirst();
    }

    /**
     * The state that the action leads to.
     *
     * @param from the state before, null when nothing is locked yet
     * @return empty when the table has no such row
     */
    public Optional<OnChainState> next(OnChainState from, EscrowAction action) {
        return action == EscrowAction.Lock && from == null ? Optional.of(FundsLocked) : row(from, action).map(Row::to);
    }

    /** When the action is possible in that state; where it has no row there, as it is elsewhere. */
    public TimeLimit when(OnChainState from, EscrowAction action) {
        return action == EscrowAction.Lock
                ? lock
                : row(from, action).or(() -> rows.stream().filter(row -> row.action == action).findFirst()).orElseThrow().when();
    }

    /** How an escrow ends by this action, which leaves nothing of it at the contract. */
    OnChainState ending(EscrowAction action) {
        return rows.stream().filter(row -> row.action == action).map(Row::to).filter(OnChainState::isTerminal).findFirst().orElseThrow();
    }
}
