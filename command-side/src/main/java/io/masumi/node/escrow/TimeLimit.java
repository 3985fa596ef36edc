package io.masumi.node.escrow;

import java.util.Optional;

/**
 * When an action is possible. The contract holds to the same limits.
 *
 * @param from from then on, null for at any time
 * @param until until then, null for ever
 * @param untilWithResult until then where a result is on chain
 * @param withoutResult whether no result may be there
 */
public record TimeLimit(SaleTime from, SaleTime until, SaleTime untilWithResult, boolean withoutResult) {

    static final TimeLimit ANY_TIME = new TimeLimit(null, null, null, false);

    static TimeLimit before(SaleTime time) {
        return new TimeLimit(null, time, time, false);
    }

    static TimeLimit after(SaleTime time) {
        return new TimeLimit(time, null, null, false);
    }

    TimeLimit withResultBefore(SaleTime time) {
        return new TimeLimit(from, until, time, withoutResult);
    }

    TimeLimit unlessAResultIsThere() {
        return new TimeLimit(from, until, untilWithResult, true);
    }

    /** Unix ms, 0 for at any time. */
    public long notBefore(EscrowTimes times) {
        return from == null ? 0 : from.of(times);
    }

    /** Unix ms, null for ever. */
    public Long notAfter(EscrowTimes times, boolean resultPresent) {
        SaleTime last = last(resultPresent);
        return last == null ? null : Long.valueOf(last.of(times));
    }

    /**
     * Why the action is not possible now.
     *
     * @param resultPresent whether a result is on chain
     * @param now Unix milliseconds
     * @return in words; empty when it is possible
     */
    public Optional<String> brokenBy(EscrowTimes times, boolean resultPresent, long now) {
        if (withoutResult && resultPresent) {
            return Optional.of("a result is present");
        }
        if (now < notBefore(times)) {
            return Optional.of(from + " is not reached");
        }
        SaleTime last = last(resultPresent);
        return last != null && last.isOver(times, now) ? Optional.of(last + " is over") : Optional.empty();
    }

    private SaleTime last(boolean resultPresent) {
        return resultPresent ? untilWithResult : until;
    }
}
