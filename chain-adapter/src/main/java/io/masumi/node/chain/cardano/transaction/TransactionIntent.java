package io.masumi.node.chain.cardano.transaction;

import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Participant;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.source.ContractScript;
import io.masumi.node.wallet.MergePurpose;

/** What a transaction is to do. Escrow intents carry the contract's output as the chain shows it, datum included. */
public sealed interface TransactionIntent {

    /** @param price what to lock besides the collateral return, which the factory adds */
    record Lock(BlockchainIdentifier identifier, Participant seller, String inputHash, EscrowTimes times,
            Funds price) implements TransactionIntent {}

    /** @param resultHash 64 hex digits */
    record SubmitResult(Utxo escrow, String resultHash) implements TransactionIntent {}

    /** @param collectionAddress bech32 where the earned money goes, null for the wallet itself */
    record Withdraw(Utxo escrow, String collectionAddress) implements TransactionIntent {}

    record RequestRefund(Utxo escrow) implements TransactionIntent {}

    record CancelRefundRequest(Utxo escrow) implements TransactionIntent {}

    /** @param collectionAddress bech32 where the refund goes, null for the wallet itself */
    record WithdrawRefund(Utxo escrow, String collectionAddress) implements TransactionIntent {}

    record AuthorizeRefund(Utxo escrow) implements TransactionIntent {}

    /** @param recipient bech32 of who is to hold the NFT, null for the wallet itself. @param fundingLovelace to send along, null for the minimum */
    record RegisterAgent(AgentDetails details, String recipient, Long fundingLovelace) implements TransactionIntent {}

    /** Puts a script of the payment source into an output that transactions can refer to: the first of the transaction. */
    record DeployReferenceScript(ContractScript script) implements TransactionIntent {}

    /** Spends such an output of the wallet, which gets its deposit back. */
    record RetireReferenceScript(ContractScript script, OutputRef output) implements TransactionIntent {}

    /** @param agentIdentifier policy id and asset name, hex */
    record DeregisterAgent(String agentIdentifier) implements TransactionIntent {}

    /** The wallet pays itself, in fewer and larger outputs. @param toward what it is to pay next, null unless that is the purpose */
    record MergeOutputs(MergePurpose purpose, Funds toward) implements TransactionIntent {}
}
