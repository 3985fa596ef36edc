package io.masumi.node.access;

import io.masumi.node.EventName;
import io.masumi.node.Requester;
import io.masumi.node.escrow.Funds;

/** What happened to an API key. Stored for ever under the names given here; never the token. */
public sealed interface ApiKeyEvent {

    ApiKeyId keyId();

    @EventName("masumi.access.ApiKeyCreated")
    record ApiKeyCreated(ApiKeyId keyId, String tokenHash, String maskedToken, KeyPermissions permissions, Funds credits,
            Requester requester) implements ApiKeyEvent {}

    /** @param request digest of the request that the purchase is to come of, null if it was there already */
    @EventName("masumi.access.CreditsSpent")
    record CreditsSpent(ApiKeyId keyId, String purchaseId, Funds price, String request) implements ApiKeyEvent {}

    @EventName("masumi.access.CreditsRestored")
    record CreditsRestored(ApiKeyId keyId, String purchaseId, Funds price, String reason) implements ApiKeyEvent {}

    @EventName("masumi.access.ApiKeyRevoked")
    record ApiKeyRevoked(ApiKeyId keyId, Requester requester) implements ApiKeyEvent {}
}
