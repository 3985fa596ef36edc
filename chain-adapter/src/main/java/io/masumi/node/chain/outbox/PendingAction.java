package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import java.util.List;

/**
 * A chain action as its row has it.
 *
 * @param notAfter Unix ms, null for no limit
 * @param failedBuilds tries in vain to build a transaction since the last that was signed
 * @param lostTransactions transactions for it that came to nothing
 * @param error why the last try came to nothing, null if there was none
 * @param untold how often in a row its record could not be told what becomes of it
 * @param notAgain why no other transaction may be built for it, null while one may
 */
record PendingAction(String id, ActionRole role, String aggregateId, List<String> walletIds, ChainAction action, Long notAfter,
        boolean unwanted, int failedBuilds, int lostTransactions, int untold, String error, String notAgain) {

    /** How an error begins that money would end. */
    static final String NO_MONEY = "InsufficientFunds: ";

    boolean waitsForMoney() {
        return error != null && error.startsWith(NO_MONEY);
    }

    boolean isLock() {
        return action instanceof ChainAction.Lock;
    }
}
