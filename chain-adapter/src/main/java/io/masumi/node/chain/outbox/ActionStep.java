package io.masumi.node.chain.outbox;

import static io.masumi.node.chain.outbox.ActionStatus.Abandoned;
import static io.masumi.node.chain.outbox.ActionStatus.Confirmed;
import static io.masumi.node.chain.outbox.ActionStatus.Failed;
import static io.masumi.node.chain.outbox.ActionStatus.Signed;
import static io.masumi.node.chain.outbox.ActionStatus.Submitted;
import static io.masumi.node.chain.outbox.ActionStatus.Wanted;

import java.util.EnumSet;
import java.util.Set;

/** What moves a chain action on. docs/architecture.md has the picture, which a test holds to this table. */
enum ActionStep implements Step {
    /** A transaction for it is stored. */
    SIGN(EnumSet.of(Wanted), EnumSet.of(Signed)),
    /** The network took that, or shows it. */
    SUBMIT(EnumSet.of(Signed), EnumSet.of(Submitted)),
    /** It is as deep in the chain as it has to be. */
    CONFIRM(EnumSet.of(Signed, Submitted), EnumSet.of(Confirmed)),
    /** Its transaction is given up: another is made if its record still wants it. */
    RELEASE(EnumSet.of(Signed, Submitted), EnumSet.of(Wanted, Abandoned)),
    /** Its record wants it no more. What is signed may still land. */
    CALL_OFF(EnumSet.of(Wanted), EnumSet.of(Abandoned)),
    /** It is left to an operator, who has been told; also when it was called off meanwhile. */
    FAIL(EnumSet.of(Wanted, Signed, Submitted, Abandoned), EnumSet.of(Failed)),
    /** It is an operator's no more: by its record's events it is wanted. It is revived with that. */
    TAKE_BACK(EnumSet.of(Failed), EnumSet.of(Abandoned)),
    /** Its record wants it after all, and a transaction that is still open for it counts. */
    REVIVE(EnumSet.of(Abandoned), EnumSet.of(Wanted, Signed, Submitted, Confirmed)),
    /** The block with its transaction is gone. */
    ROLL_BACK(EnumSet.of(Confirmed, Failed), EnumSet.of(Submitted));

    private final Set<ActionStatus> from;
    private final Set<ActionStatus> to;

    ActionStep(Set<ActionStatus> from, Set<ActionStatus> to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public Set<ActionStatus> from() {
        return from;
    }

    @Override
    public Set<ActionStatus> to() {
        return to;
    }
}
