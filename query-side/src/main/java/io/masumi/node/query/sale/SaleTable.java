package io.masumi.node.query.sale;

import io.masumi.node.escrow.AgreedSale;
import io.masumi.node.escrow.SaleState;
import io.masumi.node.purchase.OfferId;
import io.masumi.node.purchase.PurchaseState;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.Rendered;
import io.masumi.node.query.projection.ViewProjector;
import io.masumi.node.query.projection.ViewUpdates;
import io.masumi.node.query.projection.WireFormat;
import io.masumi.node.query.projection.WireRecords;
import io.masumi.node.query.sale.SaleQuery.FindPurchaseOfOffer;
import io.masumi.node.query.sale.SaleQuery.FindSale;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryUpdateEmitter;
import org.springframework.core.ResolvableType;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of payments and purchases, which have most columns in common. */
final class SaleTable {

    /** The column of a purchase's offer. */
    static final String OFFER = "offer_id";

    private SaleTable() {}

    /** @param own columns that only this table has */
    static <S extends SaleState> ViewProjector<SaleView<S>, Rendered<SaleView<S>>> projector(JdbcTemplate jdbc, ViewUpdates updates,
            SaleKind kind, Class<S> state, SaleJson<S> json, List<Column<Rendered<SaleView<S>>>> own) {
        return updates.projector(
                WireRecords.table(jdbc, kind.table(), ResolvableType.forClassWithGenerics(SaleView.class, state).getType(),
                        Stream.concat(own.stream(), SaleTable.<S>columns()).toList()),
                view -> rendered(view, json), (row, emitter) -> announce(kind, row, emitter));
    }

    private static <S extends SaleState> Stream<Column<Rendered<SaleView<S>>>> columns() {
        return Stream.of(
                new Column<>("created_at", row -> row.view().timeline().createdAt()),
                new Column<>("payment_source_id", row -> agreed(row).source().id()),
                new Column<>("payment_source_type", row -> agreed(row).source().type()),
                new Column<>("blockchain_identifier", row -> agreed(row).blockchainIdentifier().value()),
                new Column<>("agent_identifier", row -> agreed(row).agentIdentifier()),
                new Column<>("agent_name", row -> agreed(row).agentName()),
                new Column<>("result_hash", row -> row.view().state().escrow().resultHash()),
                new Column<>("on_chain_state", row -> row.view().state().escrow().state()),
                new Column<>("next_action_phase", row -> row.view().state().next().phase()),
                new Column<>("error_type", row -> row.view().state().next().errorType()),
                new Column<>("error_note", row -> row.view().state().next().errorNote()),
                new Column<>("amounts", row -> WireFormat.amounts(agreed(row).price())),
                new Column<>("next_action_last_changed_at", row -> row.view().timeline().nextActionChangedAt()),
                new Column<>("on_chain_state_or_result_last_changed_at", row -> row.view().timeline().onChainStateOrResultChangedAt()),
                new Column<>("next_action_or_on_chain_state_or_result_last_changed_at", row -> row.view().timeline().anythingChangedAt()),
                new Column<>(WireRecords.JSON_WITH_HISTORY, Rendered::withHistory));
    }

    private static <S extends SaleState> Rendered<SaleView<S>> rendered(SaleView<S> view, SaleJson<S> json) {
        AgreedSale agreed = view.state().created();
        return new Rendered<>(view, new WireRecord(agreed.saleId(), view.version(), agreed.requester().keyId(), agreed.source().network(),
                agreed.source().smartContractAddress(), view.timeline().updatedAt(), json.render(view, false)), json.render(view, true));
    }

    private static void announce(SaleKind kind, Rendered<? extends SaleView<?>> row, QueryUpdateEmitter emitter) {
        for (boolean includeHistory : new boolean[]{false, true}) {
            emitter.emit(FindSale.class, new FindSale(kind, row.record().id(), includeHistory)::equals, row.record(includeHistory));
        }
        if (row.view().state() instanceof PurchaseState purchase) {
            String offer = offerId(purchase);
            emitter.emit(FindPurchaseOfOffer.class, query -> query.offerId().value().equals(offer), row.record());
        }
    }

    /** Null when the identifier cannot be taken apart, as no purchase's can today. */
    static String offerId(PurchaseState purchase) {
        try {
            return OfferId.of(purchase.created().blockchainIdentifier(), purchase.created().seller().vkey()).value();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static AgreedSale agreed(Rendered<? extends SaleView<?>> row) {
        return row.view().state().created();
    }
}
