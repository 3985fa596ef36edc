package io.masumi.node.chain.cardano.provider;

import io.masumi.node.source.PaymentSourceId;

/** The chain provider of each payment source. */
public interface ChainProviders {

    /** @throws IllegalArgumentException if there is no such source */
    ChainProvider of(PaymentSourceId sourceId);
}
