package io.masumi.node.devnet.chain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** One native asset: how much of it there is and the transactions that minted, burnt or moved it. */
public final class AssetHistory {
    private BigInteger quantity = BigInteger.ZERO;
    private final List<String> mintsAndBurns = new ArrayList<>();
    private final List<String> transactions = new ArrayList<>();

    void minted(String transactionId, BigInteger amount) {
        quantity = quantity.add(amount);
        mintsAndBurns.add(transactionId);
    }

    void moved(String transactionId) {
        if (transactions.isEmpty() || !transactions.getLast().equals(transactionId)) {
            transactions.add(transactionId);
        }
    }

    public BigInteger quantity() {
        return quantity;
    }

    public List<String> mintsAndBurns() {
        return List.copyOf(mintsAndBurns);
    }

    public List<String> transactions() {
        return List.copyOf(transactions);
    }
}
