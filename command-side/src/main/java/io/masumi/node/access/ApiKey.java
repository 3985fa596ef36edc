package io.masumi.node.access;

import io.masumi.node.Rejection;
import io.masumi.node.access.ApiKeyCommand.ChangeApiKey;
import io.masumi.node.access.ApiKeyCommand.CloseCredits;
import io.masumi.node.access.ApiKeyCommand.CreateApiKey;
import io.masumi.node.access.ApiKeyCommand.HoldCredits;
import io.masumi.node.access.ApiKeyCommand.ReleaseCredits;
import io.masumi.node.access.ApiKeyCommand.RequireCredits;
import io.masumi.node.access.ApiKeyCommand.RevokeApiKey;
import io.masumi.node.access.ApiKeyCommand.SettleCredits;
import io.masumi.node.access.ApiKeyEvent.ApiKeyCreated;
import io.masumi.node.access.ApiKeyEvent.ApiKeyRevoked;
import io.masumi.node.access.ApiKeyEvent.CreditsAllotted;
import io.masumi.node.access.ApiKeyEvent.CreditsChanged;
import io.masumi.node.access.ApiKeyEvent.CreditsClosed;
import io.masumi.node.access.ApiKeyEvent.PermissionsChanged;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.Funds;
import java.time.Clock;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;

/**
 * Decides for one API key. It alone takes snapshots, since a busy key has events for every purchase; the revision goes
 * up whenever it or its account changes members, so that older snapshots are left aside.
 *
 * <p>The sum of what has left the node's wallets for a limited key, and of what may leave them for what was asked, is never more than
 * what it was granted and its selling allowance, but for what a rollback takes back: then it is in debt, and can have nothing done.
 */
@Revision("3")
@Aggregate(type = "ApiKey", cache = "aggregateCache", snapshotTriggerDefinition = "aggregateSnapshots")
class ApiKey {

    @AggregateIdentifier
    private ApiKeyId id;
    private KeyPermissions permissions;
    private boolean revoked;
    private CreditAccount account = new CreditAccount();

    ApiKey() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(CreateApiKey c) {
        if (id != null) {
            throw Rejection.conflict("An API key with this token exists already", id.value());
        }
        if (!c.keyId().equals(ApiKeyId.of(c.tokenHash()))) {
            throw Rejection.invalid("The API key's id does not follow from its token's hash");
        }
        return record(new ApiKeyCreated(c.keyId(), c.tokenHash(), c.maskedToken(), c.permissions(), c.credits(), c.requester()));
    }

    @CommandHandler
    Long handle(HoldCredits c, CreditRules rules, Clock clock) {
        if (!permissions.usageLimited()) {
            return unchanged();
        }
        account.heldInVain(clock.millis()).forEach(lost -> release(lost, "nothing came of the request in time"));
        CreditEntry before = account.entry(c.recordId()).orElse(null);
        if (before != null && (c.opens() ? isOpenedBy(before, c.request()) : c.request().equals(before.asked()) || before.isHeld())) {
            return unchanged();
        }
        if (revoked) {
            throw Rejection.notAllowed("The API key is revoked");
        }
        if (before == null && account.size() >= rules.mostOpen()) {
            throw Rejection.notAllowed("This API key has " + account.size() + " purchases, registrations and sales under way, as many as it"
                    + " may (masumi.credits.most-open): wait until some have ended for a day");
        }
        CreditEntry known = before == null ? CreditEntry.none(c.use()) : before;
        Funds taken = known.taken().plus(c.most());
        CreditEntry after = new CreditEntry(known.use(), taken, c.most(),
                known.fromAllowance(taken, account.allowanceLeft(rules.sellingAllowance())),
                c.opens() ? c.request() : known.request(), c.opens() ? known.asked() : c.request(), c.until(), known.settled(),
                known.old());
        requireCovered(known, after);
        return allot(c.recordId(), known, after, "it is asked for");
    }

    /** Whether this very request has paid already. */
    private static boolean isOpenedBy(CreditEntry entry, String request) {
        if (entry.request() != null && !entry.request().equals(request)) {
            throw Rejection.conflict("Another request for this purchase, with other content, is being worked on or was cut short;"
                    + " send that one again to learn what became of it", null);
        }
        return true;
    }

    @CommandHandler
    Long handle(RequireCredits c, CreditRules rules) {
        if (permissions.usageLimited()) {
            CreditEntry none = CreditEntry.none(c.use());
            requireCovered(none, new CreditEntry(c.use(), c.most(), c.most(),
                    none.fromAllowance(c.most(), account.allowanceLeft(rules.sellingAllowance())), null, null, 0, false, false));
        }
        return unchanged();
    }

