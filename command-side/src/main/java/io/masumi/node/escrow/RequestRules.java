package io.masumi.node.escrow;

import java.util.Optional;

/** When an action may be asked for (03-api, "When each action is allowed", and the limits of the state table). */
public final class RequestRules {

    private RequestRules() {}

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
