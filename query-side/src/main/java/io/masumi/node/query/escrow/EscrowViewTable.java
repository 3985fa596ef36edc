package io.masumi.node.query.escrow;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.masumi.node.query.projection.Column;
import io.masumi.node.query.projection.ViewPage;
import io.masumi.node.query.projection.ViewTable;
import io.masumi.node.query.projection.WireFormat;
import io.masumi.node.query.projection.WireRecords;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of payments and purchases, which have most columns in common. */
public final class EscrowViewTable {

    private EscrowViewTable() {}

    /** @param own columns that only this table has */
    public static <S, R extends EscrowRow> ViewTable<S, R> of(JdbcTemplate jdbc, ObjectMapper json, String name, Class<S> stateType,
            Function<R, S> state, List<Column<R>> own) {
        return new ViewTable<>(jdbc, json, name, stateType, new Column<>("id", R::id),
                new Column<>("version", row -> row.timeline().version()),
                Stream.concat(own.stream(), Stream.<Column<R>>of(
                        new Column<>("created_at", row -> row.timeline().createdAt()),
                        new Column<>("updated_at", row -> row.timeline().updatedAt()),
                        new Column<>("network", row -> row.source().network()),
                        new Column<>("payment_source_id", row -> row.source().id()),
                        new Column<>("payment_source_type", row -> row.source().type()),
                        new Column<>("smart_contract_address", row -> row.source().smartContractAddress()),
                        new Column<>("owner_key_id", R::ownerKeyId),
                        new Column<>("blockchain_identifier", R::blockchainIdentifier),
                        new Column<>("agent_identifier", R::agentIdentifier),
                        new Column<>("agent_name", R::agentName),
                        new Column<>("result_hash", row -> row.escrow().resultHash()),
                        new Column<>("on_chain_state", row -> row.escrow().state()),
                        new Column<>("next_action_phase", row -> row.next().phase()),
                        new Column<>("error_type", row -> row.next().errorType()),
                        new Column<>("error_note", row -> row.next().errorNote()),
                        new Column<>("amounts", row -> WireFormat.amounts(row.price())),
                        new Column<>("next_action_last_changed_at", row -> row.timeline().nextActionChangedAt()),
                        new Column<>("on_chain_state_or_result_last_changed_at", row -> row.timeline().onChainStateOrResultChangedAt()),
                        new Column<>("next_action_or_on_chain_state_or_result_last_changed_at",
                                row -> row.timeline().anythingChangedAt()),
                        new Column<>(WireRecords.JSON, R::json),
                        new Column<>(WireRecords.JSON_WITH_HISTORY, R::jsonWithHistory))).toList(),
                state);
    }

    /** Only rows that the wire's {@code searchQuery} matches. */
    public static ViewPage search(ViewPage page, String searchQuery) {
        return page.search(searchQuery, List.of("id", "agent_identifier", "agent_name", "result_hash", "on_chain_state"),
                List.of("blockchain_identifier"));
    }
}
