package io.masumi.node.escrow;

/** What kind of error waits for an operator. The wire's payments know no {@link #InsufficientFunds}; there it reads {@link #Unknown}. */
public enum ErrorType {
    NetworkError,
    InsufficientFunds,
    Unknown
}
