package io.masumi.node.chain.cardano.provider;

import io.masumi.node.source.PaymentSourceId;
import java.time.Instant;

/**
 * How a source's provider has been doing.
 *
 * @param url its base URL
 * @param lastSuccess null when there was none yet
 * @param lastFailure null when there was none yet
 * @param lastError what went wrong last, null when nothing has
 */
public record ProviderHealth(PaymentSourceId sourceId, String url, Instant lastSuccess, Instant lastFailure, String lastError) {

    /** Whether the newest call succeeded, or none was made yet. */
    public boolean healthy() {
        return lastFailure == null || lastSuccess != null && !lastSuccess.isBefore(lastFailure);
    }
}
