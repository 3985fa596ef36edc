package io.masumi.node.access;

import io.masumi.node.escrow.Funds;
import java.math.BigInteger;

/**
 * What is taken for one record. The members are those of {@link ApiKeyEvent.CreditsAllotted}.
 *
 * @param old whether a node took it that counted nothing but prices, and never closed what it took
 */
record CreditEntry(CreditUse use, Funds taken, Funds held, long fromAllowance, String request, String asked, long heldUntil,
        boolean settled, boolean old) {

    /** Of a record that nothing is taken for. */
    static CreditEntry none(CreditUse use) {
        return new CreditEntry(use, Funds.NONE, Funds.NONE, 0, null, null, 0, false, false);
    }

    /** What is taken for good, as far as is known. */
    Funds cost() {
        return taken.minus(held);
    }

    /** What of it comes out of credits: all but the allowance's part. */
    Funds fromCredits() {
        return taken.minus(Funds.lovelace(fromAllowance));
    }

    boolean isHeld() {
        return !held.isEmpty();
    }

    /** What of so much would come out of an allowance of which that much is left: it is used first and repaid last. */
    long fromAllowance(Funds taken, long allowanceLeft) {
        if (use != CreditUse.Sale) {
            return 0;
        }
        BigInteger more = taken.lovelace().subtract(this.taken.lovelace());
        BigInteger used = BigInteger.valueOf(fromAllowance);
        return (more.signum() > 0
                ? used.add(more.min(BigInteger.valueOf(Math.max(0, allowanceLeft))))
                : used.min(taken.lovelace())).longValueExact();
    }
}
