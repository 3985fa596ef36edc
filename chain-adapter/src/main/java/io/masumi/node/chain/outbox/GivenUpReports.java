package io.masumi.node.chain.outbox;

import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.source.PaymentSourceId;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Tells records which of their transactions were given up, and why. What a record cannot record is tried again for ever with
 * growing waits, and holds up no other record.
 */
final class GivenUpReports {

    private static final Logger LOG = LoggerFactory.getLogger(GivenUpReports.class);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private final GivenUpStore store;
    private final AggregateReports reports;

    GivenUpReports(GivenUpStore store, AggregateReports reports) {
        this.store = store;
        this.reports = reports;
    }

    /** Tells all that are due, each record in the order in which its transactions were given up. */
    void tell(PaymentSourceId sourceId) {
        List<GivenUpReport> due = store.due(sourceId);
        while (!due.isEmpty()) {
            due.forEach(this::tell);
            due = store.due(sourceId);
        }
    }

    private void tell(GivenUpReport report) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("sale", report.aggregateId())) {
            Isolated.run(() -> {
                reports.givenUp(report);
                store.told(report);
            }, e -> {
                Duration wait = AFTER_FAILURE.after(report.failures() + 1);
                LOG.error("{} cannot be told that transaction {} was given up, next try in {}", report.aggregateId(),
                        report.transaction().hash(), wait, e);
                store.failed(report, wait, "the node failed at it: " + e);
            });
        }
    }
}
