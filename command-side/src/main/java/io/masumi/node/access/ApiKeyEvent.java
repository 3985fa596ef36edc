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

    /**
     * A purchase took its price. Only of nodes that counted nothing else; now {@link CreditsAllotted}.
     *
     * @param request digest of the request that the purchase is to come of, null if it was there already
     */
    @EventName("masumi.access.CreditsSpent")
    record CreditsSpent(ApiKeyId keyId, String purchaseId, Funds price, String request) implements ApiKeyEvent {}

    /** A purchase gave its price back. Only of nodes that counted nothing else; now {@link CreditsAllotted}. */
    @EventName("masumi.access.CreditsRestored")
    record CreditsRestored(ApiKeyId keyId, String purchaseId, Funds price, String reason) implements ApiKeyEvent {}

    /**
     * So much is taken for a record now, whatever was before.
     *
     * @param recordId id of the purchase, registration or sale
     * @param taken all that is taken for it, per unit
     * @param held what of that is held for a request that the record has not taken up yet
     * @param fromAllowance what of it comes out of the selling allowance, lovelace
     * @param request digest of the request that the record comes of, null when unknown
     * @param asked digest of the request that something was held for last, null when none was
     * @param heldUntil Unix ms until when it is held, 0 when nothing is
     * @param settled whether the record says itself what it costs
     * @param left what the key may still spend, per unit
     */
    @EventName("masumi.access.CreditsAllotted")
    record CreditsAllotted(ApiKeyId keyId, String recordId, CreditUse use, Funds taken, Funds held, long fromAllowance, String request,
            String asked, long heldUntil, boolean settled, String reason, Funds left) implements ApiKeyEvent {}

    /**
     * What a record costs is final.
     *
     * @param cost what it has cost, per unit
     * @param fromAllowance what of that came out of the selling allowance, lovelace
     * @param left what the key may still spend, per unit
     */
    @EventName("masumi.access.CreditsClosed")
    record CreditsClosed(ApiKeyId keyId, String recordId, Funds cost, long fromAllowance, Funds left) implements ApiKeyEvent {}

    /** An admin granted credits or took some away. @param left what the key may still spend, per unit */
    @EventName("masumi.access.CreditsChanged")
    record CreditsChanged(ApiKeyId keyId, Funds added, Funds removed, Requester requester, Funds left) implements ApiKeyEvent {}

    @EventName("masumi.access.PermissionsChanged")
    record PermissionsChanged(ApiKeyId keyId, KeyPermissions permissions, Requester requester) implements ApiKeyEvent {}

    @EventName("masumi.access.ApiKeyRevoked")
    record ApiKeyRevoked(ApiKeyId keyId, Requester requester) implements ApiKeyEvent {}
}
