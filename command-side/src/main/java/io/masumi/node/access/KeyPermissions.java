package io.masumi.node.access;

import io.masumi.node.escrow.Network;
import java.util.Set;

/**
 * What a key may do (docs/api.md, "Who may do what").
 *
 * @param canRead see records
 * @param canPay create and change records; implies read
 * @param canAdmin everything; implies the others
 * @param networks networks it may use; empty for all
 * @param usageLimited whether it spends credits when it purchases
 * @param walletScope ids of the hot wallets it may use, null for all
 */
public record KeyPermissions(boolean canRead, boolean canPay, boolean canAdmin, Set<Network> networks, boolean usageLimited,
        Set<String> walletScope) {

    public KeyPermissions {
        canPay = canPay || canAdmin;
        canRead = canRead || canPay;
        networks = Set.copyOf(networks);
        walletScope = walletScope == null ? null : Set.copyOf(walletScope);
    }

    public static KeyPermissions admin() {
        return new KeyPermissions(true, true, true, Set.of(), false, null);
    }

    /**
     * What is to be different; members that are null stay as they are.
     *
     * @param scoped whether only certain wallets may be used; false lets all be used
     * @param walletScope those wallets' ids
     */
    public record Changes(Boolean canRead, Boolean canPay, Boolean canAdmin, Set<Network> networks, Boolean usageLimited, Boolean scoped,
            Set<String> walletScope) {

        public static final Changes NONE = new Changes(null, null, null, null, null, null, null);
    }

    KeyPermissions with(Changes changes) {
        boolean admin = changes.canAdmin == null ? canAdmin : changes.canAdmin;
        Set<String> wallets = changes.walletScope == null ? walletScope : changes.walletScope;
        boolean isScoped = changes.scoped == null ? wallets != null : changes.scoped;
        return new KeyPermissions(changes.canRead == null ? canRead : changes.canRead, changes.canPay == null ? canPay : changes.canPay,
                admin, changes.networks == null ? networks : changes.networks,
                !admin && (changes.usageLimited == null ? usageLimited : changes.usageLimited),
                !isScoped ? null : wallets == null ? Set.of() : wallets);
    }

    public boolean allows(Network network) {
        return canAdmin || networks.isEmpty() || networks.contains(network);
    }
}
