package io.masumi.node.devnet.blockfrost;

import io.masumi.node.devnet.chain.ChainTransaction;
import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpRequest;

/** The part of the chain that the query parameters {@code from} and {@code to} name, both included. */
record BlockRange(BlockPosition from, BlockPosition to) {

    static BlockRange of(HttpRequest request) {
        BlockRange range = new BlockRange(request.query("from").map(BlockPosition::parse).orElse(BlockPosition.FIRST),
                request.query("to").map(BlockPosition::parseEnd).orElse(BlockPosition.LAST));
        if (range.from.compareTo(range.to) > 0) {
            throw malformed();
        }
        return range;
    }

    static HttpError malformed() {
        return HttpError.badRequest("Invalid (malformed or out of range) from/to parameter(s).");
    }

    boolean contains(ChainTransaction placed) {
        BlockPosition position = BlockPosition.of(placed);
        return from.compareTo(position) <= 0 && to.compareTo(position) >= 0;
    }
}
