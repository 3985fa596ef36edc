package io.masumi.node.chain.outbox;

import java.time.Duration;

/** Why one of our transactions is given up. */
sealed interface DropReason {

    /** The same in words, for logs and records. */
    String words();

    /** Whether it, and what builds on it, can never land, whatever becomes of the chain. */
    boolean forCertain();

    /** Whether it counts against what it was for, of which so many are an operator's. */
    default boolean counts() {
        return false;
    }

    /** How long before another is built for the same. */
    default Duration pause() {
        return Duration.ZERO;
    }

    /** Nobody but us ever had it. */
    record Unsent(String words) implements DropReason {
        @Override
        public boolean forCertain() {
            return true;
        }
    }

    /** Its time is over beyond the reach of rollbacks and it is not on chain. */
    record Expired(String words, boolean counts) implements DropReason {
        @Override
        public boolean forCertain() {
            return true;
        }
    }

    /**
     * A rival spent the escrow's output. What builds on it cannot land either, unless a rollback takes the rival away: so what could
     * happen twice, a lock or a mint, is kept until its own time is over.
     */
    record Overtaken(String words) implements DropReason {
        @Override
        public boolean forCertain() {
            return false;
        }
    }

    /**
     * The ledger refused it for good, and it spends an escrow's output. Should some node have it after all, it and its successor cannot
     * both land. What builds on it could, as long as some node may have it.
     */
    record Refused(String words, boolean counts, Duration pause) implements DropReason {
        @Override
        public boolean forCertain() {
            return false;
        }
    }

    /** These bytes are no transaction, so that nobody can have taken them. */
    record Undecodable(String words, Duration pause) implements DropReason {
        @Override
        public boolean forCertain() {
            return true;
        }

        @Override
        public boolean counts() {
            return true;
        }
    }

    /** What it builds on was given up. */
    record ParentDropped(String words, boolean forCertain) implements DropReason {}
}
