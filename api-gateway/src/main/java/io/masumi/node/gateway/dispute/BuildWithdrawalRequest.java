package io.masumi.node.gateway.dispute;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.Requester;
import io.masumi.node.chain.dispute.BuildDisputeWithdrawal;
import io.masumi.node.chain.dispute.BuildDisputeWithdrawal.Favour;
import io.masumi.node.dispute.Division;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.gateway.http.AmountBody;
import io.masumi.node.gateway.http.HexText;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.source.PaymentSourceId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;

/**
 * Asks for a transaction that ends a disputed escrow, for admins to sign.
 *
 * @param smartContractAddress bech32; null for the network's only payment source
 * @param escrowTxHash and {@code escrowOutputIndex} name the escrow's present output, as the list of disputes shows it
 * @param outcome ForSeller (all but the collateral return), ForBuyer (all), or Split as the next two say
 * @param sellerFunds what the seller gets of a split
 * @param buyerFunds what the buyer gets of a split; both together must be all that the escrow holds
 * @param adminVkeys key hashes of the admins who are to sign, all of them; null for the first in the contract's order that suffice
 * @param feePayerAddress bech32 of who pays the fee and puts up the collateral, and must sign too; null for the first of the admins'
 *     addresses that holds enough
 * @param validForMinutes how long there is to sign and land; null for a day
 */
record BuildWithdrawalRequest(
        @NotNull Network network,
        @Size(max = 250) String smartContractAddress,
        @NotNull @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hex digits") String escrowTxHash,
        @NotNull @Min(0) @Max(65_535) Integer escrowOutputIndex,
        @NotNull Outcome outcome,
        @JsonProperty("SellerFunds") @Size(max = 100) List<@NotNull @Valid AmountBody> sellerFunds,
        @JsonProperty("BuyerFunds") @Size(max = 100) List<@NotNull @Valid AmountBody> buyerFunds,
        @Size(min = 1, max = 100) List<@NotNull @Pattern(regexp = "[0-9a-fA-F]{56}", message = "must be 56 hex digits") String> adminVkeys,
        @Size(max = 250) String feePayerAddress,
        @Min(5) @Max(1800) Integer validForMinutes) {

    private static final int A_DAY = 1440;

    enum Outcome {
        ForSeller,
        ForBuyer,
        Split
    }

    BuildWithdrawalRequest {
        escrowTxHash = HexText.lowerCase(escrowTxHash);
    }

    /** @throws Problem 400 if shares are named where there are none to name, or a unit is none */
    BuildDisputeWithdrawal command(PaymentSourceId source, Requester requester) {
        boolean shares = sellerFunds != null || buyerFunds != null;
        if (shares != (outcome == Outcome.Split)) {
            throw Problem.invalid("SellerFunds and BuyerFunds are for the outcome Split, which needs them");
        }
        Favour favour = switch (outcome) {
            case ForSeller -> Favour.ForSeller;
            case ForBuyer -> Favour.ForBuyer;
            case Split -> null;
        };
        Division division = favour != null
                ? null
                : new Division(Funds.of(AmountBody.read("SellerFunds", sellerFunds)), Funds.of(AmountBody.read("BuyerFunds", buyerFunds)));
        return new BuildDisputeWithdrawal(source, new OutputRef(escrowTxHash, escrowOutputIndex), favour, division,
                adminVkeys == null ? List.of() : adminVkeys, feePayerAddress,
                Duration.ofMinutes(validForMinutes == null ? A_DAY : validForMinutes), requester);
    }
}
