package io.masumi.node.gateway.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.AmountBody;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;

/**
 * Asks for a new key. Each of {@code canRead}, {@code canPay} and {@code canAdmin} that is given overrides what
 * {@code permission} says.
 *
 * @param usageLimited "true" (the default) or "false"
 * @param usageCredits what the key may spend; of no effect unless its usage is limited
 * @param networkLimit the networks that the key may use; all when absent
 * @param chainIdLimit for chains that this node does not serve; checked for its form only
 * @param walletScopeEnabled "true" or "false" (the default): whether only the named wallets may be used
 */
record CreateApiKeyRequest(
        @Pattern(regexp = "(?i)true|false", message = "must be \"true\" or \"false\"") String usageLimited,
        @JsonProperty("UsageCredits") @NotNull List<@NotNull @Valid AmountBody> usageCredits,
        @JsonProperty("NetworkLimit") @Size(min = 1, max = 3, message = "must name 1 to 3 networks") List<@NotNull Network> networkLimit,
        @JsonProperty("ChainIdLimit") @Size(max = 50, message = "must have at most 50 entries") List<@NotNull @Pattern(regexp = "[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}") String> chainIdLimit,
        NamedPermission permission,
        Boolean canRead,
        Boolean canPay,
        Boolean canAdmin,
        @Pattern(regexp = "(?i)true|false", message = "must be \"true\" or \"false\"") String walletScopeEnabled,
        @JsonProperty("WalletScopeHotWalletIds") @Size(max = 100, message = "must have at most 100 entries") List<@NotNull @Size(max = 150) String> walletScopeHotWalletIds) {

    /** The wire's names for sets of flags. */
    enum NamedPermission {
        Read,
        ReadAndPay,
        Admin;

        static NamedPermission of(KeyPermissions permissions) {
            return permissions.canAdmin() ? Admin : permissions.canPay() ? ReadAndPay : Read;
        }
    }

    KeyPermissions permissions() {
        NamedPermission named = permission == null ? NamedPermission.Read : permission;
        boolean admin = canAdmin == null ? named == NamedPermission.Admin : canAdmin;
        boolean pay = canPay == null ? named == NamedPermission.ReadAndPay : canPay;
        boolean read = canRead == null || canRead;
        boolean limited = !admin && (usageLimited == null || Boolean.parseBoolean(usageLimited));
        Set<Network> networks = networkLimit == null ? Set.of() : Set.copyOf(networkLimit);
        return new KeyPermissions(read, pay, admin, networks, limited, walletScope());
    }

    Funds credits() {
        return Funds.of(AmountBody.read("UsageCredits", usageCredits));
    }

    private Set<String> walletScope() {
        if (!Boolean.parseBoolean(walletScopeEnabled)) {
            return null;
        }
        return walletScopeHotWalletIds == null ? Set.of() : Set.copyOf(walletScopeHotWalletIds);
    }
}
