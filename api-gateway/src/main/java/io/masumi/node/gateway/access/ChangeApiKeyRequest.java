package io.masumi.node.gateway.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand.ChangeApiKey;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.AmountBody;
import io.masumi.node.gateway.http.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;

/**
 * Asks to change a key. Members that are absent stay as they are.
 *
 * @param token refused: a key's id follows from its token
 * @param usageCreditsToAddOrRemove signed amounts per unit
 * @param chainIdLimit for chains that this node does not serve; checked for its form only
 */
record ChangeApiKeyRequest(
        @NotNull @Size(min = 1, max = 150) String id,
        @Size(min = 15, max = 550) String token,
        @JsonProperty("UsageCreditsToAddOrRemove") @Size(max = 25, message = "must have at most 25 entries") List<@NotNull @Valid SignedAmount> usageCreditsToAddOrRemove,
        Boolean usageLimited,
        ApiKeyReply.Status status,
        @JsonProperty("NetworkLimit") @Size(min = 1, max = 3, message = "must name 1 to 3 networks") List<@NotNull Network> networkLimit,
        @JsonProperty("ChainIdLimit") @Size(max = 50, message = "must have at most 50 entries") List<@NotNull @Pattern(regexp = "[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}") String> chainIdLimit,
        Boolean walletScopeEnabled,
        @JsonProperty("WalletScopeHotWalletIds") @Size(max = 100, message = "must have at most 100 entries") List<@NotNull @Size(max = 150) String> walletScopeHotWalletIds,
        Boolean canRead,
        Boolean canPay,
        Boolean canAdmin) {

    /** @param amount decimal string, with a minus to take away. @param unit as in {@link AmountBody} */
    record SignedAmount(
            @NotNull @Pattern(regexp = "-?\\d{1,25}", message = "must be a string of 1 to 25 decimal digits, with a minus to take away") String amount,
            @NotNull @Size(max = 150) String unit) {

        boolean isNegative() {
            return amount.startsWith("-");
        }

        AmountBody unsigned() {
            return new AmountBody(isNegative() ? amount.substring(1) : amount, unit);
        }
    }

    /** @throws Problem 400 if a member makes no sense */
    ChangeApiKey command(Requester requester) {
        if (token != null) {
            throw Problem.invalid("token cannot be replaced: make a new API key and revoke this one");
        }
        Funds added = credits(false);
        Funds removed = credits(true);
        return new ChangeApiKey(new ApiKeyId(id), added.less(removed), removed.less(added), new KeyPermissions.Changes(canRead, canPay,
                canAdmin, networkLimit == null ? null : Set.copyOf(networkLimit), usageLimited, walletScopeEnabled,
                walletScopeHotWalletIds == null ? null : Set.copyOf(walletScopeHotWalletIds)),
                status == null ? null : status == ApiKeyReply.Status.Revoked, requester);
    }

    private Funds credits(boolean negative) {
        List<SignedAmount> all = usageCreditsToAddOrRemove == null ? List.of() : usageCreditsToAddOrRemove;
        return Funds.of(AmountBody.read("UsageCreditsToAddOrRemove",
                all.stream().filter(each -> each.isNegative() == negative).map(SignedAmount::unsigned).toList()));
    }
}
