package io.masumi.node.chain.follower;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.escrow.ChainPoint;

/**
 * Compares the chain that a provider shows with the blocks that were seen before. A remembered block is gone when another one
 * stands at its height: that a provider does not have it may only mean that it is behind.
 */
final class KnownChain {

    private final ChainPoint tip;
    private final ChainProvider provider;

    /** @param tip the provider's newest block */
    KnownChain(ChainPoint tip, ChainProvider provider) {
        this.tip = tip;
        this.provider = provider;
    }

    /** How the chain that is shown relates to the one that was seen. */
    sealed interface Relation {

        /** It goes on from what was seen. */
        record Continued() implements Relation {}

        /** It ends before the newest block that was seen, and is the same up to there: rolled back, or the provider is behind. */
        record Shorter(ChainPoint common, ChainPoint lost) implements Relation {}

        /** Another branch. @param common newest block of both. @param lost oldest remembered block that is gone */
        record Branched(ChainPoint common, ChainPoint lost) implements Relation {}

        /** It ends before all blocks that were seen, so nothing can be said: a provider that is catching up. */
        record Behind(String why) implements Relation {}

        /** None of the blocks that were seen is on it: another network, or one that was reset. */
        record Unknown(String why) implements Relation {}
    }

    /**
     * @param newest the newest block that was seen
     * @param all remembered blocks, newest first; asked for only when {@code newest} is not shown
     * @throws ProviderUnavailableException if the provider shows less than its own newest block
     */
    Relation to(ChainPoint newest, Supplier<List<ChainPoint>> all) {
        if (newest.blockHeight() <= tip.blockHeight() && isShown(newest)) {
            return new Relation.Continued();
        }
        List<ChainPoint> seen = all.get();
        List<ChainPoint> comparable = seen.stream().filter(block -> block.blockHeight() <= tip.blockHeight()).toList();
        if (comparable.isEmpty()) {
            return new Relation.Behind(
                    "its chain ends at height " + tip.blockHeight() + ", before all blocks that were seen, which begin at "
                            + seen.getLast().blockHeight());
        }
        Optional<Integer> found = newestShown(comparable);
        if (found.isEmpty()) {
            return new Relation.Unknown("none of the " + seen.size() + " remembered blocks down to height " + seen.getLast().blockHeight()
                    + " is on its chain, whose newest block is " + tip.blockHash() + " at height " + tip.blockHeight());
        }
        ChainPoint common = comparable.get(found.get());
        return found.get() == 0
                ? new Relation.Shorter(common, seen.get(seen.size() - comparable.size() - 1))
                : new Relation.Branched(common, comparable.get(found.get() - 1));
    }

    /**
     * Place of the newest block that is shown. Rollbacks are short as a rule: the steps back double until one is met, and what
     * was leapt over is halved. If a block is shown, so are all before it.
     */
    private Optional<Integer> newestShown(List<ChainPoint> blocks) {
        int gone = -1;
        int step = 1;
        int at = 0;
        while (!isShown(blocks.get(at))) {
            gone = at;
            if (at == blocks.size() - 1) {
                return Optional.empty();
            }
            at = Math.min(blocks.size() - 1, at + step);
            step *= 2;
        }
        int shown = at;
        while (shown - gone > 1) {
            int middle = (gone + shown) / 2;
            if (isShown(blocks.get(middle))) {
                shown = middle;
            } else {
                gone = middle;
            }
        }
        return Optional.of(shown);
    }

    private boolean isShown(ChainPoint block) {
        ChainPoint there = block.blockHeight() == tip.blockHeight()
                ? tip
                : provider.blockAt(block.blockHeight()).orElseThrow(() -> new ProviderUnavailableException(
                        "the chain provider shows block " + tip.blockHeight() + ", but none at height " + block.blockHeight(), null));
        return there.blockHash().equals(block.blockHash());
    }
}
