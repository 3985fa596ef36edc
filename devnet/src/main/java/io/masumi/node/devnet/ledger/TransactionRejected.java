package io.masumi.node.devnet.ledger;

import java.util.List;
import java.util.stream.Collectors;

/** A transaction broke one or more rules; the ledger is as before. */
public final class TransactionRejected extends RuntimeException {
    private final transient List<Violation> violations;

    public TransactionRejected(List<Violation> violations) {
        super(violations.stream().map(Violation::message).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    public static TransactionRejected because(LedgerFailure failure, String detail) {
        return new TransactionRejected(List.of(new Violation(failure, detail)));
    }

    public List<Violation> violations() {
        return violations;
    }

    public List<LedgerFailure> failures() {
        return violations.stream().map(Violation::failure).toList();
    }
}
