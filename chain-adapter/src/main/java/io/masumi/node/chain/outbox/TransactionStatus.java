package io.masumi.node.chain.outbox;

import java.util.List;

/** Where one of our transactions stands, stored under these names. What leads from one to another is a {@link TransactionStep}. */
public enum TransactionStatus {
    /** It is stored; nobody has said that he took it. */
    Signed,
    /** The network took it, or shows it. */
    Submitted,
    /** It is on chain for good. */
    Confirmed,
    /** It is on chain for good, where its scripts failed and it cost its collateral. */
    Failed,
    /** It is given up: it can never land. */
    Dropped;

    /** SQL: it is neither on chain for good nor given up. */
    public static final String OPEN = Step.in(List.of(Signed, Submitted));

    /** SQL: it is in a block, for good. */
    public static final String SETTLED = Step.in(List.of(Confirmed, Failed));

    /** SQL: what it is for is on its way or done. */
    public static final String COUNTS = Step.in(List.of(Signed, Submitted, Confirmed));

    /** SQL: nothing more is done for it. */
    public static final String OVER = Step.in(List.of(Confirmed, Failed, Dropped));
}
