package io.masumi.node.platform.database;

/** A lock that this process was given; see {@link ProcessLocks}. */
public interface ProcessLock extends AutoCloseable {

    /**
     * Whether it is certain that no other process has had it since it was given. It costs nothing to ask. False while the database does not
     * say so, and for good once the connection on which the lock hung is lost.
     */
    boolean isHeld();

    /** Whether the connection on which it hung is lost: another process may have had the lock since. */
    boolean isLost();

    /** Gives it back. */
    @Override
    void close();
}
