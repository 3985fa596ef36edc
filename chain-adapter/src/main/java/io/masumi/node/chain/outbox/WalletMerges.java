package io.masumi.node.chain.outbox;

import io.masumi.node.Requester;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.TransactionFactory;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.escrow.Funds;
import io.masumi.node.query.wallet.HotWalletView;
import io.masumi.node.wallet.MergePurpose;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Has a wallet pay itself because the node finds that it should. The intent is stored together with its transaction: there is none
 * without the other, and whatever happens afterwards is as with any other chain action.
 */
final class WalletMerges {

    private static final Logger LOG = LoggerFactory.getLogger(WalletMerges.class);
    private static final int DIGITS_OF_A_NUMBER = 15;

    private final ActionStore actions;
    private final TransactionStore transactions;
    private final TransactionFactory factory;
    private final TransactionSubmitter submitter;
    private final TransactionTemplate inTransaction;

    WalletMerges(ActionStore actions, TransactionStore transactions, TransactionFactory factory, TransactionSubmitter submitter,
            TransactionTemplate inTransaction) {
        this.actions = actions;
        this.transactions = transactions;
        this.factory = factory;
        this.submitter = submitter;
        this.inTransaction = inTransaction;
    }

    /**
     * Builds, stores and sends such a transaction.
     *
     * @param toward what is to be paid next, null unless that is the purpose
     * @throws io.masumi.node.chain.cardano.transaction.InsufficientFundsException if the wallet does not hold what it takes
     */
    void merge(ActionPass pass, HotWalletView wallet, MergePurpose purpose, Funds toward) {
        WalletSigner signer = pass.signer(wallet);
        ChainAction.MergeOutputs merge = new ChainAction.MergeOutputs(purpose, toward, Requester.NODE);
        SignedTransaction signed = signer.sign(
                spendable -> factory.build(pass.sourceId(), wallet.id(), spendable, TransactionContent.of(merge)),
                (transaction, depth) -> store(pass, wallet, transaction, depth, merge));
        LOG.info("wallet {} merges {} outputs ({}) in transaction {}, fee {} lovelace", wallet.address(), signed.inputs().size(), purpose,
                signed.hash(), signed.feeLovelace());
        submitter.submitNew(pass.sourceId(), signed, signer.reservations(), pass.provider());
    }

    /** An operator wants all that is of little use merged: after as many as fit into a transaction, the others. */
    void goOn(ChainAction.MergeOutputs merge, HotWalletView wallet, SignedTransaction signed) {
        if (merge.purpose() == MergePurpose.Asked) {
            actions.insert(request(wallet, signed, merge));
        }
    }

    private static ActionRequest request(HotWalletView wallet, SignedTransaction signed, ChainAction.MergeOutputs merge) {
        long number = Long.parseLong(signed.hash().substring(0, DIGITS_OF_A_NUMBER), 16);
        return new ActionRequest(ActionRole.Wallet, wallet.id().value(), number, wallet.sourceId(), List.of(wallet.id().value()), merge, 0,
                null);
    }

    private void store(ActionPass pass, HotWalletView wallet, SignedTransaction signed, int depth, ChainAction.MergeOutputs merge) {
        ActionRequest request = request(wallet, signed, merge);
        inTransaction.executeWithoutResult(_ -> {
            actions.insert(request);
            transactions.insert(pass.sourceId(), wallet.ref(), signed, depth);
            actions.signed(List.of(request.id()), signed.hash());
        });
    }
}
