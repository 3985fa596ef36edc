package io.masumi.node.chain.outbox;

import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.source.SourceStandings.Standing;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;

/**
 * A look at a payment source's chain.
 *
 * @param standing read before all else, so that a rollback that is handled meanwhile shows
 * @param tip read before the transactions, so that what was on chain then is found
 * @param confirmations blocks a transaction must be deep to count, its own included
 */
record ChainLook(PaymentSourceId sourceId, Standing standing, ChainPoint tip, int confirmations, ChainProvider provider) {}
