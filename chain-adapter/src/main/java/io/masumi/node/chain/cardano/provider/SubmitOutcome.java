package io.masumi.node.chain.cardano.provider;

/** What a provider says to a submitted transaction. */
public sealed interface SubmitOutcome {

    /** In the mempool, or there already. */
    record Accepted(String transactionHash) implements SubmitOutcome {}

    /**
     * The ledger refused it.
     *
     * @param inputsGone whether it names inputs that are spent or unknown: then it, or a rival, may be on chain already
     * @param expired whether its validity interval is over
     * @param undecodable whether these bytes are no transaction to the node: then no node can have them, now or later
     * @param reason the ledger's words
     */
    record Refused(boolean inputsGone, boolean expired, boolean undecodable, String reason) implements SubmitOutcome {

        /** Of bytes that the node could decode. */
        public Refused(boolean inputsGone, boolean expired, String reason) {
            this(inputsGone, expired, false, reason);
        }
    }

    /** The ledger refused it because its validity interval has not begun: the same bytes may pass later. */
    record NotYetValid(String reason) implements SubmitOutcome {}

    /** Nobody knows whether it was accepted: a time-out, a lost reply, a fault of the provider. */
    record Unknown(String reason) implements SubmitOutcome {}
}
