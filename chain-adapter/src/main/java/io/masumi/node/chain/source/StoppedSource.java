package io.masumi.node.chain.source;

import java.time.Instant;

import io.masumi.node.source.PaymentSourceId;

/**
 * A payment source whose provider does not show the chain that was followed.
 *
 * @param because how that shows, in words
 */
public record StoppedSource(PaymentSourceId sourceId, String because, Instant since) {}
