package io.masumi.node.chain.cardano.transaction;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.masumi.node.chain.wallet.Utxo;

/**
 * What one transaction does: several locks, or one of anything else.
 *
 * @param escrow the contract's output that it spends, as the chain shows it, datum included; empty for actions on no escrow
 */
public record TransactionContent(List<ChainAction> actions, Optional<Utxo> escrow) {

    public TransactionContent {
        actions = List.copyOf(actions);
        if (actions.isEmpty() || actions.size() > 1 && !actions.stream().allMatch(ChainAction.Lock.class::isInstance)) {
            throw new IllegalArgumentException("a transaction does several locks, or one of anything else");
        }
        if (actions.getFirst().spendsEscrow() != escrow.isPresent()) {
            throw new IllegalArgumentException("what is done to an escrow spends its output, and nothing else does");
        }
    }

    public static TransactionContent of(ChainAction... actions) {
        return new TransactionContent(List.of(actions), Optional.empty());
    }

    /** @param escrow the contract's output, datum included */
    public static TransactionContent on(Utxo escrow, ChainAction.OnEscrow action) {
        return new TransactionContent(List.of(action), Optional.of(escrow));
    }

    /** The first of several locks, or the only action. */
    ChainAction first() {
        return actions.getFirst();
    }

    Stream<ChainAction.Lock> locks() {
        return actions.stream().map(ChainAction.Lock.class::cast);
    }
}
