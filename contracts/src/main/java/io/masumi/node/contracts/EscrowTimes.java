package io.masumi.node.contracts;

import java.math.BigInteger;
import java.util.Objects;

/** What parties have agreed on until when, Unix ms. */
public record EscrowTimes(BigInteger payBy, BigInteger submitResult, BigInteger unlock, BigInteger externalDisputeUnlock) {

    public EscrowTimes {
        Objects.requireNonNull(payBy, "pay-by time");
        Objects.requireNonNull(submitResult, "submit-result time");
        Objects.requireNonNull(unlock, "unlock time");
        Objects.requireNonNull(externalDisputeUnlock, "external dispute unlock time");
    }
}
