package io.masumi.node.chain.process;

import java.util.List;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;

import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.source.PaymentSourceId;

/** Where money is still this node's: its hot wallets' addresses, and those where their money is collected. */
final class OwnAddresses {

    private static final int PAGE = 100;

    private final QueryGateway queries;

    OwnAddresses(QueryGateway queries) {
        this.queries = queries;
    }

    /** @param address bech32, null for the wallet's own choice, which is always one of them */
    boolean has(PaymentSourceId sourceId, String address) {
        if (address == null) {
            return true;
        }
        String cursor = null;
        while (true) {
            List<HotWalletView> page = queries.query(new ListHotWallets(PAGE, cursor, sourceId, null, null, null),
                    ResponseTypes.multipleInstancesOf(HotWalletView.class)).join();
            if (page.stream().anyMatch(wallet -> address.equals(wallet.address()) || address.equals(wallet.collectionAddress()))) {
                return true;
            }
            // A page begins with its cursor's row.
            if (page.size() < PAGE) {
                return false;
            }
            cursor = page.getLast().id().value();
        }
    }
}
