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
     * Takes the price of a purchase from a key's credits; does nothing if it was taken for this purchase before, or the
     * key's usage is not limited.
     *
     * @param request digest of the request that the purchase is to come of, null for a purchase that is there. What another
     *     request has paid for is that one's to lose: a second request for the same purchase with other content is refused
     */
    record SpendCredits(@TargetAggregateIdentifier ApiKeyId keyId, String purchaseId, Funds price, String request)
            implements
                ApiKeyCommand {}

    /** Gives back what a purchase took, because it never locked or was refunded; does nothing the second time. */
    record RestoreCredits(@TargetAggregateIdentifier ApiKeyId keyId, String purchaseId, String reason) implements ApiKeyCommand {}

    /** Ends a key for good. */
    record RevokeApiKey(@TargetAggregateIdentifier ApiKeyId keyId, Requester requester) implements ApiKeyCommand {}
}
