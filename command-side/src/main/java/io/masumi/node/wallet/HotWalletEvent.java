package io.masumi.node.wallet;

import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.PaymentSourceId;

/** What happened to a hot wallet. Stored for ever under the names given here. */
public sealed interface HotWalletEvent {

    HotWalletId walletId();

    @EventName("masumi.wallet.HotWalletAdded")
    record HotWalletAdded(HotWalletId walletId, PaymentSourceId sourceId, Network network, WalletType type, String vkey, String address,
            String collectionAddress, String note, Requester requester) implements HotWalletEvent {}

    /**
     * The wallet paid itself; the transaction is on chain, and cost its fee. It may be recorded again, in another block, after a rollback.
     *
     * @param feeLovelace lovelace
     * @param requester who asked for it, the node itself unless the purpose is {@link MergePurpose#Asked}
     */
    @EventName("masumi.wallet.OutputsMerged")
    record OutputsMerged(HotWalletId walletId, MergePurpose purpose, String transactionHash, ChainPoint at, long feeLovelace,
            Requester requester) implements HotWalletEvent {}

    /** A transaction by which the wallet was to pay itself is given up. */
    @EventName("masumi.wallet.TransactionGivenUp")
    record TransactionGivenUp(HotWalletId walletId, MergePurpose purpose, GivenUpTransaction transaction) implements HotWalletEvent {}
}
