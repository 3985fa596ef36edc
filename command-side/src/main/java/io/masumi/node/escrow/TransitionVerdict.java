package io.masumi.node.escrow;

/** What a spent contract output means for the record whose identifier it carried. */
public sealed interface TransitionVerdict {

    /** It was taken note of before, or it moved another lock than the record's. */
    record Irrelevant() implements TransitionVerdict {}

    /** The escrow moved on as the state table says. */
    record Moved(OnChainState to) implements TransitionVerdict {}

    /** The state table does not explain it; an operator must look. @param note in words */
    record Unexpected(String note) implements TransitionVerdict {}
}
