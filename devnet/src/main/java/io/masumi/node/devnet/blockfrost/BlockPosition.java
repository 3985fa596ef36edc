package io.masumi.node.devnet.blockfrost;

import io.masumi.node.devnet.chain.ChainTransaction;

import java.util.Comparator;

/** A place in the chain as the query parameters {@code from} and {@code to} name it: height, or height:index. */
record BlockPosition(long height, long index) implements Comparable<BlockPosition> {
    static final BlockPosition FIRST = new BlockPosition(0, 0);
    static final BlockPosition LAST = new BlockPosition(Long.MAX_VALUE, Long.MAX_VALUE);

    static BlockPosition of(ChainTransaction placed) {
        return new BlockPosition(placed.block().height(), placed.index());
    }

    static BlockPosition parse(String text) {
        return parse(text, 0);
    }

    /** Without an index the whole block counts. */
    static BlockPosition parseEnd(String text) {
        return parse(text, Long.MAX_VALUE);
    }

    private static BlockPosition parse(String text, long indexOtherwise) {
        if (!text.matches("\\d{1,18}(:\\d{1,9})?")) {
            throw BlockRange.malformed();
        }
        String[] parts = text.split(":", -1);
        return new BlockPosition(Long.parseLong(parts[0]), parts.length == 2 ? Long.parseLong(parts[1]) : indexOtherwise);
    }

    @Override
    public int compareTo(BlockPosition other) {
        return Comparator.comparingLong(BlockPosition::height).thenComparingLong(BlockPosition::index).compare(this, other);
    }
}
