package io.masumi.node.testing.axonserver;

import static io.masumi.node.testing.axonserver.ServerUnderTest.fresh;
import static io.masumi.node.testing.axonserver.ServerUnderTest.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.command.Command;
import io.axoniq.axonserver.grpc.command.CommandResponse;
import io.masumi.node.testing.axonserver.ServerUnderTest.Client;

@Tag("slow")
@Timeout(60)
class CommandsTest {

    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    /** That the connector gives. */
    private static final int FEWEST_PERMITS = 16;

    private final String name = fresh("do");

    @Test
    void goToTheirHandlerAndItsAnswerBack() throws Exception {
        handle(SERVER.client("handler"), command -> done(command, "did it"));
        CommandResponse answer = send(SERVER.client("sender"), "key").get(5, TimeUnit.SECONDS);
        assertThat(answer.getPayload().getType()).isEqualTo("did it");
        assertThat(answer.getErrorCode()).isEmpty();
    }

    @Test
    void failAsTheirHandlerSays() throws Exception {
        handle(SERVER.client("handler"), command -> CompletableFuture.completedFuture(CommandResponse.newBuilder()
                .setRequestIdentifier(command.getMessageIdentifier()).setErrorCode("AXONIQ-4002")
                .setErrorMessage(ErrorMessage.newBuilder().setMessage("no")).build()));
        CommandResponse answer = send(SERVER.client("sender"), "key").get(5, TimeUnit.SECONDS);
        assertThat(answer.getErrorCode()).isEqualTo("AXONIQ-4002");
        assertThat(answer.getErrorMessage().getMessage()).isEqualTo("no");
    }

    @Test
    void failWhenNobodyHandlesThem() throws Exception {
        AxonServerConnection handler = SERVER.client("handler");
        AxonServerConnection sender = SERVER.client("sender");
        assertThat(send(sender, "key").get(5, TimeUnit.SECONDS).getErrorCode()).isEqualTo("AXONIQ-4000");
        Registration registration = handler.commandChannel().registerCommandHandler(command -> done(command, "done"), 100, name);
        registration.awaitAck(5, TimeUnit.SECONDS);
        assertThat(send(sender, "key").get(5, TimeUnit.SECONDS).getErrorCode()).isEmpty();
        registration.cancel().get(5, TimeUnit.SECONDS);
        assertThat(send(sender, "key").get(5, TimeUnit.SECONDS).getErrorCode()).isEqualTo("AXONIQ-4000");
    }

    @Test
    void goToTheSameHandlerByRoutingKeyAndToAllHandlersInAll() throws Exception {
        for (String handler : Set.of("one", "two")) {
            handle(SERVER.client(handler), command -> done(command, handler));
        }
        AxonServerConnection sender = SERVER.client("sender");
        Map<String, Set<String>> handlersByKey = new HashMap<>();
        for (int n = 0; n < 120; n++) {
            String key = "key " + n % 40;
            handlersByKey.computeIfAbsent(key, _ -> new HashSet<>())
                    .add(send(sender, key).get(5, TimeUnit.SECONDS).getPayload().getType());
        }
        assertThat(handlersByKey.values()).allMatch(handlers -> handlers.size() == 1);
        assertThat(handlersByKey.values().stream().distinct()).hasSize(2);
    }

    @Test
    void failWhenTheirHandlerIsLostAtWork() throws Exception {
        Client handler = SERVER.connect("handler");
        CompletableFuture<Command> begun = new CompletableFuture<>();
        handle(handler.connection(), command -> {
            begun.complete(command);
            return new CompletableFuture<>();
        });
        CompletableFuture<CommandResponse> answer = send(SERVER.client("sender"), "key");
        begun.get(5, TimeUnit.SECONDS);
        handler.wire().cut();
        assertThat(answer.get(5, TimeUnit.SECONDS).getErrorCode()).isEqualTo("AXONIQ-4001");
    }

