package io.masumi.node.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.WalletRef;

/** What happened to an agent's registration. Stored for ever under the names given here. */
public sealed interface RegistrationEvent {

    RegistrationId registrationId();

    /** @param recipient who is to hold the NFT, null for the selling wallet. @param sendFundingLovelace lovelace, null for the minimum */
    @EventName("masumi.registry.RegistrationRequested")
    record RegistrationRequested(RegistrationId registrationId, PaymentSourceRef source, WalletRef sellingWallet, Participant recipient,
            Long sendFundingLovelace, AgentDetails details, Requester requester) implements RegistrationEvent {}

    /**
     * A signed transaction that mints exists.
     *
     * @param validUntilSlot last slot in which it can land
     * @param wallet who pays and signs, null in what was stored before it was recorded
     */
    @EventName("masumi.registry.RegistrationInitiated")
    record RegistrationInitiated(RegistrationId registrationId, String agentIdentifier, String transactionHash, long validUntilSlot,
            @JsonInclude(JsonInclude.Include.NON_NULL) WalletRef wallet) implements RegistrationEvent {}

    @EventName("masumi.registry.RegistrationConfirmed")
    record RegistrationConfirmed(RegistrationId registrationId, EscrowTransaction transaction) implements RegistrationEvent {}

    @EventName("masumi.registry.RegistrationFailed")
    record RegistrationFailed(RegistrationId registrationId, ErrorType errorType, String errorNote) implements RegistrationEvent {}

    @EventName("masumi.registry.DeregistrationRequested")
    record DeregistrationRequested(RegistrationId registrationId, Requester requester) implements RegistrationEvent {}

    /**
     * A signed transaction that burns exists.
     *
     * @param validUntilSlot last slot in which it can land
     * @param wallet who pays and signs, null in what was stored before it was recorded
     */
    @EventName("masumi.registry.DeregistrationInitiated")
    record DeregistrationInitiated(RegistrationId registrationId, String transactionHash, long validUntilSlot,
            @JsonInclude(JsonInclude.Include.NON_NULL) WalletRef wallet) implements RegistrationEvent {}

    @EventName("masumi.registry.DeregistrationConfirmed")
    record DeregistrationConfirmed(RegistrationId registrationId, EscrowTransaction transaction) implements RegistrationEvent {}

    @EventName("masumi.registry.DeregistrationFailed")
    record DeregistrationFailed(RegistrationId registrationId, ErrorType errorType, String errorNote) implements RegistrationEvent {}

    /**
     * The block that held the newest transaction is not on the chain any more: it is under way again.
     *
     * @param backTo the newest block that is still on the chain
     */
    @EventName("masumi.registry.ConfirmationUndone")
    record ConfirmationUndone(RegistrationId registrationId, String transactionHash, ChainPoint backTo) implements RegistrationEvent {}

    /** A transaction that the node signed is given up. What is wanted, or not, says the next event. */
    @EventName("masumi.registry.TransactionGivenUp")
    record TransactionGivenUp(RegistrationId registrationId, RegistrationStep step,
            GivenUpTransaction transaction) implements RegistrationEvent {}

    /** Minting or burning must wait for something, such as money, and is tried again. */
    @EventName("masumi.registry.TransactionDelayed")
    record TransactionDelayed(RegistrationId registrationId, ErrorType errorType, String errorNote) implements RegistrationEvent {}

    /** It is shown no more; its events stay. */
    @EventName("masumi.registry.RegistrationDeleted")
    record RegistrationDeleted(RegistrationId registrationId, Requester requester) implements RegistrationEvent {}
}
