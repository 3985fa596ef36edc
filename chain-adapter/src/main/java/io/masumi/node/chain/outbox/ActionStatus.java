package io.masumi.node.chain.outbox;

import java.util.List;

/** Where a chain action stands, stored under these names. What leads from one to another is an {@link ActionStep}. */
public enum ActionStatus {
    /** A transaction for it is to be made, as soon as that can be. */
    Wanted,
    /** One is made and stored. */
    Signed,
    /** The network has taken that. */
    Submitted,
    /** It is on chain for good. */
    Confirmed,
    /** It is left to an operator. */
    Failed,
    /** Nobody wants it any more, and nothing can do it. */
    Abandoned;

    /** SQL: it is to be done, or is on its way. */
    public static final String LIVE = Step.in(List.of(Wanted, Signed, Submitted));

    /** SQL: nothing more is done for it. */
    public static final String OVER = Step.in(List.of(Confirmed, Failed, Abandoned));
}
