package io.masumi.node.chain.outbox;

/** What an event of an aggregate says about what is to be done on chain from then on. */
public sealed interface Intent {

    /** This, and nothing that was wanted before. */
    record This(ActionRequest request) implements Intent {}

    /**
     * This once more, after a rollback: what is under way for it already is enough. Without that it is wanted anew, unless it could
     * then happen twice: a lock or a mint is never built a second time after a rollback, but left to an operator.
     *
     * @param transactionHash the transaction that does it, as the aggregate knows it, null if it knows none
     */
    record Again(ActionRequest request, String transactionHash) implements Intent {}

    /** Nothing any more. What is signed already may still land. */
    record Nothing() implements Intent {}

    /** The same as before. */
    record AsBefore() implements Intent {}
}
