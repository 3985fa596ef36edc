package io.masumi.node.devnet.blockfrost;

import com.fasterxml.jackson.databind.JsonNode;
import io.masumi.node.devnet.chain.ChainState;
import io.masumi.node.devnet.chain.ChainTransaction;
import io.masumi.node.devnet.chain.Ledger;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What all endpoints do: find on the chain what a request is about, and show it, page by page where there is much. */
record Found(Ledger ledger) {

    /** 404 when there is no such thing. */
    <T> HttpReply reply(Function<ChainState, Optional<T>> finder, BiFunction<ChainState, T, JsonNode> view) {
        return ledger.read(state -> HttpReply.ok(view.apply(state, finder.apply(state).orElseThrow(HttpError::notFound))));
    }

    /** Where transactions of the asked-for part of the chain are. @param ids oldest first */
    JsonNode places(ChainState state, HttpRequest request, List<String> ids) {
        BlockRange range = BlockRange.of(request);
        List<ChainTransaction> found = ids.stream().map(id -> state.transaction(id).orElseThrow()).filter(range::contains).toList();
        return Page.of(request).json(found, (row, placed) -> row.put("tx_hash", placed.applied().id()).put("tx_index", placed.index())
                .put("block_height", placed.block().height()).put("block_time", time(placed)));
    }

    private long time(ChainTransaction placed) {
        return ledger.slots().startOf(placed.block().slot()).getEpochSecond();
    }
}
