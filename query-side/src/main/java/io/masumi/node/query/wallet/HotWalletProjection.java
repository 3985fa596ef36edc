package io.masumi.node.query.wallet;

import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.wallet.HotWalletEvent;
import io.masumi.node.wallet.HotWalletEvent.HotWalletAdded;
import io.masumi.node.wallet.HotWalletEvent.OutputsMerged;
import io.masumi.node.wallet.HotWalletEvent.TransactionGivenUp;
import java.time.Instant;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;

@ProcessingGroup("hot-wallet-view")
final class HotWalletProjection {

    private final ViewProjector<HotWalletView, HotWalletView> view;

    HotWalletProjection(ViewProjector<HotWalletView, HotWalletView> view) {
        this.view = view;
    }

    @EventHandler
    void on(HotWalletEvent event, @SequenceNumber long version, @Timestamp Instant at) {
        view.project(event.walletId().value(), version, before -> after(before, event, new Occurrence(version, at)));
    }

    @ResetHandler
    void reset() {
        view.reset();
    }

    private static HotWalletView after(HotWalletView before, HotWalletEvent event, Occurrence when) {
        return switch (event) {
            case HotWalletAdded e ->
                new HotWalletView(e.walletId(), when.version(), when.at(), when.at(), e.sourceId(), e.network(), e.type(),
                        e.vkey(), e.address(), e.collectionAddress(), e.note());
            case OutputsMerged _,TransactionGivenUp _ -> before.changed(when.version(), when.at());
        };
    }
}
