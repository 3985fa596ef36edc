package io.masumi.node.access;

import io.masumi.node.Rejection;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.ApiKeyCommand.RestoreCredits;
import io.masumi.node.access.ApiKeyCommand.RevokeApiKey;
import io.masumi.node.access.ApiKeyCommand.SpendCredits;
import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.ApiKeyRevoked;
import io.masumi.node.access.ApiKeyEvent.CreditsRestored;
import io.masumi.node.access.ApiKeyEvent.CreditsSpent;
import io.masumi.node.escrow.Funds;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * Decides for one API key. It alone takes snapshots, since a busy key has an event for every purchase; the revision goes
 * up whenever {@link ApiKeyState} changes its members, so that older snapshots are left aside.
 */
@Revision("2")
@Aggregate(type = "ApiKey", cache = "aggregateCache", snapshotTriggerDefinition = "aggregateSnapshots")
class ApiKey {

    @AggregateIdentifier
    private ApiKeyId id;
    private ApiKeyState state;

    ApiKey() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(CreateApiKey c) {
        if (state != null) {
            throw Rejection.conflict("An API key with this token exists already", id.value());
        }
        if (!c.keyId().equals(ApiKeyId.of(c.tokenHash()))) {
            throw Rejection.invalid("The API key's id does not follow from its token's hash");
        }
        return record(new ApiKeyCreated(c.keyId(), c.tokenHash(), c.maskedToken(), c.permissions(), c.credits(), c.requester()));
    }

    @CommandHandler
    Long handle(SpendCredits c) {
        if (!state.created().permissions().usageLimited()) {
            return unchanged();
        }
        if (state.spent().containsKey(c.purchaseId())) {
            String payer = state.requests().get(c.purchaseId());
            if (c.request() != null && payer != null && !c.request().equals(payer)) {
                throw Rejection.conflict("Another request for this purchase, with other content, is being worked on or was cut short;"
                        + " send that one again to learn what became of it", null);
            }
            return unchanged();
        }
        if (state.revoked()) {
            throw Rejection.notAllowed("The API key is revoked");
        }
        if (!state.remaining().covers(c.price())) {
            throw Rejection.invalid("The API key's credits do not suffice: the price is " + inWords(c.price()) + ", left are "
                    + inWords(state.remaining()));
        }
        return record(new CreditsSpent(id, c.purchaseId(), c.price(), c.request()));
    }

    @CommandHandler
    Long handle(RestoreCredits c) {
        Funds price = state.spent().get(c.purchaseId());
        return price == null ? unchanged() : record(new CreditsRestored(id, c.purchaseId(), price, c.reason()));
    }

    @CommandHandler
    Long handle(RevokeApiKey c) {
        return state.revoked() ? unchanged() : record(new ApiKeyRevoked(id, c.requester()));
    }

    @EventSourcingHandler
    void on(ApiKeyEvent event) {
        id = event.keyId();
        state = ApiKeyState.evolve(state, event);
    }

    private static String inWords(Funds funds) {
        return funds.isEmpty()
                ? "none"
                : String.join(", ",
                        funds.amounts().stream().map(a -> a.amount() + " " + (a.isLovelace() ? "lovelace" : a.unit())).toList());
    }

    private static Long record(ApiKeyEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    private static Long unchanged() {
        return AggregateLifecycle.getVersion();
    }
}
