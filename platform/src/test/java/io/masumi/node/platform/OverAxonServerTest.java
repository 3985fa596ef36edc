package io.masumi.node.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.queryhandling.QueryGateway;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.axoniq.axonserver.grpc.event.Event;
import io.axoniq.axonserver.grpc.event.EventWithToken;
import io.masumi.node.platform.CounterNode.Create;
import io.masumi.node.platform.CounterNode.Increase;
import io.masumi.node.platform.CounterNode.Look;
import io.masumi.node.platform.failure.HandlerFaultException;
import io.masumi.node.platform.failure.PartUnavailableException;
import io.masumi.node.platform.failure.UnknownOutcomeException;
import io.masumi.node.platform.health.Concern;
import io.masumi.node.platform.health.HealthWatch;
import io.masumi.node.platform.setaside.ListSetAside;
import io.masumi.node.platform.setaside.SetAside;
import io.masumi.node.testing.TestPostgres;
import io.masumi.node.testing.axonserver.AxonServerStandIn;
import io.masumi.node.testing.axonserver.Rpc;

/** What fails, fails over Axon Server as it does within a process; and what Axon Server adds to it is told apart. */
@Tag("slow")
@Timeout(120)
class OverAxonServerTest {

    private static AxonServerStandIn server;
    private static ConfigurableApplicationContext node;

