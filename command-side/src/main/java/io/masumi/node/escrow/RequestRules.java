package io.masumi.node.escrow;

import java.util.Objects;
import java.util.Optional;

/** When an action may be asked for (docs/api.md, "When each action is allowed", and the limits of the state table). */
public final class RequestRules {

    private RequestRules() {}

    /**
     * Whether the request is one that was granted before, repeated because its answer was lost for example: what it asks for
     * is wanted, or is what the chain shows, and nobody moved on since. It is answered as the first was, and changes nothing.
     *
     * @param resultHash of a result that is to be submitted, lower-case hex; null for other actions
     */
    public static boolean isRepeated(EscrowAction action, String resultHash, EscrowStatus escrow, NextAction next) {
        if (next.isPending() && !isWithdrawal(next.action())) {
            return next.action() == action && Objects.equals(next.resultHash(), resultHash);
        }
        return action == EscrowAction.SubmitResult ? isNewestResult(resultHash, escrow) : escrow.cameBy() == action;
    }

    /** The node asks for them by itself, so that they are no answer of a party to what came before. */
    private static boolean isWithdrawal(EscrowAction action) {
        return action == EscrowAction.Withdraw || action == EscrowAction.WithdrawRefund;
    }

    /** Of the escrow, or of what it was when it ended. What an invalid lock says of a result, nobody submitted. */
    private static boolean isNewestResult(String resultHash, EscrowStatus escrow) {
        return escrow.state() != OnChainState.FundsOrDatumInvalid && resultHash.equals(escrow.resultHash());
    }

    /**
     * Why the action may not be asked for now.
     *
     * @param next what the record is about to do: it must be waiting
     * @param now Unix milliseconds
     * @return in words; empty when it may
     */
    public static Optional<String> refusal(EscrowAction action, EscrowStatus escrow, NextAction next, EscrowTimes times, long now) {
        if (!allowedIn(escrow.state(), action)) {
            return Optional.of("it is in " + (escrow.state() == null ? "no on-chain state yet" : escrow.state()));
        }
        if (next.phase() != NextAction.Phase.WaitingForExternalAction) {
            return Optional.of("its next action is " + next.wireName());
        }
        return TimeLimits.brokenBy(action, times, escrow.resultHash() != null, now);
    }

    /**
     * Why an action that failed may not be tried again now.
     *
     * @param now Unix milliseconds
     * @return in words; empty when it may
     */
    public static Optional<String> refusalOfRetry(EscrowAction action, EscrowStatus escrow, EscrowTimes times, long now) {
        if (EscrowStateMachine.next(escrow.state(), action).isEmpty()) {
            return Optional.of(
                    action + " is not possible, it is in " + (escrow.state() == null ? "no on-chain state yet" : escrow.state()));
        }
        return TimeLimits.brokenBy(action, times, escrow.resultHash() != null, now);
    }

    /** As the state table, except that a refund that is asked for already, and answered, is not asked for again. */
    private static boolean allowedIn(OnChainState state, EscrowAction action) {
        boolean again = action == EscrowAction.RequestRefund && state == OnChainState.Disputed;
        return !again && EscrowStateMachine.next(state, action).isPresent();
    }
}
