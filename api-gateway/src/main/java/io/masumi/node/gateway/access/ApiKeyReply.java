package io.masumi.node.gateway.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.masumi.node.access.KeyPermissions;
import io.masumi.node.escrow.Network;
import io.masumi.node.gateway.http.AmountBody;
import io.masumi.node.query.access.ApiKeyView;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A key on the wire. @param token in full only in the reply to its creation, else masked */
record ApiKeyReply(String id, String token, CreateApiKeyRequest.NamedPermission permission, boolean canRead, boolean canPay,
        boolean canAdmin, boolean usageLimited, @JsonProperty("NetworkLimit") List<Network> networkLimit,
        @JsonProperty("ChainIdLimit") List<String> chainIdLimit,
        @JsonProperty("RemainingUsageCredits") List<AmountBody> remainingUsageCredits, Status status, boolean walletScopeEnabled,
        @JsonProperty("WalletScopes") List<WalletScope> walletScopes) {

    enum Status {
        Active,
        Revoked
    }

    record WalletScope(String hotWalletId) {}

    static ApiKeyReply masked(ApiKeyView key) {
        return of(key, key.maskedToken());
    }

    static ApiKeyReply of(ApiKeyView key, String token) {
        KeyPermissions may = key.permissions();
        Set<String> scope = may.walletScope();
        return new ApiKeyReply(key.id().value(), token, CreateApiKeyRequest.NamedPermission.of(may), may.canRead(), may.canPay(),
                may.canAdmin(), may.usageLimited(), Arrays.stream(Network.values()).filter(may::allows).toList(), List.of(),
                AmountBody.of(key.credits().amounts()), key.revoked() ? Status.Revoked : Status.Active, scope != null,
                scope == null ? List.of() : scope.stream().sorted().map(WalletScope::new).toList());
    }

    @Override
    public String toString() {
        return "ApiKeyReply[id=" + id + "]";
    }
}
