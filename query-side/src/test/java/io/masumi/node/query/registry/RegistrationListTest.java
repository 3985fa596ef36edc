package io.masumi.node.query.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.query.EventLog;
import io.masumi.node.query.QuerySide;
import io.masumi.node.query.Sale;
import io.masumi.node.query.WireRecord;
import io.masumi.node.query.WireSchemas;
import io.masumi.node.query.registry.RegistryQuery.CountRegistrations;
import io.masumi.node.query.registry.RegistryQuery.FindRegistration;
import io.masumi.node.query.registry.RegistryQuery.ListRegistrationChanges;
import io.masumi.node.query.registry.RegistryQuery.ListRegistrations;
import io.masumi.node.query.registry.RegistryQuery.Status;
import io.masumi.node.registry.RegistrationId;
import io.masumi.node.testing.MutableClock;
import io.masumi.node.testing.NodeTest;
import io.masumi.node.testing.Processors;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;

@NodeTest(classes = QuerySide.class, properties = QuerySide.ROLE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationListTest {

    @Autowired
    private EventLog log;
    @Autowired
    private MutableClock clock;
    @Autowired
    private Processors processors;
    @Autowired
    private QueryGateway queries;

    @BeforeAll
    void register() {
        happened("cregistered", 3);
        happened("cfailed", 6);
        happened("cgone", 9);
        happened("cdeleted", 10);
        clock.advance(Duration.ofSeconds(1));
        log.happen("AgentRegistration", "cfresh", List.of(
                Registrations.requested("cfresh", "Translator", new AgentPricing(PricingType.Fixed, Funds.lovelace(7_000_001)), false)));
        processors.awaitCaughtUp("registration-view");
    }

    @Test
    void listsByStatusNewestFirst() {
        assertThat(found(null, null, null, null)).containsExactly("cfresh", "cgone", "cfailed", "cregistered");
        assertThat(found(Status.Registered, null, null, null)).containsExactly("cregistered");
        assertThat(found(Status.Deregistered, null, null, null)).containsExactly("cgone");
        assertThat(found(Status.Failed, null, null, null)).containsExactly("cfailed");
        assertThat(found(Status.Pending, null, null, null)).containsExactly("cfresh");
    }

    @Test
    void pagesBySearchAgentAndPlace() {
        assertThat(found(null, "transl", null, null)).containsExactly("cfresh");
        assertThat(found(null, "7000001", null, null)).containsExactly("cfresh");
        assertThat(found(null, "DeregistrationConf", null, null)).containsExactly("cgone");
        assertThat(found(null, null, Registrations.AGENT, null)).containsExactly("cgone", "cfailed", "cregistered");
        assertThat(found(null, null, null, "cfailed")).containsExactly("cfailed", "cregistered");
    }

    @Test
    void listsOneContractOnOneNetwork() {
        assertThat(list(new ListRegistrations(Network.Mainnet, 10, null, null, null, null, null))).isEmpty();
        assertThat(list(new ListRegistrations(Network.Preprod, 10, null, "addr_test1other", null, null, null))).isEmpty();
        assertThat(list(new ListRegistrations(Network.Preprod, 2, null, Sale.PREPROD.smartContractAddress(), null, null, null))).hasSize(2);
    }

    @Test
    void listsChangesOldestFirstFromAnInstantAndAnIdOnAndCountsThem() {
        assertThat(changes(Instant.EPOCH, null, 10)).containsExactly("cregistered", "cfailed", "cgone", "cfresh");
        Instant gone = at("cgone");
        assertThat(changes(gone, null, 10)).containsExactly("cgone", "cfresh");
        assertThat(changes(gone, "cgone", 1)).containsExactly("cgone");
        assertThat(changes(gone, "cgonf", 10)).containsExactly("cfresh");
        assertThat(changes(gone.plusMillis(1), "", 10)).containsExactly("cfresh");
        assertThat(queries.query(new CountRegistrations(Network.Preprod, null), Long.class).join()).isEqualTo(4);
        assertThat(queries.query(new CountRegistrations(Network.Preprod, "addr_test1other"), Long.class).join()).isZero();
    }

    private Instant at(String id) {
        WireRecord entry = queries.query(new FindRegistration(new RegistrationId(id)), WireRecord.class).join();
        return Instant.parse(WireSchemas.valid("RegistryEntry", entry.json()).path("updatedAt").asText());
    }

    private List<String> changes(Instant since, String cursorId, int limit) {
        return queries.query(new ListRegistrationChanges(Network.Preprod, limit, since, cursorId, null),
                ResponseTypes.multipleInstancesOf(WireRecord.class)).join().stream().map(WireRecord::id).toList();
    }

    @Test
    void findsOneAsTheWireWantsIt() {
        WireRecord entry = queries.query(new FindRegistration(new RegistrationId("cregistered")), WireRecord.class).join();

        assertThat(entry.version()).isEqualTo(2);
        assertThat(entry.ownerKeyId()).isEqualTo("ckey0admin");
        assertThat(WireSchemas.valid("RegistryEntry", entry.json()).at("/state").asText()).isEqualTo("RegistrationConfirmed");
    }

    private void happened(String id, int events) {
        clock.advance(Duration.ofSeconds(1));
        log.happenAtOnce("AgentRegistration", id, Registrations.life(id).subList(0, events));
    }

    private List<String> found(Status status, String searchQuery, String agentIdentifier, String cursorId) {
        return list(new ListRegistrations(Network.Preprod, 10, cursorId, null, status, searchQuery, agentIdentifier));
    }

    private List<String> list(ListRegistrations query) {
        return queries.query(query, ResponseTypes.multipleInstancesOf(WireRecord.class)).join().stream().map(WireRecord::id).toList();
    }
}
