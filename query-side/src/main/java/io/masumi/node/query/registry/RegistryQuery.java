package io.masumi.node.query.registry;

import io.masumi.node.escrow.Network;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.registry.RegistrationPhase;
import java.time.Instant;
import java.util.List;

/** What can be asked about registrations; answers are {@link io.masumi.node.query.WireRecord}s whose JSON is the wire's RegistryEntry, unless said otherwise. */
public sealed interface RegistryQuery {

    /** Groups of registration states that lists filter by; the names are the wire names. */
    enum Status {
        Registered,
        Deregistered,
        Pending,
        Failed
    }

    /** One registration or none, deleted or not. Also a subscription query: an update is sent whenever the registration changes. */
    record FindRegistration(RegistrationId registrationId) implements RegistryQuery {}

    /**
     * A page of registrations, newest first; like all lists without deleted ones. Filters that are null filter nothing.
     *
     * @param limit 1 to 100, else the query fails
     * @param cursorId id of the row that the page starts with (or, if the filters leave it out, the one after it), null for the
     *     newest; the page is empty if there is no such row
     */
    record ListRegistrations(Network network, int limit, String cursorId, String smartContractAddress, Status status, String searchQuery,
            String agentIdentifier) implements RegistryQuery {}

    /** The newest registration of an agent that was not deleted, or none, a {@link RegisteredAgent}. @param smartContractAddress null for any */
    record FindRegisteredAgent(Network network, String smartContractAddress, String agentIdentifier) implements RegistryQuery {}

    /** @param addresses bech32 of the wallets that the registration names: the selling one, and the recipient if that has a key */
    record RegisteredAgent(RegistrationId registrationId, RegistrationPhase phase, List<String> addresses) {}

    /**
     * A page of registrations by when they changed last, oldest change first.
     *
     * @param since changes of that instant count
     * @param cursorId of those that changed at that very instant, the id to begin with; null for all of them
     * @param smartContractAddress null for any
     */
    record ListRegistrationChanges(Network network, int limit, Instant since, String cursorId,
            String smartContractAddress) implements RegistryQuery {}

    /** How many registrations there are, a {@code Long}. @param smartContractAddress null for any */
    record CountRegistrations(Network network, String smartContractAddress) implements RegistryQuery {}

    /**
     * Ids ({@code String}) of registrations with a transaction wanted or under way that have not changed since then, in the order of
     * ids.
     *
     * @param afterId begins after this one, null for the first
     */
    record ListPendingRegistrations(Instant unchangedSince, String afterId, int limit) implements RegistryQuery {}
}
