package io.masumi.node.access;

import io.masumi.node.escrow.Network;
import java.util.Set;

/**
 * What a key may do (03-api, "Who may do what").
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

    public boolean allows(Network network) {
        return canAdmin || networks.isEmpty() || networks.contains(network);
    }
}
