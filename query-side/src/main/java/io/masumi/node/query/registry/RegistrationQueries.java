package io.masumi.node.query.registry;

import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.Participant;
import io.masumi.node.platform.ConditionalOnRole;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.projection.PendingRecords;
import io.masumi.node.query.projection.ViewPage;
import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.projection.WireRecords;
import io.masumi.node.query.registry.RegistryQuery.CountRegistrations;
import io.masumi.node.query.registry.RegistryQuery.FindRegisteredAgent;
import io.masumi.node.query.registry.RegistryQuery.FindRegistration;
import io.masumi.node.query.registry.RegistryQuery.ListPendingRegistrations;
import io.masumi.node.query.registry.RegistryQuery.ListRegistrationChanges;
import io.masumi.node.query.registry.RegistryQuery.ListRegistrations;
import io.masumi.node.query.registry.RegistryQuery.RegisteredAgent;
import io.masumi.node.query.registry.RegistryQuery.Status;
import io.masumi.node.registry.RegistrationEvent.RegistrationRequested;
import io.masumi.node.registry.RegistrationPhase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

@AutoConfiguration
@ConditionalOnRole("query")
final class RegistrationQueries {

    private final JdbcClient jdbc;
    private final ViewReader<RegistrationView> states;

    RegistrationQueries(JdbcTemplate jdbc) {
        this.jdbc = JdbcClient.create(jdbc);
        states = new ViewReader<>(jdbc, RegistrationProjection.table(jdbc));
    }

    @QueryHandler
    WireRecord on(FindRegistration query) {
        return WireRecords.find(jdbc, RegistrationProjection.TABLE, query.registrationId().value(), false);
    }

    @QueryHandler
    List<WireRecord> on(ListRegistrations query) {
        ViewPage page = shown(query.network(), query.smartContractAddress())
                .where("agent_identifier", query.agentIdentifier())
                .search(query.searchQuery(), List.of("id", "agent_identifier", "agent_name", "phase"), List.of())
                .from(query.cursorId());
        Status wanted = query.status();
        ViewPage filtered = wanted == null
                ? page
                : page.whereOneOf("phase", Arrays.stream(RegistrationPhase.values()).filter(phase -> status(phase) == wanted));
        return WireRecords.list(jdbc, filtered, query.limit(), false);
    }

    @QueryHandler
    List<WireRecord> on(ListRegistrationChanges query) {
        ViewPage page = shown(query.network(), query.smartContractAddress()).changedSince(query.since(), query.cursorId());
        return WireRecords.list(jdbc, page, query.limit(), false);
    }

    @QueryHandler
    Long on(CountRegistrations query) {
        return shown(query.network(), query.smartContractAddress()).count(jdbc);
    }

    @QueryHandler
    List<String> on(ListPendingRegistrations query) {
        return PendingRecords.list(jdbc, RegistrationProjection.TABLE,
                "phase IN ('RegistrationRequested', 'RegistrationInitiated', 'DeregistrationRequested', 'DeregistrationInitiated')",
                query.unchangedSince(), query.afterId(), query.limit());
    }

    @QueryHandler
    RegisteredAgent on(FindRegisteredAgent query) {
        return states.list(shown(query.network(), query.smartContractAddress()).where("agent_identifier", query.agentIdentifier()), 1)
                .stream().findFirst().map(RegistrationQueries::agent).orElse(null);
    }

    private static RegisteredAgent agent(RegistrationView view) {
        RegistrationRequested requested = view.state().requested();
        Participant recipient = requested.recipient();
        return new RegisteredAgent(requested.registrationId(), view.state().phase(), Stream.concat(
                Stream.of(requested.sellingWallet().address()),
                Stream.ofNullable(recipient).filter(each -> each.vkey() != null).map(Participant::address)).toList());
    }

    private static ViewPage shown(Network network, String smartContractAddress) {
        return ViewPage.of(RegistrationProjection.TABLE).where("deleted", false).where("network", network)
                .where("smart_contract_address", smartContractAddress);
    }

    private static Status status(RegistrationPhase phase) {
        return switch (phase) {
            case RegistrationRequested, RegistrationInitiated, DeregistrationRequested, DeregistrationInitiated -> Status.Pending;
            case RegistrationConfirmed -> Status.Registered;
            case DeregistrationConfirmed -> Status.Deregistered;
            case RegistrationFailed, DeregistrationFailed -> Status.Failed;
        };
    }
}
