package io.masumi.node.chain.outbox;

import io.masumi.node.chain.loop.SourceLock;
import io.masumi.node.chain.source.SourceStandings;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.source.PaymentSourceId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes our transactions back from "on chain for good" to "sent" in their tables. */
final class StoredRollbacks implements Rollbacks {

    private final ActionStore actions;
    private final EscrowPositionStore positions;
    private final ReservationStore reservations;
    private final TransactionTemplate inTransaction;
    private final TransactionStore transactions;
    private final SourceStandings standings;
    private final SourceLock lock;

    StoredRollbacks(ActionStore actions, EscrowPositionStore positions, ReservationStore reservations, TransactionTemplate inTransaction,
            TransactionStore transactions, SourceStandings standings, SourceLock lock) {
        this.actions = actions;
        this.positions = positions;
        this.reservations = reservations;
        this.inTransaction = inTransaction;
        this.transactions = transactions;
        this.standings = standings;
        this.lock = lock;
    }

    @Override
    public void undisturbed(PaymentSourceId sourceId, Runnable task) {
        lock.whenFree(ActionWork.NAME, sourceId, task);
    }

    @Override
    public Reopened reopen(PaymentSourceId sourceId, ChainPoint common) {
        return inTransaction.execute(_ -> {
            standings.rolledBack(sourceId);
            List<String> reopened = transactions.reopenAbove(sourceId, common.blockHeight());
            actions.rolledBack(reopened);
            return new Reopened(reopened, actions.above(sourceId, ActionRole.Registration, common.blockHeight()));
        });
    }

    @Override
    public void beyondReach(PaymentSourceId sourceId, long height) {
        reservations.releaseSettled(sourceId, height);
    }

    @Override
    public OpenRecords open(PaymentSourceId sourceId) {
        return new OpenRecords(open(sourceId, ActionRole.Payment), open(sourceId, ActionRole.Purchase));
    }

    private List<String> open(PaymentSourceId sourceId, ActionRole role) {
        return Stream.concat(positions.standing(sourceId, role).stream(), actions.live(sourceId, role).stream()).distinct().toList();
    }
}
