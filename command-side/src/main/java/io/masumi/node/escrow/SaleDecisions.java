package io.masumi.node.escrow;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.Requester;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What follows for a payment or a purchase from what it is asked or told, whichever it is: each only puts it into its own events.
 * When an action may be asked for is said in docs/api.md, "When each action is allowed", and by the limits of the state table.
 *
 * @param kind "Payment" or "Purchase", for whoever is refused
 */
public record SaleDecisions(String kind, SaleState sale) {

    /**
     * Whether an action that is asked for is to be wanted from now on. A request that was granted before is repeated because its
     * answer was lost, for example; it is answered as the first was, and changes nothing.
     *
     * @param resultHash of a result that is to be submitted, lower-case hex; null for other actions
     * @param now Unix milliseconds
     * @throws RejectedException if it may not be asked for
     */
    public boolean isNews(EscrowAction action, String resultHash, Requester requester, long now) {
        requireOwn(requester);
        if (isRepeated(action, resultHash)) {
            return false;
        }
        refusal(action, now).ifPresent(reason -> {
            throw notAllowedNow(reason);
        });
        return true;
    }

    /** @throws RejectedException if somebody else's key created the record */
    public void requireOwn(Requester requester) {
        if (!requester.mayActOnRecordOf(sale.created().requester().keyId())) {
            throw Rejection.notAllowed("Only the key that created this " + name() + ", or an admin key, may act on it");
        }
    }

    /**
     * Whether it is news that the sale is over because nothing was locked in time.
     *
     * @throws RejectedException if the chain's time is not there yet
     */
    public boolean isExpiredBy(ChainPoint followedTo) {
        if (!sale.mayExpire()) {
            return false;
        }
        SaleRules.requireOver(sale.created().times().payByTime(), followedTo);
        return true;
    }

    /**
     * Whether it is news that this transaction is about to be sent for the action.
     *
     * @throws RejectedException if the action is not wanted
     */
    public boolean isNewlyInitiated(EscrowAction action, String transactionHash) {
        if (next().isInitiated(action, transactionHash) || escrow().recorded().hasTransaction(transactionHash)) {
            return false;
        }
        if (!next().isPending(action)) {
            throw Rejection.conflict("The " + name() + " is not about to " + action + " but at " + next().wireName(), null);
        }
        return true;
    }

    /** Whether it is news that the action waits for something. */
    public boolean isNewlyDelayed(EscrowAction action, ErrorType errorType, String errorNote) {
        return next().isPending(action) && !next().isDelayed(errorType, errorNote);
    }

    /** Whether it is news that an operator must look. */
    public boolean isNewTrouble(ErrorType errorType, String errorNote) {
        return !next().equals(NextAction.NONE) && !next().equals(next().failed(errorType, errorNote));
    }

    /**
     * What is asked for anew when an operator has looked at what went wrong.
     *
     * @param version of the record
     * @param seenVersion the version that the operator looked at, null for any
     * @param now Unix milliseconds
     * @return the action that failed; empty if only its error is cleared
     * @throws RejectedException if nothing failed, or not what the operator saw, or it must be tried again and may not
     */
    public Optional<NextAction> recover(Retry retry, long version, Long seenVersion, Requester requester, long now) {
        requireOwn(requester);
        if (seenVersion != null && seenVersion != version) {
            throw Rejection.conflict("The record changed meanwhile; look at it and try again", null);
        }
        NextAction failed = next();
        if (failed.phase() != NextAction.Phase.WaitingForManualAction) {
            throw notAllowedNow("its next action is " + failed.wireName());
        }
        Optional<String> refusal = refusalOfRetry(failed.action(), now);
        if (retry == Retry.Yes && refusal.isPresent()) {
            throw notAllowedNow(refusal.get());
        }
        return retry == Retry.No || refusal.isPresent() ? Optional.empty() : Optional.of(failed);
    }

    /** What is asked for is wanted, or is what the chain shows, and nobody moved on since. */
    private boolean isRepeated(EscrowAction action, String resultHash) {
        if (next().isPending() && (next().action() == action || !isWithdrawal(next().action()))) {
            return next().action() == action && Objects.equals(next().resultHash(), resultHash);
        }
        return action == EscrowAction.SubmitResult ? isNewestResult(resultHash) : escrow().cameBy() == action;
    }

    /** The node asks for them by itself, so that they are no answer of a party to what came before. */
    private static boolean isWithdrawal(EscrowAction action) {
        return action == EscrowAction.Withdraw || action == EscrowAction.WithdrawRefund;
    }

    /** Of the escrow, or of what it was when it ended. What an invalid lock says of a result, nobody submitted. */
    private boolean isNewestResult(String resultHash) {
        return escrow().state() != OnChainState.FundsOrDatumInvalid && resultHash.equals(escrow().resultHash());
    }

    private Optional<String> refusal(EscrowAction action, long now) {
        if (table().row(escrow().state(), action).filter(EscrowTable.Row::askedFor).isEmpty()) {
            return Optional.of(where());
        }
        if (next().phase() != NextAction.Phase.WaitingForExternalAction) {
            return Optional.of("its next action is " + next().wireName());
        }
        return brokenLimit(action, now);
    }

    private Optional<String> refusalOfRetry(EscrowAction action, long now) {
        if (action == null) {
            return Optional.of("there is no failed action to try again");
        }
        return table().next(escrow().state(), action).isEmpty()
                ? Optional.of(action + " is not possible, " + where())
                : brokenLimit(action, now);
    }

    private Optional<String> brokenLimit(EscrowAction action, long now) {
        return table().when(escrow().state(), action).brokenBy(sale.created().times(), escrow().resultHash() != null, now);
    }

    private String where() {
        return "it is in " + (escrow().state() == null ? "no on-chain state yet" : escrow().state());
    }

    private EscrowTable table() {
        return EscrowTable.of(sale.created().source().type());
    }

    private RejectedException notAllowedNow(String reason) {
        return Rejection.notFound(kind + " not found or not in a state that allows it: " + reason);
    }

    private EscrowStatus escrow() {
        return sale.escrow();
    }

    private NextAction next() {
        return sale.next();
    }

    private String name() {
        return kind.toLowerCase(Locale.ROOT);
    }
}
