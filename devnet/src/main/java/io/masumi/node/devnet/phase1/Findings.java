package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.Violation;

import java.util.ArrayList;
import java.util.List;

/** Collects every broken rule of one transaction, as a real node reports them together. */
final class Findings {
    private final List<Violation> violations = new ArrayList<>();

    void add(LedgerFailure failure, String detail) {
        violations.add(new Violation(failure, detail));
    }

    void require(boolean holds, LedgerFailure failure, String detail) {
        if (!holds) {
            add(failure, detail);
        }
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }

    boolean any() {
        return !violations.isEmpty();
    }
}
