package io.masumi.node.wallet;

import io.masumi.node.Rejection;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletEvent.HotWalletAdded;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** Decides for one hot wallet. */
@Aggregate(type = "HotWallet", cache = "aggregateCache")
class HotWallet {

    @AggregateIdentifier
    private HotWalletId id;

    HotWallet() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(AddHotWallet c) {
        if (id != null) {
            throw Rejection.conflict("This payment source has a wallet with this key already", id.value());
        }
        if (!c.walletId().equals(HotWalletId.of(c.sourceId(), c.vkey()))) {
            throw Rejection.invalid("The wallet's id does not follow from its payment source and key");
        }
        AggregateLifecycle.apply(new HotWalletAdded(c.walletId(), c.sourceId(), c.network(), c.type(), c.vkey(), c.address(),
                c.collectionAddress(), c.note(), c.requester()));
        return AggregateLifecycle.getVersion();
    }

    @EventSourcingHandler
    void on(HotWalletEvent event) {
        switch (event) {
            case HotWalletAdded e -> id = e.walletId();
        }
    }
}
