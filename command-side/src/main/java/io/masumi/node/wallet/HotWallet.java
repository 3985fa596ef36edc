package io.masumi.node.wallet;

import io.masumi.node.Rejection;
import io.masumi.node.escrow.RecentlyGivenUp;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletCommand.RecordOutputsMerged;
import io.masumi.node.wallet.HotWalletCommand.RecordTransactionGivenUp;
import io.masumi.node.wallet.HotWalletEvent.HotWalletAdded;
import io.masumi.node.wallet.HotWalletEvent.OutputsMerged;
import io.masumi.node.wallet.HotWalletEvent.TransactionGivenUp;
import java.util.ArrayDeque;
import java.util.Deque;
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

    private static final int MAX_MERGES = 50;

    @AggregateIdentifier
    private HotWalletId id;

    /** The newest merges, as many as can be under way at a time and more. */
    private final Deque<OutputsMerged> merges = new ArrayDeque<>();
    private RecentlyGivenUp givenUp = RecentlyGivenUp.NONE;

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

    @CommandHandler
    Long handle(RecordOutputsMerged c) {
        OutputsMerged merged = new OutputsMerged(c.walletId(), c.purpose(), c.transactionHash(), c.at(), c.feeLovelace(), c.requester());
        if (!merges.contains(merged)) {
            AggregateLifecycle.apply(merged);
        }
        return AggregateLifecycle.getVersion();
    }

    @CommandHandler
    Long handle(RecordTransactionGivenUp c) {
        if (!givenUp.has(c.transaction())) {
            AggregateLifecycle.apply(new TransactionGivenUp(c.walletId(), c.purpose(), c.transaction()));
        }
        return AggregateLifecycle.getVersion();
    }

    @EventSourcingHandler
    void on(HotWalletEvent event) {
        switch (event) {
            case HotWalletAdded e -> id = e.walletId();
            case TransactionGivenUp e -> givenUp = givenUp.and(e.transaction());
            case OutputsMerged e -> {
                merges.addLast(e);
                if (merges.size() > MAX_MERGES) {
                    merges.removeFirst();
                }
            }
        }
    }
}
