package io.masumi.node.escrow;

import java.util.List;

/** What a lock seen on chain means for the record that its identifier names. */
public sealed interface LockVerdict {

    /** It was taken note of before. */
    record Known() implements LockVerdict {}

    /** It is none of this record's business. @param reason in words */
    record Ignored(String reason) implements LockVerdict {}

    /** It is this record's, but not as agreed. @param brokenRules every rule it breaks, in words */
    record Invalid(List<String> brokenRules) implements LockVerdict {

        public Invalid {
            brokenRules = List.copyOf(brokenRules);
        }
    }

    /** The agreed money is locked. */
    record Believed() implements LockVerdict {}
}