    private final String id = UUID.randomUUID().toString();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CounterNode.Counter.class, CounterNode.View.class})
    static class Node {

        @Bean
        static FlywayConfigurationCustomizer testTables() {
            return CounterNode.testTables();
        }
    }

    @BeforeAll
    static void start() {
        server = AxonServerStandIn.started();
        node = new SpringApplicationBuilder(Node.class).web(WebApplicationType.NONE)
                .properties("masumi.database.url=" + TestPostgres.newDatabase(), "axon.axonserver.enabled=true",
                        "axon.axonserver.servers=" + server.address(), "axon.axonserver.heartbeat.interval=500",
                        "axon.axonserver.heartbeat.timeout=2000")
                .run();
    }

    @AfterAll
    static void stop() {
        node.close();
        server.close();
    }

    @BeforeEach
    void create() {
        // Axon Server may know only a moment later what a process handles; nothing was done until then.
        await().ignoreExceptionsMatching(failure -> failure.getClass() == PartUnavailableException.class).until(() -> {
            send(new Create(id));
            return true;
        });
    }

    @AfterEach
    void mend() {
        server.faults().none();
    }

    @Test
    void handlersFailuresKeepTheirTypeAndShowNothingElse() {
        assertThatThrownBy(() -> send(new Increase("nobody", 1))).isInstanceOf(AggregateNotFoundException.class);
        assertThatThrownBy(() -> send(new Increase(id, 1, true))).isInstanceOf(HandlerFaultException.class)
                .satisfies(failure -> assertThat(failure).hasStackTraceContaining("IllegalStateException"))
                .satisfies(failure -> assertThat(chain(failure)).noneMatch(text -> text.contains("asked to fail")));
        assertThatThrownBy(() -> send("what nobody handles")).isExactlyInstanceOf(PartUnavailableException.class);
        assertThatThrownBy(() -> node.getBean(QueryGateway.class).query("of nobody", "?", ResponseTypes.instanceOf(String.class)).join())
                .cause().isExactlyInstanceOf(PartUnavailableException.class);
    }

    /** As another process creates it meanwhile: Axon Server's own code for that is a conflict, which is tried again in vain. */
    @Test
    void aConflictIsOne() {
        assertThatThrownBy(() -> send(new Create(id))).isInstanceOf(ConcurrencyException.class);
    }

    @Test
    void aListIsOneAgain() {
        List<SetAside> none = node.getBean(QueryGateway.class)
                .query(new ListSetAside(10), ResponseTypes.multipleInstancesOf(SetAside.class)).join();
        assertThat(none).isEmpty();
    }

    @Test
    void ofACommandWhoseAnswerIsLostNobodyCanSayWhetherItWasDone() {
        server.faults().loseReply(Rpc.DISPATCH_COMMAND, 1);
        assertThatThrownBy(() -> send(new Increase(id, 1))).isInstanceOf(UnknownOutcomeException.class);
        await().untilAsserted(() -> assertThat(value()).as("not sent again by us").isEqualTo(1));
        server.faults().loseReply(Rpc.APPEND_EVENTS, 1);
        assertThatThrownBy(() -> send(new Increase(id, 1))).isInstanceOf(UnknownOutcomeException.class);
        assertThat(value()).isEqualTo(2);
    }

    @Test
    void withoutAxonServerNothingIsServedUntilItIsBack() {
        server.stop();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(node.getBean(HealthWatch.class).now().outages()).extracting(Concern::part).contains("axon-server"));
        assertThatThrownBy(() -> send(new Increase(id, 1))).isInstanceOf(PartUnavailableException.class);
        for (int times = 0; times < 3; times++) {
            assertThatThrownBy(() -> look("anything")).isInstanceOf(PartUnavailableException.class);
        }
        server.start();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptionsMatching(PartUnavailableException.class::isInstance)
                .until(() -> value() >= 0);
        assertThat(node.getBean(HealthWatch.class).now().outages()).extracting(Concern::part).doesNotContain("axon-server");
    }

    /** As another version of the node would write it, past this one. */
    @Test
    void anEventThatNobodyKnowsWaitsWithItsAggregateAndHoldsUpNoOther() {
        send(new Increase(id, 1));
        Event known = server.events().all().stream().map(EventWithToken::getEvent)
                .filter(event -> event.getAggregateIdentifier().equals(id)).toList().getLast();
        server.events().append(List.of(known.toBuilder().setAggregateSequenceNumber(2).setMessageIdentifier(UUID.randomUUID().toString())
                .setPayload(known.getPayload().toBuilder().setRevision("9")).build()));
        String other = UUID.randomUUID().toString();
        send(new Create(other));
        send(new Increase(other, 3));

        await().untilAsserted(() -> assertThat(shown(other)).contains(3L));
        assertThat(shown(id)).as("as far as it can be read").contains(1L);
        List<SetAside> waiting = node.getBean(QueryGateway.class)
                .query(new ListSetAside(10), ResponseTypes.multipleInstancesOf(SetAside.class)).join();
        assertThat(waiting).filteredOn(it -> it.sequence().equals(id)).singleElement()
                .satisfies(it -> assertThat(it.reason()).contains("revision 9"));
        assertThatThrownBy(() -> send(new Increase(id, 1))).as("an aggregate has all its events or none")
                .isInstanceOf(SerializationException.class);
        node.getBean(JdbcClient.class).sql("DELETE FROM set_aside").update();
    }

    /** Else it is taken for standing still. */
    @Test
    void aProcessorGoesOnAtWhatItDoesNotHandle() {
        for (int i = 0; i < 5; i++) {
            send(new Create(UUID.randomUUID().toString()));
            long newest = server.events().all().getLast().getToken();
            await().untilAsserted(() -> assertThat(node.getBean(EventProcessingConfiguration.class)
                    .eventProcessor("counters", StreamingEventProcessor.class).orElseThrow().processingStatus().values())
                    .isNotEmpty().allSatisfy(part -> assertThat(part.getTrackingToken().position()).hasValue(newest)));
        }
    }

    private static Optional<Long> shown(String counter) {
        return node.getBean(JdbcClient.class).sql("SELECT value FROM counter_view WHERE id = ?").param(counter).query(Long.class)
                .optional();
    }

    private long value() {
        return (Long) send(new Look(id));
    }

    private static Object look(String query) {
        return node.getBean(QueryGateway.class).subscriptionQuery("looking", query, String.class, String.class).initialResult().block();
    }

    private static Object send(Object command) {
        return node.getBean(CommandGateway.class).sendAndWait(command);
    }

    private static List<String> chain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).map(Throwable::toString).toList();
    }
}
