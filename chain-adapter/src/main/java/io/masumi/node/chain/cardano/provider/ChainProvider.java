package io.masumi.node.chain.cardano.provider;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.cardano.OutputRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One network's chain as a Blockfrost API shows it. Every call may throw {@link ProviderUnavailableException} when the
 * provider has a fault (time-out, 429, 5xx, key problems) after short retries: that says nothing about the chain, and the
 * caller tries again later.
 */
public interface ChainProvider {

    /** The newest block. */
    ChainPoint tip();

    /** The block at this height, empty when the chain is not that long. */
    Optional<ChainPoint> blockAt(long height);

    /** Whether this block is on the chain, and so all before it. */
    default boolean shows(ChainPoint block) {
        return blockAt(block.blockHeight()).filter(there -> there.blockHash().equals(block.blockHash())).isPresent();
    }

    /**
     * Transactions that touch an address, in chain order.
     *
     * @param fromHeight height of the first block to look at
     * @param limit how many at most
     */
    List<AddressTransaction> transactionsAt(String address, long fromHeight, int limit);

    /** A transaction on chain, empty when it is not there (yet, or any more). */
    Optional<ChainTransaction> transaction(String hash);

    /** Whether a transaction is on chain, and where: one request, where {@link #transaction(String)} takes several. */
    Optional<Inclusion> inclusion(String hash);

    /** All unspent outputs of an address. */
    List<Utxo> unspent(String address);

    /** The same page by page, however many there are. What changes meanwhile may be on none of them, or on two. */
    void unspent(String address, Consumer<List<Utxo>> page);

    /** The transaction on chain that spent an output; empty when it is unspent, or not there, or the API does not say. */
    Optional<String> spender(OutputRef output);

    /** One output if it is on chain and unspent, else empty. */
    Optional<Utxo> unspentOutput(OutputRef ref);

    /** The outputs of a transaction on chain that are unspent, in one or two requests however many there are. */
    List<Utxo> unspentOutputs(String transactionHash);

    /** Hands in signed bytes; handing in the same bytes again is harmless. */
    SubmitOutcome submit(byte[] signedTransaction);
}
