package io.masumi.node.chain.outbox;

import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.source.PaymentSourceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Writes what sagas want into the table, and wakes the work once that is committed. */
final class StoredChainActions implements ChainActions {

    private static final Logger LOG = LoggerFactory.getLogger(StoredChainActions.class);

    private final ActionStore actions;
    private final EscrowPositionStore positions;
    private final HeardEvents heard;
    private final TransactionStore transactions;
    private final Consumer<PaymentSourceId> wake;

    /** @param wake told of a payment source for which there is something to do */
    StoredChainActions(ActionStore actions, EscrowPositionStore positions, HeardEvents heard, TransactionStore transactions,
            Consumer<PaymentSourceId> wake) {
        this.actions = actions;
        this.positions = positions;
        this.heard = heard;
        this.transactions = transactions;
        this.wake = wake;
    }

    @Override
    public void hear(ActionRole role, String aggregateId, long sequenceNumber, Consumer<Intents> event) {
        requireTransaction();
        if (heard.isNews(role, aggregateId, sequenceNumber)) {
            event.accept(new Said(role, aggregateId));
        }
    }

    @Override
    public List<Owner> live(Instant before, Owner after, int limit) {
        return actions.live(before, after, limit);
    }

    @Override
    public boolean hasHeard(Owner owner, long sequenceNumber) {
        OptionalLong last = heard.last(owner.role(), owner.aggregateId());
        return last.isEmpty() || last.getAsLong() >= sequenceNumber;
    }

    @Override
    public String mend(Owner owner, long newest, Intent intent) {
        requireTransaction();
        OptionalLong last = heard.lastForUpdate(owner.role(), owner.aggregateId());
        // Nothing was heard of what was wanted by an older version of the node, which took no note of it.
        return last.isPresent() && last.getAsLong() != newest ? null : switch (intent) {
            case Intent.This(ActionRequest request) -> mended(request, null);
            case Intent.Again(ActionRequest request, String transactionHash) -> mended(request, transactionHash);
            case Intent.Nothing _ -> actions.abandon(owner.role(), owner.aggregateId(), null) == 0
                    ? null
                    : "what was under way is not wanted any more";
            case Intent.AsBefore _ -> null;
        };
    }

    /** @param doneBy hash of a transaction that may have done it, before a rollback */
    private String mended(ActionRequest request, String doneBy) {
        if (actions.isUnderWayOrDone(request, doneBy)) {
            return null;
        }
        boolean known = actions.takeBack(request.id());
        want(request);
        if ((known || doneBy != null) && request.action().couldHappenTwice()) {
            actions.notAgain(request.id(), request.action().kind() + ": what was done for it came to nothing, and the record was not told."
                    + " It is not built anew by itself: check that it is not on chain before trying again");
        }
        return request.action().kind() + " was wanted and nothing was under way";
    }

    private void want(ActionRequest request) {
        if (actions.insert(request) || actions.revive(request)) {
            try (MDC.MDCCloseable _ = MDC.putCloseable("sale", request.aggregateId())) {
                LOG.info("{} is wanted", request.action().kind());
            }
        }
        actions.abandon(request.role(), request.aggregateId(), request.id());
        wakeAfterCommit(request.sourceId());
    }

    private void wantAgain(ActionRequest request, String transactionHash) {
        if (transactionHash != null) {
            transactions.rolledBack(transactionHash);
        }
        Optional<String> underWay = actions.wantedAgain(request.role(), request.aggregateId(), request.action().kind(), transactionHash);
        if (underWay.isPresent()) {
            actions.abandon(request.role(), request.aggregateId(), underWay.get());
            wakeAfterCommit(request.sourceId());
            return;
        }
        want(request);
        if (request.action().couldHappenTwice()) {
            actions.notAgain(request.id(), request.action().kind() + ": " + (transactionHash == null
                    ? "what did it was rolled back"
                    : "transaction " + transactionHash + " was rolled back")
                    + " and is not on its way any more. It is not built anew by"
                    + " itself: check that it is not on chain, and what the other party did, before trying again");
        }
    }

    /** An intent that is not stored together with the saga that has it could be lost, or be there twice. */
    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("chain actions are wanted inside the intending saga's database transaction only");
        }
    }

    private void wakeAfterCommit(PaymentSourceId sourceId) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                wake.accept(sourceId);
            }
        });
    }

    private final class Said implements Intents {

        private final ActionRole role;
        private final String aggregateId;

        Said(ActionRole role, String aggregateId) {
            this.role = role;
            this.aggregateId = aggregateId;
        }

        @Override
        public void intend(Intent intent) {
            switch (intent) {
                case Intent.This(ActionRequest request) -> want(request);
                case Intent.Again(ActionRequest request, String transactionHash) -> wantAgain(request, transactionHash);
                case Intent.Nothing _ -> actions.abandon(role, aggregateId, null);
                case Intent.AsBefore _ -> {
                }
            }
        }

        @Override
        public void escrowStands(PaymentSourceId sourceId, OutputRef output, EscrowTransaction newest, long cooldownUntil) {
            if (positions.stands(sourceId, role, aggregateId, output, newest, cooldownUntil)) {
                actions.bringForward(role, aggregateId);
                wakeAfterCommit(sourceId);
            }
        }

        @Override
        public void escrowIsGone() {
            positions.isGone(role, aggregateId);
        }
    }
}
