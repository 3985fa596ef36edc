package io.masumi.node.registry;

import io.masumi.node.Requester;
import io.masumi.node.escrow.ChainPoint;
import io.masumi.node.escrow.ErrorType;
import io.masumi.node.escrow.EscrowTransaction;
import io.masumi.node.escrow.GivenUpTransaction;
import io.masumi.node.escrow.Participant;
import io.masumi.node.escrow.PaymentSourceRef;
import io.masumi.node.escrow.WalletRef;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an agent's registration. Every handler returns the version afterwards, a {@code Long}. */
public sealed interface RegistrationCommand {

    RegistrationId registrationId();

    /**
     * Asks to mint the agent's NFT.
     *
     * @param recipient who is to hold it; null for the selling wallet
     * @param sendFundingLovelace lovelace to send along with it, null for the minimum
     */
    record RequestRegistration(@TargetAggregateIdentifier RegistrationId registrationId, PaymentSourceRef source, WalletRef sellingWallet,
            Participant recipient, Long sendFundingLovelace, AgentDetails details, Requester requester) implements RegistrationCommand {}

    /** Asks to burn the agent's NFT. */
    record RequestDeregistration(@TargetAggregateIdentifier RegistrationId registrationId,
            Requester requester) implements RegistrationCommand {}

    /** Asks to show a registration no more of which nothing is on chain. */
    record DeleteRegistration(@TargetAggregateIdentifier RegistrationId registrationId,
            Requester requester) implements RegistrationCommand {}

    /**
     * A signed transaction that mints or burns exists and is about to be submitted.
     *
     * @param agentIdentifier policy id and asset name, hex; it follows from the transaction
     * @param validUntilSlot last slot in which it can land
     * @param wallet the hot wallet that pays and signs
     */
    record RecordTransactionInitiated(@TargetAggregateIdentifier RegistrationId registrationId, String agentIdentifier,
            String transactionHash, long validUntilSlot, WalletRef wallet) implements RegistrationCommand {}

    /** The transaction that mints or burns is on chain. */
    record RecordTransactionConfirmed(@TargetAggregateIdentifier RegistrationId registrationId,
            EscrowTransaction transaction) implements RegistrationCommand {}

    /** Minting or burning failed. */
    record RecordTransactionFailed(@TargetAggregateIdentifier RegistrationId registrationId, ErrorType errorType,
            String errorNote) implements RegistrationCommand {}

    /** A transaction that was signed for it is given up. Recorded whatever it is about, once. */
    record RecordTransactionGivenUp(@TargetAggregateIdentifier RegistrationId registrationId, RegistrationStep step,
            GivenUpTransaction transaction) implements RegistrationCommand {}

    /** The blocks above {@code backTo} are not on the chain any more; does nothing if the newest transaction was not in them. */
    record UndoConfirmation(@TargetAggregateIdentifier RegistrationId registrationId, ChainPoint backTo) implements RegistrationCommand {}

    /** Minting or burning has to wait, for money for example; does nothing if that is known. */
    record RecordTransactionDelayed(@TargetAggregateIdentifier RegistrationId registrationId, ErrorType errorType,
            String errorNote) implements RegistrationCommand {}
}
