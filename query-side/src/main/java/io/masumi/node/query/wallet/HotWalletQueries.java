package io.masumi.node.query.wallet;

import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;

final class HotWalletQueries {

    private final ViewReader<HotWalletView> views;

    HotWalletQueries(ViewReader<HotWalletView> views) {
        this.views = views;
    }

    @QueryHandler
    HotWalletView on(FindHotWallet query) {
        return views.find(query.walletId().value());
    }

    @QueryHandler
    List<HotWalletView> on(ListHotWallets query) {
        return views.list(views.page()
                .where("payment_source_id", query.sourceId() == null ? null : query.sourceId().value())
                .where("type", query.type())
                .where("vkey", query.vkey())
                .where("address", query.address())
                .from(query.cursorId()), query.take());
    }
}
