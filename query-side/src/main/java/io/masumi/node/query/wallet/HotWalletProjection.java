package io.masumi.node.query.wallet;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.Occurrence;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import io.masumi.node.query.wallet.HotWalletQuery.ListHotWallets;
import io.masumi.node.wallet.HotWalletEvent;
import io.masumi.node.wallet.HotWalletEvent.HotWalletAdded;
import io.masumi.node.wallet.HotWalletEvent.OutputsMerged;
import io.masumi.node.wallet.HotWalletEvent.TransactionGivenUp;
import java.util.List;
import java.util.function.Function;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;

@AutoConfiguration
@ConditionalOnRole("query")
@ProcessingGroup("hot-wallet-view")
final class HotWalletProjection {

    private final ViewProjector<HotWalletView, HotWalletView> view;
    private final ViewReader<HotWalletView> views;

    HotWalletProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        ViewTable<HotWalletView, HotWalletView> table = new ViewTable<>(jdbc, "hot_wallet_view", HotWalletView.class, Function.identity(),
                new Column<>("id", row -> row.id().value()), List.of(
                        new Column<>("created_at", HotWalletView::createdAt),
                        new Column<>("payment_source_id", row -> row.sourceId().value()),
                        new Column<>("type", HotWalletView::type),
                        new Column<>("vkey", HotWalletView::vkey),
                        new Column<>("address", HotWalletView::address)));
        view = updates.projector(table, Function.identity(),
                (row, emitter) -> emitter.emit(FindHotWallet.class, query -> query.walletId().equals(row.id()), row));
        views = new ViewReader<>(jdbc, table);
    }

    @EventHandler
    void on(HotWalletEvent event) {
        view.project(event.walletId().value(), (before, when) -> after(before, event, when));
    }

    @ResetHandler
    void reset() {
        view.reset();
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

    private static HotWalletView after(HotWalletView before, HotWalletEvent event, Occurrence when) {
        return switch (event) {
            case HotWalletAdded e ->
                new HotWalletView(e.walletId(), when.version(), when.at(), when.at(), e.sourceId(), e.network(), e.type(),
                        e.vkey(), e.address(), e.collectionAddress(), e.note());
            case OutputsMerged _,TransactionGivenUp _ -> before.changed(when.version(), when.at());
        };
    }
}
