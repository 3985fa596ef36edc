package io.masumi.node.chain.outbox;

import static io.masumi.node.chain.outbox.TransactionStatus.Confirmed;
import static io.masumi.node.chain.outbox.TransactionStatus.Dropped;
import static io.masumi.node.chain.outbox.TransactionStatus.Failed;
import static io.masumi.node.chain.outbox.TransactionStatus.Signed;
import static io.masumi.node.chain.outbox.TransactionStatus.Submitted;

import java.util.EnumSet;
import java.util.Set;

/** What moves one of our transactions on. docs/architecture.md has the picture, which a test holds to this table. */
enum TransactionStep implements Step {
    /** The network took it, or shows it. */
    ACCEPT(EnumSet.of(Signed, Submitted), Submitted),
    /** It is as deep in the chain as it has to be. */
    CONFIRM(EnumSet.of(Signed, Submitted), Confirmed),
    /** The same, but its scripts failed. */
    FAIL(EnumSet.of(Signed, Submitted), Failed),
    /** It can never land. */
    DROP(EnumSet.of(Signed, Submitted), Dropped),
    /** Its block is gone. */
    ROLL_BACK(EnumSet.of(Confirmed, Failed), Submitted);

    private final Set<TransactionStatus> from;
    private final Set<TransactionStatus> to;

    TransactionStep(Set<TransactionStatus> from, TransactionStatus to) {
        this.from = from;
        this.to = EnumSet.of(to);
    }

    @Override
    public Set<TransactionStatus> from() {
        return from;
    }

    @Override
    public Set<TransactionStatus> to() {
        return to;
    }
}
