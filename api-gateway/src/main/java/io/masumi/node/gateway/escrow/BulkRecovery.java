package io.masumi.node.gateway.escrow;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Retry;
import io.masumi.node.gateway.escrow.BulkRecoveryReply.Outcome;
import io.masumi.node.gateway.escrow.BulkRecoveryReply.Recovered;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import io.masumi.node.gateway.message.Views;
import io.masumi.node.query.WireRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Clears the errors of many records that wait for an operator. Each is decided by its own record on its newest state, as it is in
 * the list that this very request reads; one that is broken stops no other.
 */
public final class BulkRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(BulkRecovery.class);

    /** Beyond this no more are begun, so that the client has its answer. */
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Commands commands;
    private final Views views;
    private final ObjectMapper json;

    public BulkRecovery(Commands commands, Views views, ObjectMapper json) {
        this.commands = commands;
        this.views = views;
        this.json = json;
    }

    /** One kind of record. */
    public interface Kind {

        /** Finds a page of them. */
        Object list(int limit, String cursorId);

        /** Counts them. */
        Object count();

        /** Clears one, if it is still at that version. */
        Object recover(String id, Retry retry, long seenVersion, Requester requester);

        /** Finds one. */
        Object find(String id);
    }

    public BulkRecoveryReply recover(BulkRecoveryRequest request, Kind kind, Requester requester) {
        long matching = views.one(kind.count(), Long.class).orElseThrow();
        List<WireRecord> page = views.list(kind.list(request.limit() + 1, request.cursorId()), WireRecord.class);
        List<Recovered> done = new ArrayList<>();
        List<Cleared> cleared = new ArrayList<>();
        long end = System.nanoTime() + LONGEST.toNanos();
        for (WireRecord record : page.subList(0, Math.min(page.size(), request.limit()))) {
            if (!request.onlyLooks() && System.nanoTime() > end) {
                break;
            }
            done.add(request.onlyLooks() ? shown(record, Outcome.Matches, null) : one(record, request.retry(), kind, requester, cleared));
        }
        cleared.forEach(each -> awaitShown(each, kind));
        Optional<String> next = page.stream().skip(done.size()).map(WireRecord::id).findFirst();
        return new BulkRecoveryReply(request.onlyLooks(), matching, done, next.orElse(null));
    }

    private record Cleared(String id, long version) {}

    private Recovered one(WireRecord record, Retry retry, Kind kind, Requester requester, List<Cleared> cleared) {
        try {
            long version = commands.send(kind.recover(record.id(), retry, record.version(), requester), requester);
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
    private void awaitShown(Cleared record, Kind kind) {
        try {
            views.atLeast(kind.find(record.id()), WireRecord.class, WireRecord::version, record.version());
        } catch (Problem e) {
            LOG.warn("{} is cleared, but not shown so yet: {}", record.id(), e.getMessage());
        }
    }

    private Recovered shown(WireRecord record, Outcome outcome, String reason) {
        JsonNode shown = json.readTree(record.json());
        return new Recovered(record.id(), shown.path("blockchainIdentifier").asString(), shown.path("updatedAt").asString(),
                shown.path("onChainState").asString(null), shown.at("/NextAction/errorType").asString(null),
                shown.at("/NextAction/errorNote").asString(null), outcome, reason);
    }
}
