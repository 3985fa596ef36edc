package io.masumi.node.gateway.sale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.DerivedId;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.gateway.http.AmountBody;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Asks to buy what a seller's identifier offers. Times are Unix milliseconds as decimal strings.
 *
 * @param smartContractAddress bech32 of the contract to lock in, null for the agent's
 * @param supportedPaymentSourceIndex of no effect: agents of this contract version have one payment source
 * @param inputHash lower-case hex, MIP-004: the seller signs its digits, not its bytes
 * @param sellerVkey hex hash of the seller's payment key
 * @param amounts the price; needed for an agent with dynamic pricing, may repeat a fixed one
 * @param identifierFromPurchaser lower-case hex
 */
record CreatePurchaseRequest(
        @NotNull @Size(min = 1, max = BlockchainIdentifier.MAX_LENGTH) String blockchainIdentifier,
        @NotNull Network network,
        PaymentSourceType paymentSourceType,
        @Size(max = 250) String smartContractAddress,
        @Min(0) @Max(24) Integer supportedPaymentSourceIndex,
        @NotNull @Size(max = 250) @Pattern(regexp = "([0-9a-f]{2})*", message = "must be lower-case hex of whole bytes") String inputHash,
        @NotNull @Pattern(regexp = "[0-9a-fA-F]{56}", message = "must be 56 hex digits") String sellerVkey,
        @NotNull @Size(min = 57, max = 250) String agentIdentifier,
        @JsonProperty("Amounts") @Size(max = 7, message = "must have at most 7 entries") List<@NotNull @Valid AmountBody> amounts,
        @NotNull @Pattern(regexp = MILLIS, message = NOT_MILLIS) String unlockTime,
        @NotNull @Pattern(regexp = MILLIS, message = NOT_MILLIS) String externalDisputeUnlockTime,
        @NotNull @Pattern(regexp = MILLIS, message = NOT_MILLIS) String submitResultTime,
        @NotNull @Pattern(regexp = MILLIS, message = NOT_MILLIS) String payByTime,
        @Size(max = 100_000) String metadata,
        @Size(max = 250) String buyerReturnAddress,
        @Size(max = 250) String sellerReturnAddress,
        @NotNull @Size(min = 14, max = 26) @Pattern(regexp = "([0-9a-f]{2})*", message = "must be lower-case hex of whole bytes") String identifierFromPurchaser) {

    private static final String MILLIS = "\\d{1,15}";
    private static final String NOT_MILLIS = "must be Unix milliseconds as a string of decimal digits";

    CreatePurchaseRequest {
        agentIdentifier = HexText.lowerCase(agentIdentifier);
    }

    /** @throws Problem 400 if it is no identifier of this contract version */
    BlockchainIdentifier identifier() {
        BlockchainIdentifier identifier = new BlockchainIdentifier(blockchainIdentifier);
        try {
            if (identifier.parts().contractAddress().isPresent()) {
                throw Problem.invalid("blockchainIdentifier is of a later contract version");
            }
        } catch (IllegalArgumentException e) {
            throw Problem.invalid(e.getMessage());
        }
        return identifier;
    }

    /** The same for the same request only. */
    String digest() {
        return DerivedId.of("purchase-request", toString());
    }

    String sellerKeyHash() {
        return HexText.lowerCase(sellerVkey);
    }

    List<Amount> requestedAmounts() {
        return AmountBody.read("Amounts", amounts);
    }

    EscrowTimes times() {
        return new EscrowTimes(Long.parseLong(payByTime), Long.parseLong(submitResultTime), Long.parseLong(unlockTime),
                Long.parseLong(externalDisputeUnlockTime));
    }
}
