package io.masumi.node.chain.action;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import io.masumi.node.chain.loop.SourceLoops;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.OutputRef;
import io.masumi.node.source.PaymentSourceId;

/** Writes what sagas want into the table, and wakes the work once that is committed. */
final class StoredChainActions implements ChainActions {

    private static final Logger LOG = LoggerFactory.getLogger(StoredChainActions.class);

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final SourceLoops work;

    StoredChainActions(ActionStore actions, TransactionStore transactions, SourceLoops work) {
        this.actions = actions;
        this.transactions = transactions;
        this.work = work;
    }

    @Override
    public void want(ActionRequest request) {
        requireTransaction();
        if (actions.insert(request)) {
            actions.abandon(request.role(), request.aggregateId(), request.id());
            try (var _ = MDC.putCloseable("sale", request.aggregateId())) {
                LOG.info("{} is wanted", request.action().kind());
            }
            wakeAfterCommit(request.sourceId());
        }
    }

    @Override
    public void wantNothing(ActionRole role, String aggregateId) {
        requireTransaction();
        actions.abandon(role, aggregateId, null);
    }

    @Override
    public void escrowStands(PaymentSourceId sourceId, ActionRole role, String aggregateId, OutputRef output, EscrowTransaction newest,
            long cooldownUntil) {
        requireTransaction();
        if (actions.escrowStands(sourceId, role, aggregateId, output, newest, cooldownUntil)) {
            actions.hasten(role, aggregateId);
            wakeAfterCommit(sourceId);
        }
    }

    @Override
    public void escrowIsGone(ActionRole role, String aggregateId) {
        requireTransaction();
        actions.escrowIsGone(role, aggregateId);
    }

    @Override
    public void wantAgain(ActionRequest request, String transactionHash) {
        requireTransaction();
        if (transactionHash != null) {
            transactions.rolledBack(transactionHash);
        }
        actions.wantedAgain(request.role(), request.aggregateId(), request.action().kind(), transactionHash).ifPresentOrElse(known -> {
            actions.abandon(request.role(), request.aggregateId(), known);
            wakeAfterCommit(request.sourceId());
        }, () -> {
            want(request);
            if (request.action().couldHappenTwice()) {
                actions.notAgain(request.id(), request.action().kind() + ": " + (transactionHash == null
                        ? "what did it was rolled back"
                        : "transaction " + transactionHash + " was rolled back")
                        + " and is not on its way any more. It is not built anew by"
                        + " itself: check that it is not on chain, and what the other party did, before trying again");
            }
        });
    }

    /** A wish that is not stored together with the saga that has it could be lost, or be there twice. */
    private static void requireTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("chain actions are wanted inside the wishing saga's database transaction only");
        }
    }

    private void wakeAfterCommit(PaymentSourceId sourceId) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.wake(sourceId);
            }
        });
    }
}
