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

/** What is to be done on chain. Stored as JSON under the names given here, so the names stay. */
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
        return Optional.ofNullable(switch (this) {
            case Lock _ -> EscrowAction.Lock;
            case SubmitResult _ -> EscrowAction.SubmitResult;
            case Withdraw _ -> EscrowAction.Withdraw;
            case RequestRefund _ -> EscrowAction.RequestRefund;
            case CancelRefundRequest _ -> EscrowAction.CancelRefundRequest;
            case WithdrawRefund _ -> EscrowAction.WithdrawRefund;
            case AuthorizeRefund _ -> EscrowAction.AuthorizeRefund;
            case RegisterAgent _,DeregisterAgent _,DeployReferenceScript _,RetireReferenceScript _,MergeOutputs _ -> null;
        });
    }

    /** The name in tables and logs. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** Whether it spends an output of the escrow, which can happen only once. */
    default boolean spendsEscrow() {
        return escrowAction().filter(action -> action != EscrowAction.Lock).isPresent();
    }

    /** Whether a second transaction for it could land beside the first: nothing on the ledger excludes that. */
    default boolean couldHappenTwice() {
        return switch (this) {
            case Lock _,RegisterAgent _,DeployReferenceScript _ -> true;
            case
                    SubmitResult _,Withdraw _,RequestRefund _,CancelRefundRequest _,WithdrawRefund _,AuthorizeRefund _,DeregisterAgent _,RetireReferenceScript _,MergeOutputs _ ->
                false;
        };
    }

    /** Whether the contract makes a party wait for its cooldown before this (docs/contracts.md, "Rules and their tests"). */
    default boolean waitsForCooldown() {
        return switch (this) {
            case SubmitResult _,AuthorizeRefund _,RequestRefund _,CancelRefundRequest _ -> true;
            case
                    Lock _,Withdraw _,WithdrawRefund _,RegisterAgent _,DeregisterAgent _,DeployReferenceScript _,RetireReferenceScript _,MergeOutputs _ ->
                false;
        };
    }

    /** @param price what to lock besides the collateral return */
    record Lock(BlockchainIdentifier identifier, Participant seller, String inputHash, EscrowTimes times,
            Funds price) implements ChainAction {}

    /** @param resultHash 64 hex digits */
    record SubmitResult(String resultHash) implements ChainAction {}

    /** @param returnAddress bech32 where the money goes, null for the wallet's collection address */
    record Withdraw(String returnAddress) implements ChainAction {}

    record RequestRefund() implements ChainAction {}

    record CancelRefundRequest() implements ChainAction {}

    /** @param returnAddress bech32 where the money goes, null for the wallet's collection address */
    record WithdrawRefund(String returnAddress) implements ChainAction {}

    record AuthorizeRefund() implements ChainAction {}

    /** @param recipient bech32 of who is to hold the NFT, null for the wallet itself. @param fundingLovelace null for the minimum */
    record RegisterAgent(AgentDetails details, String recipient, Long fundingLovelace) implements ChainAction {}

    /** Puts a script of the payment source into an output that transactions can refer to. */
    record DeployReferenceScript(ContractScript script) implements ChainAction {}

    /** Spends such an output, to get its deposit back. */
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
