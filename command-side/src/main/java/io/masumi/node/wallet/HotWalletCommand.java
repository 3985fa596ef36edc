package io.masumi.node.wallet;

import io.masumi.node.Requester;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.PaymentSourceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a hot wallet. Every handler returns the version afterwards, a {@code Long}. */
public sealed interface HotWalletCommand {

    HotWalletId walletId();

    /**
     * Adds a wallet whose mnemonic the key store already holds.
     *
     * @param vkey hex hash of the payment key
     * @param address bech32
     * @param collectionAddress bech32 where earned money goes, null for the wallet itself
     * @param note the operator's words, may be null
     */
    record AddHotWallet(@TargetAggregateIdentifier HotWalletId walletId, PaymentSourceId sourceId, Network network, WalletType type,
            String vkey, String address, String collectionAddress, String note, Requester requester) implements HotWalletCommand {}

    /** Notes that the wallet paid itself and that the transaction is on chain. Noting it again changes nothing. */
    record RecordOutputsMerged(@TargetAggregateIdentifier HotWalletId walletId, MergePurpose purpose, String transactionHash,
            ChainPoint at, long feeLovelace, Requester requester) implements HotWalletCommand {}

    /** Notes that a transaction by which the wallet was to pay itself was given up. Noting it again changes nothing. */
    record RecordTransactionGivenUp(@TargetAggregateIdentifier HotWalletId walletId, MergePurpose purpose,
            GivenUpTransaction transaction) implements HotWalletCommand {}
}
