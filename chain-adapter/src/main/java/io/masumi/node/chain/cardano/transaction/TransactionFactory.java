package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletId;
import java.util.List;

/**
 * Builds and signs transactions; sends nothing and keeps nothing. Scripts are evaluated locally, so what comes back passes
 * the ledger's rules as of the given outputs.
 */
public interface TransactionFactory {

    /**
     * Builds one transaction.
     *
     * @param wallet who pays the fee and signs
     * @param spendable the wallet's outputs that may be spent
     * @throws InsufficientFundsException if the spendable outputs do not suffice
     * @throws TransactionTooLargeException if it would exceed what the ledger takes; fewer locks may fit
     * @throws TransactionImpossibleException if it can never succeed as asked
     * @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if parameters or outputs cannot be had now
     */
    SignedTransaction build(PaymentSourceId sourceId, HotWalletId wallet, Spendable spendable, TransactionContent content);

    /** The same, of outputs of which nothing else is known. */
    default SignedTransaction build(PaymentSourceId sourceId, HotWalletId wallet, List<Utxo> outputs, TransactionContent content) {
        return build(sourceId, wallet, Spendable.of(outputs), content);
    }
}
