package io.masumi.node.chain.outbox;

import java.time.Instant;

import io.masumi.node.escrow.WalletRef;

/**
 * A signed transaction of ours that is not known to be on chain for good, nor to be lost.
 *
 * @param bytes CBOR, to be sent exactly so
 * @param agentIdentifier what it mints, null unless it registers an agent
 * @param submitAttempts how often it was, or may have been, sent
 * @param submitAt when it is to be sent (again)
 * @param lastReply why it was not accepted last time, null when it was or was never sent
 * @param expiredAtHeight height at which we first saw the chain beyond its validity, null before
 */
record StoredTransaction(String hash, WalletRef wallet, byte[] bytes, long validUntilSlot, String agentIdentifier, boolean accepted,
        int submitAttempts, Instant submitAt, String lastReply, Long expiredAtHeight) {

    /** Whether anybody but us can know it. */
    boolean maybeSent() {
        return submitAttempts > 0;
    }
}
