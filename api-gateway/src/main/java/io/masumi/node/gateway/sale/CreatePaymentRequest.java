package io.masumi.node.gateway.sale;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.escrow.TimeRules;
import io.masumi.node.gateway.http.WireTime;
import io.masumi.node.gateway.http.AmountBody;
import io.masumi.node.gateway.http.HexText;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Asks to begin a sale.
 *
 * @param inputHash lower-case hex, MIP-004: the seller signs its digits, not its bytes
 * @param supportedPaymentSourceIndex of no effect: agents of this contract version have one payment source
 * @param requestedFunds the price, for an agent with dynamic pricing only
 * @param identifierFromPurchaser lower-case hex
 */
record CreatePaymentRequest(
        @NotNull @Size(max = 250) @Pattern(regexp = "([0-9a-f]{2})*", message = "must be lower-case hex of whole bytes") String inputHash,
        @NotNull Network network,
        @NotNull @Size(min = 57, max = 250) String agentIdentifier,
        PaymentSourceType paymentSourceType,
        @Min(0) @Max(24) Integer supportedPaymentSourceIndex,
        @JsonProperty("RequestedFunds") @Size(max = 7, message = "must have at most 7 entries") List<@NotNull @Valid AmountBody> requestedFunds,
        WireTime payByTime,
        WireTime submitResultTime,
        WireTime unlockTime,
        WireTime externalDisputeUnlockTime,
        @Size(max = 100_000) String metadata,
        @Size(max = 250) String sellerReturnAddress,
        @NotNull @Size(min = 14, max = 26) @Pattern(regexp = "([0-9a-f]{2})*", message = "must be lower-case hex of whole bytes") String identifierFromPurchaser) {

    CreatePaymentRequest {
        agentIdentifier = HexText.lowerCase(agentIdentifier);
    }

    List<Amount> amounts() {
        return AmountBody.read("RequestedFunds", requestedFunds);
    }

    /** The deadlines, those that the request leaves open as the rules have them. @param now Unix milliseconds */
    EscrowTimes times(TimeRules rules, long now) {
        return rules.complete(WireTime.orNull(payByTime), WireTime.orNull(submitResultTime), WireTime.orNull(unlockTime),
                WireTime.orNull(externalDisputeUnlockTime), now);
    }
}
