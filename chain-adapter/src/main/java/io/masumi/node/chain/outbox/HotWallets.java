package io.masumi.node.chain.outbox;

import java.util.List;
import java.util.Optional;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;

/** The wallets of payment sources, and which of them may pay for something. */
final class HotWallets {

    private static final int MAX_CANDIDATES = 100;

    private final QueryGateway queries;

    HotWallets(QueryGateway queries) {
        this.queries = queries;
    }

    /**
     * The wallets that an action names, in that order; the source's purchasing wallets when it names none. Names that a lock
     * has from a key's scope may be of any wallet: only purchasing wallets pay, and no other source's.
     */
    List<HotWalletView> candidates(PaymentSourceId sourceId, PendingAction action) {
        return of(sourceId, action.walletIds()).stream()
                .filter(wallet -> wallet.sourceId().equals(sourceId) && (!action.isLock() || wallet.type() == WalletType.Purchasing))
                .toList();
    }

    /** All wallets of a payment source. */
    List<HotWalletView> all(PaymentSourceId sourceId) {
        return queries.query(new ListHotWallets(MAX_CANDIDATES, null, sourceId, null, null, null),
                ResponseTypes.multipleInstancesOf(HotWalletView.class)).join();
    }

    private List<HotWalletView> of(PaymentSourceId sourceId, List<String> walletIds) {
        if (walletIds.isEmpty()) {
            return queries.query(new ListHotWallets(MAX_CANDIDATES, null, sourceId, WalletType.Purchasing, null, null),
                    ResponseTypes.multipleInstancesOf(HotWalletView.class)).join();
        }
        return walletIds.stream().flatMap(id -> find(id).stream()).toList();
    }

    Optional<HotWalletView> find(String walletId) {
        return queries.query(new FindHotWallet(new HotWalletId(walletId)), ResponseTypes.optionalInstanceOf(HotWalletView.class)).join();
    }
}
