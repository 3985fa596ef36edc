package io.masumi.node.escrow;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How far apart the deadlines of a sale must be (docs/domain.md, "Terms of a sale"). Settings, because a development network
 * needs seconds where Preprod and Mainnet need minutes.
 *
 * @param payByBeforeSubmitResult payByTime is at least this much before submitResultTime
 * @param payByGrace payByTime is at most this much in the past
 * @param submitResultAhead submitResultTime is at least this much ahead of now
 * @param unlockAfterSubmitResult unlockTime is at least this much after submitResultTime
 * @param disputeAfterUnlock externalDisputeUnlockTime is at least this much after unlockTime
 * @param defaultSubmitResultAhead submitResultTime when the seller names none, from now
 * @param defaultUnlockAfterSubmitResult unlockTime when the seller names none, from submitResultTime
 * @param defaultDisputeAfterSubmitResult externalDisputeUnlockTime when the seller names none, from submitResultTime
 */
public record TimeRules(Duration payByBeforeSubmitResult, Duration payByGrace, Duration submitResultAhead, Duration unlockAfterSubmitResult,
        Duration disputeAfterUnlock, Duration defaultSubmitResultAhead, Duration defaultUnlockAfterSubmitResult,
        Duration defaultDisputeAfterSubmitResult) {

    /** The rules of Preprod and Mainnet. */
    public static final TimeRules STANDARD = new TimeRules(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(15),
            Duration.ofMinutes(15), Duration.ofMinutes(15), Duration.ofHours(12), Duration.ofHours(6), Duration.ofHours(12));

    /** Beyond this (the end of the year 9999, Unix ms) no deadline makes sense, and sums of deadlines could overflow. */
    private static final long LATEST = 253_402_300_799_999L;

    /**
     * The first rule that the times break, in words for the client.
     *
     * @param now Unix milliseconds
     */
    public Optional<String> brokenBy(EscrowTimes times, long now) {
        if (LongStream.of(times.payByTime(), times.submitResultTime(), times.unlockTime(), times.externalDisputeUnlockTime())
                .anyMatch(time -> time < 0 || time > LATEST)) {
            return Optional.of("times must lie between the years 1970 and 9999");
        }
        // First, for a payByTime that was not sent follows from it, and a message about that would help nobody.
        if (times.submitResultTime() < now + submitResultAhead.toMillis()) {
            return Optional.of("submitResultTime must be at least " + words(submitResultAhead) + " in the future");
        }
        if (times.payByTime() < now - payByGrace.toMillis()) {
            return Optional.of("payByTime must not be more than " + words(payByGrace) + " in the past");
        }
        if (times.payByTime() > times.submitResultTime() - payByBeforeSubmitResult.toMillis()) {
            return Optional.of("payByTime must be at least " + words(payByBeforeSubmitResult) + " before submitResultTime");
        }
        if (times.unlockTime() < times.submitResultTime() + unlockAfterSubmitResult.toMillis()) {
            return Optional.of("unlockTime must be at least " + words(unlockAfterSubmitResult) + " after submitResultTime");
        }
        if (times.externalDisputeUnlockTime() < times.unlockTime() + disputeAfterUnlock.toMillis()) {
            return Optional.of("externalDisputeUnlockTime must be at least " + words(disputeAfterUnlock) + " after unlockTime");
        }
        return Optional.empty();
    }

    /**
     * Fills in the deadlines that a seller left open (null), Unix milliseconds.
     *
     * @param now Unix milliseconds
     */
    public EscrowTimes complete(Long payByTime, Long submitResultTime, Long unlockTime, Long externalDisputeUnlockTime, long now) {
        long submitResult = submitResultTime != null ? submitResultTime : now + defaultSubmitResultAhead.toMillis();
        long payBy = payByTime != null ? payByTime : submitResult - payByBeforeSubmitResult.toMillis();
        long unlock = unlockTime != null ? unlockTime : submitResult + defaultUnlockAfterSubmitResult.toMillis();
        long dispute = externalDisputeUnlockTime != null
                ? externalDisputeUnlockTime
                : submitResult + defaultDisputeAfterSubmitResult.toMillis();
        return new EscrowTimes(payBy, submitResult, unlock, dispute);
    }

    private static String words(Duration duration) {
        return duration.toSeconds() % 60 == 0 ? duration.toMinutes() + " minutes" : duration.toSeconds() + " seconds";
    }
}
