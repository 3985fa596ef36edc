package io.masumi.node.escrow;

/** Whether an action that failed is wanted again when its error is cleared. */
public enum Retry {
    No,
    /** It must be: if it is not possible now, nothing is cleared. */
    Yes,
    /** It is if that is possible now; else the error is cleared all the same. */
    IfPossible;

    /** @param retry Yes or No */
    public static Retry of(boolean retry) {
        return retry ? Yes : No;
    }
}
