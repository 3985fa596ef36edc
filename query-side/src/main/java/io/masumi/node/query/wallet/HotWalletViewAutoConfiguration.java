package io.masumi.node.query.wallet;

import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.platform.serialization.StoredJson;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.wallet.HotWalletQuery.FindHotWallet;
import java.util.List;
import java.util.function.Function;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
class HotWalletViewAutoConfiguration {

    @Bean
    HotWalletProjection hotWalletProjection(JdbcTemplate jdbc, ViewUpdates updates) {
        return new HotWalletProjection(updates.projector(table(jdbc), HotWalletView::version, Function.identity(),
                (view, emitter) -> emitter.emit(FindHotWallet.class, query -> query.walletId().equals(view.id()), view)));
    }

    @Bean
    HotWalletQueries hotWalletQueries(JdbcTemplate jdbc, JdbcClient client) {
        return new HotWalletQueries(new ViewReader<>(client, table(jdbc)));
    }

    private static ViewTable<HotWalletView, HotWalletView> table(JdbcTemplate jdbc) {
        return new ViewTable<>(jdbc, StoredJson.mapper(), "hot_wallet_view", HotWalletView.class,
                new Column<>("id", view -> view.id().value()), new Column<>("version", HotWalletView::version),
                List.of(
                        new Column<>("created_at", HotWalletView::createdAt),
                        new Column<>("payment_source_id", view -> view.sourceId().value()),
                        new Column<>("type", HotWalletView::type),
                        new Column<>("vkey", HotWalletView::vkey),
                        new Column<>("address", HotWalletView::address)),
                Function.identity());
    }
}