    @CommandHandler
    Long handle(ReleaseCredits c) {
        return account.entry(c.recordId()).filter(CreditEntry::isHeld).isPresent() ? release(c.recordId(), c.reason()) : unchanged();
    }

    @CommandHandler
    Long handle(SettleCredits c, CreditRules rules) {
        CreditEntry before = account.entry(c.recordId()).orElse(null);
        if (before == null && !(c.asked() && permissions.usageLimited())) {
            return unchanged();
        }
        CreditEntry known = before == null ? CreditEntry.none(c.use()) : before;
        Funds held = c.asked() ? Funds.NONE : known.held();
        Funds taken = c.cost().plus(held);
        CreditEntry after = new CreditEntry(known.use(), taken, held,
                known.fromAllowance(taken, account.allowanceLeft(rules.sellingAllowance())), known.request(), known.asked(),
                held.isEmpty() ? 0 : known.heldUntil(), true, known.old());
        if (after.equals(before)) {
            return unchanged();
        }
        if (c.asked() && permissions.usageLimited()) {
            requireCovered(known, after);
        }
        return allot(c.recordId(), known, after, c.reason());
    }

    @CommandHandler
    Long handle(CloseCredits c) {
        CreditEntry entry = account.entry(c.recordId()).orElse(null);
        if (entry == null) {
            return unchanged();
        }
        Funds cost = entry.cost();
        long fromAllowance = entry.fromAllowance(cost, 0);
        CreditEntry last = new CreditEntry(entry.use(), cost, Funds.NONE, fromAllowance, null, null, 0, true, false);
        return record(new CreditsClosed(id, c.recordId(), cost, fromAllowance, account.leftAfter(entry, last)));
    }

    @CommandHandler
    Long handle(ChangeApiKey c) {
        if (!account.left().plus(c.add()).covers(c.remove())) {
            throw Rejection.invalid("UsageCreditsToAddOrRemove would take more than what is left, " + inWords(account.left()));
        }
        if (revoked && Boolean.FALSE.equals(c.revoked())) {
            throw Rejection.invalid("A revoked API key stays so; make a new one");
        }
        if (!c.add().isEmpty() || !c.remove().isEmpty()) {
            record(new CreditsChanged(id, c.add(), c.remove(), c.requester(), account.leftWith(c.add(), c.remove())));
        }
        KeyPermissions changed = permissions.with(c.permissions());
        if (!changed.equals(permissions)) {
            record(new PermissionsChanged(id, changed, c.requester()));
        }
        return Boolean.TRUE.equals(c.revoked()) ? handle(new RevokeApiKey(id, c.requester())) : unchanged();
    }

    @CommandHandler
    Long handle(RevokeApiKey c) {
        return revoked ? unchanged() : record(new ApiKeyRevoked(id, c.requester()));
    }

    @EventSourcingHandler
    void on(ApiKeyEvent event) {
        id = event.keyId();
        account.apply(event);
        switch (event) {
            case ApiKeyCreated e -> permissions = e.permissions();
            case PermissionsChanged e -> permissions = e.permissions();
            case ApiKeyRevoked _ -> revoked = true;
            default -> {
            }
        }
    }

    private Long release(String recordId, String reason) {
        CreditEntry held = account.entry(recordId).orElseThrow();
        Funds cost = held.cost();
        return allot(recordId, held, new CreditEntry(held.use(), cost, Funds.NONE, held.fromAllowance(cost, 0), held.request(), null, 0,
                held.settled(), held.old()), reason);
    }

    private Long allot(String recordId, CreditEntry before, CreditEntry after, String reason) {
        return record(new CreditsAllotted(id, recordId, after.use(), after.taken(), after.held(), after.fromAllowance(), after.request(),
                after.asked(), after.heldUntil(), after.settled(), reason, account.leftAfter(before, after)));
    }

    private void requireCovered(CreditEntry before, CreditEntry after) {
        Funds missing = account.missing(before, after);
        if (!missing.isEmpty()) {
            throw Rejection.invalid("The API key's credits do not suffice: of the "
                    + inWords(after.fromCredits().less(before.fromCredits())) + " that this may take at most, " + inWords(missing)
                    + " are missing, left are " + inWords(account.left())
                    + ". What is not used of it is given back. An admin can grant more with PATCH /api-key");
        }
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
