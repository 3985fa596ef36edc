package io.masumi.node.chain.dispute;

import io.masumi.node.dispute.DisputeWithdrawalId;
import io.masumi.node.dispute.DisputeWithdrawalStatus;
import io.masumi.node.cardano.OutputRef;
import java.time.Instant;

/**
 * A disputed withdrawal on its way.
 *
 * @param hash hex
 * @param bytes CBOR, to be sent exactly so once it is complete
 * @param escrow the contract's output that it spends
 * @param submitAttempts how often it was, or may have been, sent
 * @param submitAt when it is to be sent (again)
 * @param escrowGoneAtHeight height at which we first saw the escrow spent by something else, null when it is not
 * @param expiredAtHeight height at which we first saw the chain beyond its validity, null before
 */
record StoredWithdrawal(DisputeWithdrawalId id, String hash, byte[] bytes, OutputRef escrow, long validUntilSlot,
        DisputeWithdrawalStatus status, int submitAttempts, Instant submitAt, Long escrowGoneAtHeight, Long expiredAtHeight) {

    /** Whether it has all signatures and is not known to be on chain. */
    boolean isToBeSent() {
        return (status == DisputeWithdrawalStatus.Complete || status == DisputeWithdrawalStatus.Submitted) && expiredAtHeight == null;
    }
}
