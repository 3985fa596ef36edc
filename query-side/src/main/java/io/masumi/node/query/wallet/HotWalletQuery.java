package io.masumi.node.query.wallet;

import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;

/** What can be asked about hot wallets; answers are {@link HotWalletView}s. */
public sealed interface HotWalletQuery {

    /** One wallet or none. Also a subscription query. */
    record FindHotWallet(HotWalletId walletId) implements HotWalletQuery {}

    /** A page of wallets, newest first. Filters that are null filter nothing. @param take 1 to 100. @param cursorId id of the first row */
    record ListHotWallets(int take, String cursorId, PaymentSourceId sourceId, WalletType type, String vkey,
            String address) implements HotWalletQuery {}
}
