package io.masumi.node.escrow;

import java.util.Optional;

/** The last column of the state table of README.md: when an action is possible. The contract holds to the same limits. */
public final class TimeLimits {

    private TimeLimits() {}

    /**
     * Why the action is not possible now.
     *
     * @param resultPresent whether a result is on chain
     * @param now Unix milliseconds
     * @return in words; empty when it is possible
     */
    public static Optional<String> brokenBy(EscrowAction action, EscrowTimes times, boolean resultPresent, long now) {
        return Optional.ofNullable(switch (action) {
            case Lock -> now <= times.payByTime() ? null : "payByTime is over";
            case SubmitResult -> submitResult(times, resultPresent, now);
            case RequestRefund -> now < times.unlockTime() ? null : "unlockTime is over";
            case CancelRefundRequest, AuthorizeRefund -> null;
            case Withdraw -> now >= times.unlockTime() ? null : "unlockTime is not reached";
            case WithdrawRefund -> resultPresent
                    ? "a result is present"
                    : now >= times.submitResultTime() ? null : "submitResultTime is not reached";
            case WithdrawDisputed -> now >= times.externalDisputeUnlockTime() ? null : "externalDisputeUnlockTime is not reached";
        });
    }

    private static String submitResult(EscrowTimes times, boolean resultPresent, long now) {
        if (now < times.submitResultTime() || resultPresent && now < times.externalDisputeUnlockTime()) {
            return null;
        }
        return resultPresent ? "externalDisputeUnlockTime is over" : "submitResultTime is over";
    }
}
