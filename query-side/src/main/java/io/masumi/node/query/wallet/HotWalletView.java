package io.masumi.node.query.wallet;

import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.WalletRef;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import io.masumi.node.query.projection.Versioned;
import java.time.Instant;

/** A hot wallet as its events make it. @param version sequence number of its newest event */
public record HotWalletView(HotWalletId id, long version, Instant createdAt, Instant updatedAt, PaymentSourceId sourceId, Network network,
        WalletType type, String vkey, String address, String collectionAddress, String note) implements Versioned {

    HotWalletView changed(long newVersion, Instant at) {
        return new HotWalletView(id, newVersion, createdAt, at, sourceId, network, type, vkey, address, collectionAddress, note);
    }

    public WalletRef ref() {
        return new WalletRef(id.value(), vkey, address);
    }
}
