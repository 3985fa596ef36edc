package io.masumi.node.access;

import io.masumi.node.Requester;
import io.masumi.node.escrow.Funds;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of an API key. Every handler returns the version afterwards, a {@code Long}. */
public sealed interface ApiKeyCommand {

    ApiKeyId keyId();

    /**
     * Makes a key.
     *
     * @param tokenHash keyed hash of the token, hex; the token itself is shown once by the edge and kept nowhere
     * @param maskedToken what lists show of it
     * @param credits what it may spend, per unit; of no effect unless usage is limited
     */
    record CreateApiKey(@TargetAggregateIdentifier ApiKeyId keyId, String tokenHash, String maskedToken, KeyPermissions permissions,
            Funds credits, Requester requester) implements ApiKeyCommand {}

    /**
     * Takes the most that something may cost before it is asked for. It stays taken until the record says itself what it costs
     * ({@link SettleCredits}), the request is refused ({@link ReleaseCredits}), or its time is over. Does nothing if the same was asked
     * before, or the key's usage is not limited.
     *
     * @param recordId id of the purchase, registration or sale
     * @param most what it may cost at most, per unit
     * @param request the same for the same request only
     * @param opens whether the request is to make the record. What another request has paid for is that one's to lose: a second
     *     request for the same record with other content is refused
     * @param until Unix ms; what nobody has taken over by then was lost on the way
     */
    record HoldCredits(@TargetAggregateIdentifier ApiKeyId keyId, String recordId, CreditUse use, Funds most, String request,
            boolean opens, long until) implements ApiKeyCommand {}

    /** Refuses if the key could not pay that now; changes nothing. @param most what it may cost at most, per unit */
    record RequireCredits(@TargetAggregateIdentifier ApiKeyId keyId, CreditUse use, Funds most) implements ApiKeyCommand {}

    /** Gives back what is held for a request that was refused; does nothing if nothing is. */
    record ReleaseCredits(@TargetAggregateIdentifier ApiKeyId keyId, String recordId, String reason) implements ApiKeyCommand {}

    /**
     * So much a record costs now, whatever it cost before: what was taken besides goes back, and what is missing is taken. Saying it
     * again changes nothing. Of a record that nothing is taken for, or not any more, it is ignored, unless something is asked.
     *
     * @param cost what has left the wallets for it and not come back, and the most that what it is about to do may cost
     * @param asked whether something more is about to be done for the key: that is refused if it cannot pay, and takes over what was
     *     held for it. What has happened is never refused, and may leave the key in debt
     */
    record SettleCredits(@TargetAggregateIdentifier ApiKeyId keyId, String recordId, CreditUse use, Funds cost, boolean asked,
            String reason) implements ApiKeyCommand {}

    /** What a record costs is final: it is forgotten. Does nothing the second time. */
    record CloseCredits(@TargetAggregateIdentifier ApiKeyId keyId, String recordId) implements ApiKeyCommand {}

    /**
     * Changes a key; all of it or nothing.
     *
     * @param add credits to grant besides, per unit
     * @param remove credits to take away, per unit; refused if it is more than what is left
     * @param revoked true ends it for good, false insists that it is not ended, null says nothing of it
     */
    record ChangeApiKey(@TargetAggregateIdentifier ApiKeyId keyId, Funds add, Funds remove, KeyPermissions.Changes permissions,
            Boolean revoked, Requester requester) implements ApiKeyCommand {}

    /** Ends a key for good. */
    record RevokeApiKey(@TargetAggregateIdentifier ApiKeyId keyId, Requester requester) implements ApiKeyCommand {}
}
