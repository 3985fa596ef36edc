package io.masumi.node.gateway.access;

import io.masumi.node.access.ApiKeyCommand.HoldCredits;
import io.masumi.node.access.ApiKeyCommand.ReleaseCredits;
import io.masumi.node.access.ApiKeyCommand.RequireCredits;
import io.masumi.node.access.CreditUse;
import io.masumi.node.credit.CreditRules;
import io.masumi.node.escrow.Funds;
import io.masumi.node.gateway.http.Problem;
import io.masumi.node.gateway.message.Commands;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Has limited keys pay in advance: the most that a request may cost is taken before it is passed on, so that the client hears at once
 * when it does not suffice. What it really costs is settled when the chain shows it.
 */
public final class Credits {

    /** A record takes up what is held for it in a moment; a node that was down for some hours still finds it. */
    private static final Duration HELD = Duration.ofDays(1);

    private final Commands commands;
    private final CreditRules rules;
    private final Clock clock;

    public Credits(Commands commands, CreditRules rules, Clock clock) {
        this.commands = commands;
        this.rules = rules;
        this.clock = clock;
    }

    public CreditRules rules() {
        return rules;
    }

    /** @throws Problem 400 that says what is missing, if the caller could not pay that now */
    public void require(CreditUse use, Funds most, Caller caller) {
        if (isLimited(caller)) {
            commands.send(new RequireCredits(caller.key().id(), use, most), caller.requester());
        }
    }

    /**
     * Takes what a request may cost that is to make a record; once, however often the same is asked.
     *
     * @param request the same for the same request only
     * @throws Problem 400 that says what is missing, 409 if another request for the same record is first
     */
    public void holdForNew(String recordId, CreditUse use, Funds most, String request, Caller caller) {
        hold(recordId, use, most, request, true, caller);
    }

    /** Gives back what is held for a request that failed. */
    public void release(String recordId, Caller caller) {
        if (isLimited(caller)) {
            commands.send(new ReleaseCredits(caller.key().id(), recordId, "it was refused"), caller.requester());
        }
    }

    /**
     * Does something with a record for which so much is held, and gives it back if that is refused. After a failure of ours it stays
     * held: nobody can say yet whether it was done.
     *
     * @param request the same for the same request only
     * @throws Problem 400 that says what is missing
     */
    public <R> R holding(String recordId, CreditUse use, Funds most, String request, Caller caller, Supplier<R> work) {
        hold(recordId, use, most, request, false, caller);
        return releasingIfRefused(recordId, caller, work);
    }

    /** The same for what is held already. */
    public <R> R releasingIfRefused(String recordId, Caller caller, Supplier<R> work) {
        try {
            return work.get();
        } catch (Problem refused) {
            if (!refused.status().is5xxServerError()) {
                release(recordId, caller);
            }
            throw refused;
        }
    }

    private void hold(String recordId, CreditUse use, Funds most, String request, boolean opens, Caller caller) {
        if (isLimited(caller)) {
            commands.send(new HoldCredits(caller.key().id(), recordId, use, most, request, opens, clock.millis() + HELD.toMillis()),
                    caller.requester());
        }
    }

    private static boolean isLimited(Caller caller) {
        return caller.key().permissions().usageLimited();
    }
}
