package io.masumi.node.platform;

/** An aggregate decided on an older state than whoever asked it knows of: that decision is none, and nothing was done. Ask again. */
public final class OutdatedAggregateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param known number of the event that is known
     * @param answered what the aggregate had instead, in words
     */
    public OutdatedAggregateException(long known, String answered) {
        super("Its event number " + known + " is known, and this was answered by one that " + answered);
    }

    /** As it comes from another process. */
    public OutdatedAggregateException(String message, Throwable cause) {
        super(message, cause);
    }
}
