package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.escrow.ErrorType;
import java.util.List;

/**
 * A chain action as its row has it.
 *
 * @param notAfter Unix ms, null for no limit
 * @param failedBuilds tries in vain to build a transaction since the last that was signed
 * @param lostTransactions transactions for it that were given up
 * @param errorType what kind of error the last try came to, null if there was none
 * @param error that error in words, null if there was none
 * @param untold how often in a row its record could not be told what becomes of it
 * @param notAgain why no other transaction may be built for it, null while one may
 */
record PendingAction(String id, ActionRole role, String aggregateId, List<String> walletIds, ChainAction action, Long notAfter,
        boolean unwanted, int failedBuilds, int lostTransactions, int untold, ErrorType errorType, String error, String notAgain) {

    boolean waitsForMoney() {
        return errorType == ErrorType.InsufficientFunds;
    }

    /** Whether the last try came to just this. */
    boolean hasError(ErrorType type, String why) {
        return errorType == type && why.equals(error);
    }

    boolean isLock() {
        return action instanceof ChainAction.Lock;
    }
}
