package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.escrow.GivenUpTransaction;

/**
 * That a transaction was given up, for a record that it was for.
 *
 * @param action what the transaction was to do for it
 * @param failures how often the record could not record it so far
 */
record GivenUpReport(long number, ActionRole role, String aggregateId, ChainAction action, GivenUpTransaction transaction, int failures) {}