    /** A real 4.6.11 means to do the same, but throws on the way, and leaves all commands of the lost handler unanswered for minutes. */
    @Test
    void goToAnotherHandlerWhenTheyWereNotSentYet() throws Exception {
        SERVER.standIn();
        Client full = SERVER.connect("handler", FEWEST_PERMITS);
        Set<String> begun = ConcurrentHashMap.newKeySet();
        handle(full.connection(), command -> {
            begun.add(command.getMessageIdentifier());
            return new CompletableFuture<>();
        });
        AxonServerConnection sender = SERVER.client("sender");
        List<CompletableFuture<CommandResponse>> worked = IntStream.range(0, FEWEST_PERMITS).mapToObj(_ -> send(sender, "key")).toList();
        until("all that may be is begun", () -> begun.size() == FEWEST_PERMITS);
        CompletableFuture<CommandResponse> waiting = send(sender, "key");
        handle(SERVER.client("other"), command -> done(command, "other"));
        full.wire().cut();
        for (CompletableFuture<CommandResponse> each : worked) {
            assertThat(each.get(5, TimeUnit.SECONDS).getErrorCode()).isEqualTo("AXONIQ-4001");
        }
        assertThat(waiting.get(5, TimeUnit.SECONDS).getPayload().getType()).isEqualTo("other");
        assertThat(begun).hasSize(FEWEST_PERMITS);
    }

    @Test
    void failWhenNothingIsHeardOfTheirHandlerAnyMore() throws Exception {
        Client handler = SERVER.connect("handler");
        handler.connection().controlChannel().enableHeartbeat(200, 2000, TimeUnit.MILLISECONDS);
        CompletableFuture<Command> begun = new CompletableFuture<>();
        handle(handler.connection(), command -> {
            begun.complete(command);
            return new CompletableFuture<>();
        });
        CompletableFuture<CommandResponse> answer = send(SERVER.client("sender"), "key");
        begun.get(5, TimeUnit.SECONDS);
        handler.wire().silence();
        assertThat(answer.get(15, TimeUnit.SECONDS).getErrorCode()).isEqualTo("AXONIQ-4001");
    }

    @Test
    void areHandledAgainAfterAStop() throws Exception {
        AxonServerStandIn standIn = SERVER.standIn();
        AtomicInteger handled = new AtomicInteger();
        handle(SERVER.client("handler"), command -> {
            handled.incrementAndGet();
            return done(command, "done");
        });
        AxonServerConnection sender = SERVER.client("sender");
        send(sender, "key").get(5, TimeUnit.SECONDS);
        standIn.stop();
        assertThat(send(sender, "key")).failsWithin(Duration.ofSeconds(5));
        standIn.start();
        until("handled again", () -> {
            CompletableFuture<CommandResponse> answer = send(sender, "key");
            return answer.handle((response, failure) -> failure == null && response.getErrorCode().isEmpty()).get(5, TimeUnit.SECONDS);
        });
        assertThat(handled).hasValue(2);
    }

    @Test
    void areDoneThoughTheAnswerIsLost() throws Exception {
        AxonServerStandIn standIn = SERVER.standIn();
        AtomicInteger handled = new AtomicInteger();
        handle(SERVER.client("handler"), command -> {
            handled.incrementAndGet();
            return done(command, "done");
        });
        standIn.faults().loseReply(Rpc.DISPATCH_COMMAND, 1);
        assertThat(send(SERVER.client("sender"), "key")).failsWithin(Duration.ofSeconds(5));
        assertThat(handled).hasValue(1);
    }

    private void handle(AxonServerConnection client, Function<Command, CompletableFuture<CommandResponse>> handler)
            throws Exception {
        client.commandChannel().registerCommandHandler(handler, 100, name).awaitAck(5, TimeUnit.SECONDS);
    }

    private static CompletableFuture<CommandResponse> done(Command command, String result) {
        return CompletableFuture.completedFuture(CommandResponse.newBuilder().setMessageIdentifier(UUID.randomUUID().toString())
                .setRequestIdentifier(command.getMessageIdentifier())
                .setPayload(SerializedObject.newBuilder().setType(result)).build());
    }

    private CompletableFuture<CommandResponse> send(AxonServerConnection client, String routingKey) {
        return client.commandChannel().sendCommand(Command.newBuilder().setMessageIdentifier(UUID.randomUUID().toString()).setName(name)
                .addProcessingInstructions(ProcessingInstruction.newBuilder().setKey(ProcessingKey.ROUTING_KEY)
                        .setValue(MetaDataValue.newBuilder().setTextValue(routingKey)))
                .build());
    }
}
