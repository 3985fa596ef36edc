package io.masumi.node.escrow;

import static io.masumi.node.escrow.OnChainState.Disputed;
import static io.masumi.node.escrow.OnChainState.DisputedWithdrawn;
import static io.masumi.node.escrow.OnChainState.FundsLocked;
import static io.masumi.node.escrow.OnChainState.RefundRequested;
import static io.masumi.node.escrow.OnChainState.RefundWithdrawn;
import static io.masumi.node.escrow.OnChainState.ResultSubmitted;
import static io.masumi.node.escrow.OnChainState.Withdrawn;

import java.util.Arrays;
import java.util.Optional;

/**
 * The life of an escrow: which action leads from which state to which. This is the state table of README.md, and the only
 * place where it is written; time limits and signatures are the contract's and {@link EscrowTimes}' to check.
 */
public final class EscrowStateMachine {

    private EscrowStateMachine() {}

    /**
     * The state that {@code action} leads to.
     *
     * @param from the state before, null when nothing is locked yet
     * @return empty when the table has no such row
     */
    public static Optional<OnChainState> next(OnChainState from, EscrowAction action) {
        return Optional.ofNullable(switch (action) {
            case Lock -> from == null ? FundsLocked : null;
            case SubmitResult -> switch (from) {
                case FundsLocked, ResultSubmitted -> ResultSubmitted;
                case RefundRequested, Disputed -> Disputed;
                case null, default -> null;
            };
            case RequestRefund -> switch (from) {
                case FundsLocked -> RefundRequested;
                case ResultSubmitted, Disputed -> Disputed;
                case null, default -> null;
            };
            case CancelRefundRequest -> switch (from) {
                case RefundRequested -> FundsLocked;
                case Disputed -> ResultSubmitted;
                case null, default -> null;
            };
            case AuthorizeRefund -> from == Disputed ? RefundRequested : null;
            case Withdraw -> from == ResultSubmitted ? Withdrawn : null;
            case WithdrawRefund -> from == FundsLocked || from == RefundRequested ? RefundWithdrawn : null;
            case WithdrawDisputed -> from == Disputed ? DisputedWithdrawn : null;
        });
    }

    /** How an escrow ends by this action, which leaves nothing of it at the contract. */
    static OnChainState ending(EscrowAction action) {
        return Arrays.stream(OnChainState.values()).flatMap(from -> next(from, action).stream()).filter(OnChainState::isTerminal)
                .findFirst()
                .orElseThrow();
    }
}
