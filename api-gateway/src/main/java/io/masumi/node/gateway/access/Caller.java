package io.masumi.node.gateway.access;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.query.access.ApiKeyView;
import java.util.List;
import java.util.Set;

/** Who makes a request: a valid key with enough permission. Controllers take it as a parameter. */
public record Caller(ApiKeyView key) {

    public Requester requester() {
        return new Requester(key.id().value(), key.permissions().canAdmin());
    }

    public boolean sees(Network network) {
        return key.permissions().allows(network);
    }

    /** @throws Problem 401 if the key is not for that network */
    public void mustUse(Network network) {
        if (!sees(network)) {
            throw Problem.unauthorized("This API key may not use the network " + network);
        }
    }

    /** @throws Problem 401 if the key is limited to other wallets */
    public void mustUseWallet(String hotWalletId) {
        if (!mayUseWallet(hotWalletId)) {
            throw Problem.unauthorized("This API key may not use the wallet that this needs");
        }
    }

    public boolean mayUseWallet(String hotWalletId) {
        Set<String> scope = key.permissions().walletScope();
        return scope == null || scope.contains(hotWalletId);
    }

    /** Ids of the only wallets that the key may spend from, empty for any. @throws Problem 401 if it may use no wallet at all */
    public List<String> onlyWallets() {
        Set<String> scope = key.permissions().walletScope();
        if (scope == null) {
            return List.of();
        }
        if (scope.isEmpty()) {
            throw Problem.unauthorized("This API key may not use any wallet");
        }
        return scope.stream().sorted().toList();
    }
}
