package io.masumi.node.chain.dispute;

import io.masumi.node.chain.loop.SourceLoops;
import io.masumi.node.dispute.DisputeEvent.SignaturesCompleted;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;

/** Puts signatures into their transaction once all are there; from then on it is sent. Doing it again changes nothing. */
@ProcessingGroup("dispute-withdrawals")
final class SignedWithdrawals {

    private final DisputeStore store;
    private final SourceLoops loops;

    SignedWithdrawals(DisputeStore store, SourceLoops loops) {
        this.store = store;
        this.loops = loops;
    }

    @EventHandler
    void on(SignaturesCompleted event) {
        StoredWithdrawal withdrawal = store.find(event.withdrawalId())
                .orElseThrow(() -> new IllegalStateException("there is no transaction for withdrawal " + event.withdrawalId()));
        store.complete(withdrawal.id(), KeyWitnesses.signed(withdrawal.bytes(), event.signatures()));
        loops.wake(store.source(withdrawal.id()));
    }
}
