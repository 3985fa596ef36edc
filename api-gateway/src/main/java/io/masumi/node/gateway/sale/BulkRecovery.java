package io.masumi.node.gateway.sale;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.sale.BulkRecoveryReply.Outcome;
import io.masumi.node.gateway.sale.BulkRecoveryReply.Recovered;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.sale.SaleKind;
import io.masumi.node.query.sale.SaleQuery.CountWaitingSales;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import io.masumi.node.query.sale.SaleQuery.ListWaitingSales;
import io.masumi.node.query.sale.SaleQuery.WaitingSale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Clears the errors of many records that wait for an operator. Each is decided by its own record on its newest state, as it is in
 * the list that this very request reads; one that is broken stops no other.
 */
final class BulkRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(BulkRecovery.class);

    /** Beyond this no more are begun, so that the client has its answer. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Commands commands;
    private final Views views;

    BulkRecovery(Commands commands, Views views) {
        this.commands = commands;
        this.views = views;
    }

    /** Makes the command that clears a record's error, if it is still at that version. */
    interface Recovery {

        Object of(String id, Retry retry, Long seenVersion, Requester requester);
    }

    BulkRecoveryReply recover(BulkRecoveryRequest request, SaleKind kind, Recovery recovery, Requester requester) {
        long matching = views.one(new CountWaitingSales(kind, request.filter()), Long.class).orElseThrow();
        List<WaitingSale> page = views.list(
                new ListWaitingSales(kind, request.filter(), request.limit() + 1, request.cursorId()), WaitingSale.class);
        List<Recovered> done = new ArrayList<>();
        List<Cleared> cleared = new ArrayList<>();
        long end = System.nanoTime() + LONGEST.toNanos();
        for (WaitingSale record : page.subList(0, Math.min(page.size(), request.limit()))) {
            if (!request.onlyLooks() && System.nanoTime() > end) {
                break;
            }
            done.add(request.onlyLooks()
                    ? shown(record, Outcome.Matches, null)
                    : one(record, request.retry(), recovery, requester, cleared));
        }
        cleared.forEach(each -> awaitShown(each, kind));
        Optional<String> next = page.stream().skip(done.size()).map(WaitingSale::id).findFirst();
        return new BulkRecoveryReply(request.onlyLooks(), matching, done, next.orElse(null));
    }

    private record Cleared(String id, long version) {}

    private Recovered one(WaitingSale record, Retry retry, Recovery recovery, Requester requester, List<Cleared> cleared) {
        try {
            long version = commands.send(recovery.of(record.id(), retry, record.version(), requester), requester);
            cleared.add(new Cleared(record.id(), version));
            return shown(record, version > record.version() + 1 ? Outcome.Retried : Outcome.Cleared, null);
        } catch (Problem e) {
            return shown(record, outcome(e.status()), e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} cannot be cleared", record.id(), e);
            return shown(record, Outcome.Failed, "The node failed at it");
        }
    }

    private static Outcome outcome(HttpStatus status) {
        if (status == HttpStatus.CONFLICT) {
            return Outcome.Changed;
        }
        return status.is4xxClientError() ? Outcome.Refused : Outcome.Failed;
    }

    /** So that whoever asks again is not shown what was cleared now. It is cleared also if that cannot be shown yet. */
    private void awaitShown(Cleared record, SaleKind kind) {
        try {
            views.atLeast(new FindSale(kind, record.id(), false), WireRecord.class, WireRecord::version, record.version());
        } catch (Problem e) {
            LOG.warn("{} is cleared, but not shown so yet: {}", record.id(), e.getMessage());
        }
    }

    private static Recovered shown(WaitingSale record, Outcome outcome, String reason) {
        return new Recovered(record.id(), record.blockchainIdentifier(), record.updatedAt(), record.onChainState(), record.errorType(),
                record.errorNote(), outcome, reason);
    }
}
