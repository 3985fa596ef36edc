package io.masumi.node.chain.follower;

import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.chain.follower.ending.AwaitedEnd;
import io.masumi.node.chain.follower.ending.AwaitedEnds;
import io.masumi.node.platform.loop.Backoff;
import io.masumi.node.chain.loop.Isolated;
import io.masumi.node.chain.follower.reading.FinalReadings;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.payment.PaymentCommand;
import io.masumi.node.payment.PaymentId;
import io.masumi.node.purchase.PurchaseCommand;
import io.masumi.node.purchase.PurchaseId;
import io.masumi.node.source.PaymentSourceId;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Ends sales for which nothing was locked and nothing can be: the follower has read the chain so far, and its list once more, that this is a fact. */
final class SaleExpiries {

    private static final Logger LOG = LoggerFactory.getLogger(SaleExpiries.class);

    private static final int AT_ONCE = 500;
    private static final Duration SHORTEST_UNTIL_LOOKED = Duration.ofSeconds(30);
    private static final Duration LONGEST_UNTIL_LOOKED = Duration.ofMinutes(10);
    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(5));

    private final FollowerStore store;
    private final FinalReadings finalReadings;
    private final AwaitedEnds ends;
    private final RecordCommands commands;

    SaleExpiries(FollowerStore store, FinalReadings finalReadings, AwaitedEnds ends, RecordCommands commands) {
        this.store = store;
        this.finalReadings = finalReadings;
        this.ends = ends;
        this.commands = commands;
    }

    /** Ends what can be. @param settledHeight height that no rollback is expected to reach */
    void expireDue(PaymentSourceId sourceId, long settledHeight) {
        store.cursor(sourceId).map(Cursor::block).ifPresent(
                followed -> ends.due(sourceId, followed, settledHeight, AT_ONCE).forEach(end -> end(sourceId, end, followed)));
    }

    /** Each is decided by its own record: it knows whether something was locked after all. */
    private void end(PaymentSourceId sourceId, AwaitedEnd end, ChainPoint followed) {
        try (MDC.MDCCloseable _ = MDC.putCloseable("sale", end.aggregateId())) {
            Isolated.runWhateverProvider(() -> endIfOver(sourceId, end, followed), e -> {
                Duration wait = AFTER_FAILURE.after(end.failures() + 1);
                LOG.error("{} cannot be ended, next try in {}", end.aggregateId(), wait, e);
                ends.failed(end, wait, "the node failed at it: " + e);
            });
        }
    }

    private void endIfOver(PaymentSourceId sourceId, AwaitedEnd end, ChainPoint followed) {
        if (!finalReadings.isOver(sourceId, end.aggregateId(), end.payByTime())) {
            ends.postpone(end, SHORTEST_UNTIL_LOOKED, LONGEST_UNTIL_LOOKED);
            return;
        }
        commands.send(end.role(), end.aggregateId(), switch (end.role()) {
            case Payment -> new PaymentCommand.ExpirePayment(new PaymentId(end.aggregateId()), followed);
            case Purchase -> new PurchaseCommand.ExpirePurchase(new PurchaseId(end.aggregateId()), followed);
            case Registration, PaymentSource, Wallet -> throw new IllegalStateException(end.role() + " has no payByTime");
        });
        ends.done(end);
    }
}
