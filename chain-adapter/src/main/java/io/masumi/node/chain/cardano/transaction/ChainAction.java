package io.masumi.node.chain.cardano.transaction;

import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.masumi.node.Requester;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowAction;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.Participant;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.source.ContractScript;
import io.masumi.node.wallet.MergePurpose;

/**
 * What is to be done on chain: sagas want it, the outbox keeps it until it is done, and transactions are made of it. Stored as JSON
 * under the names given here, so the names stay.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
        @JsonSubTypes.Type(value = ChainAction.Lock.class, name = "Lock"),
        @JsonSubTypes.Type(value = ChainAction.SubmitResult.class, name = "SubmitResult"),
        @JsonSubTypes.Type(value = ChainAction.Withdraw.class, name = "Withdraw"),
        @JsonSubTypes.Type(value = ChainAction.RequestRefund.class, name = "RequestRefund"),
        @JsonSubTypes.Type(value = ChainAction.CancelRefundRequest.class, name = "CancelRefundRequest"),
        @JsonSubTypes.Type(value = ChainAction.WithdrawRefund.class, name = "WithdrawRefund"),
        @JsonSubTypes.Type(value = ChainAction.AuthorizeRefund.class, name = "AuthorizeRefund"),
        @JsonSubTypes.Type(value = ChainAction.RegisterAgent.class, name = "RegisterAgent"),
        @JsonSubTypes.Type(value = ChainAction.DeregisterAgent.class, name = "DeregisterAgent"),
        @JsonSubTypes.Type(value = ChainAction.DeployReferenceScript.class, name = "DeployReferenceScript"),
        @JsonSubTypes.Type(value = ChainAction.RetireReferenceScript.class, name = "RetireReferenceScript"),
        @JsonSubTypes.Type(value = ChainAction.MergeOutputs.class, name = "MergeOutputs")})
public sealed interface ChainAction {

    /** The escrow's part of it, empty for actions on no escrow. */
    default Optional<EscrowAction> escrowAction() {
        return Optional.empty();
    }

    /** The name in tables and logs. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** Whether it spends an escrow's output, which can happen only once. */
    default boolean spendsEscrow() {
        return this instanceof OnEscrow;
    }

    /** Whether a second transaction for it could land beside the first: nothing on the ledger excludes that. */
    default boolean couldHappenTwice() {
        return this instanceof Lock || this instanceof RegisterAgent || this instanceof DeployReferenceScript;
    }

    /** Whether the contract makes a party wait for its cooldown before this (docs/contracts.md, "Rules and their tests"). */
    default boolean waitsForCooldown() {
        return escrowAction().filter(EscrowAction::waitsForCooldown).isPresent();
    }

    /** Bech32 of where the money of a withdrawal goes, null for the wallet itself. */
    default String returnAddress() {
        return null;
    }

    /** The same; a withdrawal that says no address goes to that one. @param collectionAddress bech32, null for the wallet itself */
    default ChainAction collectedAt(String collectionAddress) {
        return switch (this) {
            case Withdraw(String stated) when stated == null -> new Withdraw(collectionAddress);
            case WithdrawRefund(String stated) when stated == null -> new WithdrawRefund(collectionAddress);
            default -> this;
        };
    }

    /** What is done to an escrow. Each such record is named as its {@link EscrowAction} is. */
    sealed interface OfEscrow extends ChainAction {

        @Override
        default Optional<EscrowAction> escrowAction() {
            return Optional.of(EscrowAction.valueOf(kind()));
        }
    }

    sealed interface OnEscrow extends OfEscrow {}

    /** @param price what to lock besides the collateral return, which is added when it is built */
    record Lock(BlockchainIdentifier identifier, Participant seller, String inputHash, EscrowTimes times,
            Funds price) implements OfEscrow {}

    /** @param resultHash 64 hex digits */
    record SubmitResult(String resultHash) implements OnEscrow {}

    /** @param returnAddress bech32 where the money goes, null for the wallet's collection address */
    record Withdraw(String returnAddress) implements OnEscrow {}

    record RequestRefund() implements OnEscrow {}

    record CancelRefundRequest() implements OnEscrow {}

    /** @param returnAddress bech32 where the money goes, null for the wallet's collection address */
    record WithdrawRefund(String returnAddress) implements OnEscrow {}

    record AuthorizeRefund() implements OnEscrow {}

    /** @param recipient bech32 of who is to hold the NFT, null for the wallet itself. @param fundingLovelace null for the minimum */
    record RegisterAgent(AgentDetails details, String recipient, Long fundingLovelace) implements ChainAction {}

    /** Puts a script of the payment source into an output that transactions can refer to: the first of its transaction. */
    record DeployReferenceScript(ContractScript script) implements ChainAction {}

    /** Spends such an output of the wallet, which gets its deposit back. */
    record RetireReferenceScript(ContractScript script, OutputRef output) implements ChainAction {}

    /** @param agentIdentifier policy id and asset name, hex */
    record DeregisterAgent(String agentIdentifier) implements ChainAction {}

    /**
     * Makes fewer and larger outputs of a wallet's many small ones. What it spends depends on what the wallet holds when it is built.
     *
     * @param toward what is to be paid next, null unless that is the purpose
     */
    record MergeOutputs(MergePurpose purpose, Funds toward, Requester requester) implements ChainAction {}
}
