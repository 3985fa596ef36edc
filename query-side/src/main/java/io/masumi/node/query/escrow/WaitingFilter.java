package io.masumi.node.query.escrow;

import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.OnChainState;
import java.time.Instant;

/**
 * Which of the records that wait for an operator. Members that are null filter nothing.
 *
 * @param errorType as the wire shows it
 * @param notePrefix how the error's note begins, letter by letter
 * @param since only those left to an operator at that time or later
 * @param nothingLocked only those that nothing is locked for
 */
public record WaitingFilter(Network network, String paymentSourceId, ErrorType errorType, String notePrefix, Instant since,
        OnChainState onChainState, boolean nothingLocked) {}
