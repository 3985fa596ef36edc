package io.masumi.node.wallet;

import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.PaymentSourceId;

/** What happened to a hot wallet. Stored for ever under the names given here. */
public sealed interface HotWalletEvent {

    HotWalletId walletId();

    @EventName("masumi.wallet.HotWalletAdded")
    record HotWalletAdded(HotWalletId walletId, PaymentSourceId sourceId, Network network, WalletType type, String vkey, String address,
            String collectionAddress, String note, Requester requester) implements HotWalletEvent {}
}
