package io.masumi.node.escrow;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Objects;

/**
 * What the node is about to do for a payment or a purchase (docs/domain.md, "Next action").
 *
 * @param action what is wanted or under way; null unless the phase is {@link Phase#Requested} or {@link Phase#Initiated},
 *     or an action failed and waits for an operator
 * @param resultHash the result that is to be submitted, null when none is
 * @param transactionHash our signed transaction, null unless one exists
 * @param errorType null unless an operator must look, or the action has to wait
 * @param errorNote what went wrong, for the operator, else null
 */
public record NextAction(Phase phase, EscrowAction action, String resultHash, String transactionHash, ErrorType errorType,
        String errorNote) {

    /** How far the action is. */
    public enum Phase {
        None,
        Ignore,
        WaitingForManualAction,
        WaitingForExternalAction,
        /** Wanted; no transaction was sent yet. */
        Requested,
        /** A signed transaction exists. */
        Initiated
    }

    public static final NextAction NONE = new NextAction(Phase.None, null, null, null, null, null);
    public static final NextAction WAIT = new NextAction(Phase.WaitingForExternalAction, null, null, null, null, null);

    public static NextAction requested(EscrowAction action, String resultHash) {
        return new NextAction(Phase.Requested, action, resultHash, null, null, null);
    }

    public NextAction initiated(EscrowAction action, String transactionHash) {
        return new NextAction(Phase.Initiated, action, resultHash, transactionHash, null, null);
    }

    /** It has to wait, for money for example; what was signed for it is given up. */
    public NextAction delayed(ErrorType errorType, String errorNote) {
        return new NextAction(Phase.Requested, action, resultHash, null, errorType, errorNote);
    }

    /** An operator must look; the action stays known so that it can be tried again. */
    public NextAction failed(ErrorType errorType, String errorNote) {
        return new NextAction(Phase.WaitingForManualAction, action, resultHash, transactionHash, errorType, errorNote);
    }

    /**
     * What remains to be done after the chain showed {@code seen}, which led to {@code state}: our action is kept only
     * while it is still to happen and the state still allows it.
     */
    public NextAction after(EscrowAction seen, OnChainState state) {
        if (state.isTerminal()) {
            return NONE;
        }
        boolean stillToCome = isPending() && action != seen && EscrowTable.V1.next(state, action).isPresent();
        return stillToCome ? this : WAIT;
    }

    /** Whether an action is wanted or under way. */
    @JsonIgnore
    public boolean isPending() {
        return phase == Phase.Requested || phase == Phase.Initiated;
    }

    /** Whether this very action is wanted or under way. */
    public boolean isPending(EscrowAction wanted) {
        return isPending() && action == wanted;
    }

    /** Whether this is known to be what it waits for. */
    public boolean isDelayed(ErrorType type, String note) {
        return phase == Phase.Requested && type == errorType && Objects.equals(note, errorNote);
    }

    /** Whether this very action is under way with this very transaction. */
    public boolean isInitiated(EscrowAction wanted, String hash) {
        return phase == Phase.Initiated && action == wanted && hash.equals(transactionHash);
    }

    /** The {@code requestedAction} of the wire contract. */
    public String wireName() {
        return isPending() ? stem(action) + phase : phase.name();
    }

    private static String stem(EscrowAction action) {
        return switch (action) {
            case Lock -> "FundsLocking";
            case RequestRefund -> "SetRefundRequested";
            case CancelRefundRequest -> "UnSetRefundRequested";
            case SubmitResult, AuthorizeRefund, Withdraw, WithdrawRefund, WithdrawDisputed -> action.name();
        };
    }
}
