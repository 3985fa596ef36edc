package io.masumi.node.devnet.ledger;

/**
 * One broken rule of one transaction.
 *
 * @param detail the figures or names involved
 */
public record Violation(LedgerFailure failure, String detail) {
    public String message() {
        return failure.name() + ": " + failure.meaning() + (detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
