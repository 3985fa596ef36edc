package io.masumi.node.chain.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.axonframework.deadline.DeadlineManager;

import io.masumi.node.chain.ChainSettings;
import io.masumi.node.escrow.EscrowTimes;

/** When the node does what by itself in a sale. */
final class SaleDeadlines {

    /** A sale that nothing was locked for is forgotten this long after its last deadline. */
    private static final Duration FORGET = Duration.ofDays(1);

    /** Cardano rolls back 2160 blocks at most, of 20 seconds on average: 12 hours. */
    private static final Duration BEYOND_ROLLBACKS = Duration.ofDays(1);

    private static final Duration UNTIL_ASKED_AGAIN = Duration.ofMinutes(1);

    private final ChainSettings settings;
    private final Clock clock;

    SaleDeadlines(ChainSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** A lock in time may be seen a while later. */
    Instant expiry(EscrowTimes times) {
        return Instant.ofEpochMilli(times.payByTime()).plus(settings.expiryDelay());
    }

    /** Whether a sale that nothing is locked for may be given up by now. */
    boolean isExpiryDue(EscrowTimes times) {
        return !clock.instant().isBefore(expiry(times));
    }

    /**
     * A saga whose matter is over ends only when no rollback can reach back so far: until then it may have to be driven on.
     *
     * @param name of the deadline that ends it
     * @param scheduled id of that deadline, null when there is none
     * @return the same from now on
     */
    String ending(DeadlineManager deadlines, String name, boolean isOver, String scheduled) {
        if (isOver == (scheduled != null)) {
            return scheduled;
        }
        if (isOver) {
            return deadlines.schedule(clock.instant().plus(BEYOND_ROLLBACKS), name);
        }
        deadlines.cancelSchedule(name, scheduled);
        return null;
    }

    /** When the node withdraws what a sale brought, if it does so by itself. */
    Optional<Instant> withdrawal(EscrowTimes times) {
        return settings.autoWithdrawPayments() ? Optional.of(withdrawalAfter(times.unlockTime())) : Optional.empty();
    }

    /** When the node withdraws a refund, if it does so by itself. */
    Optional<Instant> refundWithdrawal(EscrowTimes times) {
        return settings.autoWithdrawRefunds() ? Optional.of(withdrawalAfter(times.submitResultTime())) : Optional.empty();
    }

    /** When to ask for a withdrawal again that was refused, by another machine's clock perhaps. */
    Instant withdrawalLater() {
        return clock.instant().plus(UNTIL_ASKED_AGAIN);
    }

    Instant forgetting(EscrowTimes times) {
        return Instant.ofEpochMilli(times.externalDisputeUnlockTime()).plus(FORGET);
    }

    /** When to ask again whether a sale can be forgotten. */
    Instant forgettingLater() {
        return clock.instant().plus(FORGET);
    }

    private Instant withdrawalAfter(long time) {
        Instant at = Instant.ofEpochMilli(time).plus(settings.withdrawDelay());
        return at.isBefore(clock.instant()) ? clock.instant() : at;
    }
}
