package io.masumi.node.chain.cardano.transaction;

/** The wallet's spendable outputs do not suffice; it can be tried again when money came. */
public class InsufficientFundsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InsufficientFundsException(String message) {
        super(message);
    }
}
