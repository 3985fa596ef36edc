package io.masumi.node.testing.axonserver;

import static io.masumi.node.testing.axonserver.ServerUnderTest.all;
import static io.masumi.node.testing.axonserver.ServerUnderTest.fresh;
import static io.masumi.node.testing.axonserver.ServerUnderTest.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.axoniq.axonserver.connector.AxonServerConnection;
import io.axoniq.axonserver.connector.FlowControl;
import io.axoniq.axonserver.connector.Registration;
import io.axoniq.axonserver.connector.ReplyChannel;
import io.axoniq.axonserver.connector.ResultStream;
import io.axoniq.axonserver.connector.query.QueryDefinition;
import io.axoniq.axonserver.connector.query.QueryHandler;
import io.axoniq.axonserver.connector.query.SubscriptionQueryResult;
import io.axoniq.axonserver.grpc.ErrorMessage;
import io.axoniq.axonserver.grpc.MetaDataValue;
import io.axoniq.axonserver.grpc.ProcessingInstruction;
import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.SerializedObject;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;
import io.axoniq.axonserver.grpc.query.QueryUpdate;
import io.axoniq.axonserver.grpc.query.SubscriptionQuery;
import io.masumi.node.testing.axonserver.ServerUnderTest.Client;

@Timeout(60)
class QueriesTest {

    @RegisterExtension
    static final ServerUnderTest SERVER = new ServerUnderTest();

    private final String name = fresh("find");

    @Test
    void areAnsweredByTheirHandlerOrFail() throws Exception {
        AxonServerConnection sender = SERVER.client("sender");
        assertThat(all(sender.queryChannel().query(request()))).singleElement().extracting(QueryResponse::getErrorCode)
                .isEqualTo("AXONIQ-5000");
        answer(SERVER.client("handler"), (query, reply) -> reply.sendLast(response(query, "found")));
        assertThat(all(sender.queryChannel().query(request()))).singleElement()
                .satisfies(answer -> assertThat(answer.getPayload().getType()).isEqualTo("found"));
    }

    @Test
    void areAnsweredByOneOfEachComponentInTurn() throws Exception {
        for (String component : List.of("one", "one", "two")) {
            AxonServerConnection client = SERVER.client(component);
            String id = fresh(component);
            answer(client, (query, reply) -> reply.sendLast(response(query, id)));
        }
        AxonServerConnection sender = SERVER.client("sender");
        Set<String> seen = new HashSet<>();
        for (int n = 0; n < 4; n++) {
            List<QueryResponse> answers = all(sender.queryChannel().query(request()));
            assertThat(answers).extracting(each -> each.getPayload().getType().substring(0, 3)).containsExactlyInAnyOrder("one", "two");
            answers.forEach(each -> seen.add(each.getPayload().getType()));
        }
        assertThat(seen).hasSize(3);
    }

    @Test
    void failOnlyWhenNobodyAnswersBetter() throws Exception {
        AxonServerConnection sender = SERVER.client("sender");
        answer(SERVER.client("one"), (query, reply) -> reply.sendLast(QueryResponse.newBuilder()
                .setRequestIdentifier(query.getMessageIdentifier()).setErrorCode("AXONIQ-5001")
                .setErrorMessage(ErrorMessage.newBuilder().setMessage("no")).build()));
        assertThat(all(sender.queryChannel().query(request()))).singleElement().extracting(QueryResponse::getErrorCode)
                .isEqualTo("AXONIQ-5001");
    }

    @Test
    void failWhenTheirHandlerIsLost() throws Exception {
        Client handler = SERVER.connect("handler");
        Set<String> begun = ConcurrentHashMap.newKeySet();
        answer(handler.connection(), (query, _) -> begun.add(query.getMessageIdentifier()));
        ResultStream<QueryResponse> answers = SERVER.client("sender").queryChannel().query(request());
        until("begun", () -> begun.size() == 1);
        handler.wire().cut();
        assertThat(all(answers)).singleElement().extracting(QueryResponse::getErrorCode).isEqualTo("AXONIQ-4001");
    }

    @Test
    void areStreamedAsFastAsTheirSenderReads() throws Exception {
        int count = 500;
        Streaming handler = new Streaming(count);
        answer(SERVER.client("handler"), handler);
        ResultStream<QueryResponse> answers = SERVER.client("sender").queryChannel().query(streamingRequest());
        assertThat(all(answers)).extracting(each -> each.getPayload().getType())
                .containsExactlyElementsOf(IntStream.range(0, count).mapToObj(String::valueOf).toList());
        assertThat(handler.mostAtOnce).isLessThanOrEqualTo(100);
    }

    @Test
    void areCancelledWithTheirSender() throws Exception {
        Streaming handler = new Streaming(Integer.MAX_VALUE);
        answer(SERVER.client("handler"), handler);
        ResultStream<QueryResponse> answers = SERVER.client("sender").queryChannel().query(streamingRequest());
        assertThat(answers.next()).isNotNull();
        answers.close();
        until("cancelled", () -> handler.cancelled);
    }

    @Test
    void tellTheirSenderOfUpdatesFromAllHandlers() throws Exception {
        Updating one = new Updating("one");
        Updating two = new Updating("two");
        Updating late = new Updating("late");
        answer(SERVER.client("handler"), one);
        answer(SERVER.client("handler"), two);
        SubscriptionQueryResult result = SERVER.client("sender").queryChannel().subscriptionQuery(request(), 64, 16);
        assertThat(all(result.initialResults())).singleElement();
        until("both know it", () -> one.subscribers.size() == 1 && two.subscribers.size() == 1);
        answer(SERVER.client("handler"), late);
        until("the late one too", () -> late.subscribers.size() == 1);
        for (int n = 0; n < 100; n++) {
            one.update("one " + n);
            assertThat(result.updates().next().getPayload().getType()).isEqualTo("one " + n);
        }
        two.update("two");
        assertThat(result.updates().next().getPayload().getType()).isEqualTo("two");
        late.update("late");
        assertThat(result.updates().next().getPayload().getType()).isEqualTo("late");
        result.updates().close();
        until("nobody knows it any more", () -> one.subscribers.isEmpty() && two.subscribers.isEmpty() && late.subscribers.isEmpty());
    }

    @Test
    void completeWithAHandlersWord() throws Exception {
        Updating handler = new Updating("one");
        answer(SERVER.client("handler"), handler);
        SubscriptionQueryResult result = SERVER.client("sender").queryChannel().subscriptionQuery(request(), 64, 16);
        until("known", () -> handler.subscribers.size() == 1);
        handler.update("last");
        handler.subscribers.values().forEach(QueryHandler.UpdateHandler::complete);
        assertThat(result.updates().next().getPayload().getType()).isEqualTo("last");
        assertThat(all(result.updates())).isEmpty();
        assertThat(result.updates().isClosed()).isTrue();
    }

    @Test
    void cannotBeSubscribedToWhenNobodyAnswers() throws Exception {
        SubscriptionQueryResult result = SERVER.client("sender").queryChannel().subscriptionQuery(request(), 64, 16);
        assertThat(all(result.updates())).isEmpty();
        assertThat(result.updates().getError()).hasValueSatisfying(error -> assertThat(error).hasMessageContaining("AXONIQ-5000"));
    }

    @Test
    void areAnsweredAndTheirSubscribersKnowWhenTheServerWasStopped() throws Exception {
        AxonServerStandIn standIn = SERVER.standIn();
        answer(SERVER.client("handler"), new Updating("one"));
        AxonServerConnection sender = SERVER.client("sender");
        SubscriptionQueryResult result = sender.queryChannel().subscriptionQuery(request(), 64, 16);
        standIn.stop();
        assertThat(all(result.updates())).isEmpty();
        assertThat(result.updates().getError()).isPresent();
        standIn.start();
        until("answered again", () -> {
            ResultStream<QueryResponse> answers = sender.queryChannel().query(request());
            return all(answers).stream().anyMatch(answer -> answer.getErrorCode().isEmpty());
        });
    }

    private void answer(AxonServerConnection client, QueryHandler handler) throws Exception {
        client.queryChannel().registerQueryHandler(handler, new QueryDefinition(name, "text")).awaitAck(5, TimeUnit.SECONDS);
    }

    private QueryRequest request() {
        return QueryRequest.newBuilder().setMessageIdentifier(UUID.randomUUID().toString()).setQuery(name)
                .addProcessingInstructions(ProcessingInstruction.newBuilder().setKey(ProcessingKey.TIMEOUT)
                        .setValue(MetaDataValue.newBuilder().setNumberValue(60_000)))
                .build();
    }

    private QueryRequest streamingRequest() {
        return request().toBuilder().addProcessingInstructions(ProcessingInstruction.newBuilder()
                .setKey(ProcessingKey.CLIENT_SUPPORTS_STREAMING).setValue(MetaDataValue.newBuilder().setBooleanValue(true))).build();
    }

    private static QueryResponse response(QueryRequest query, String result) {
        return QueryResponse.newBuilder().setMessageIdentifier(UUID.randomUUID().toString())
                .setRequestIdentifier(query.getMessageIdentifier())
                .setPayload(SerializedObject.newBuilder().setType(result)).build();
    }

    private static final class Streaming implements QueryHandler {

        private final int count;
        private volatile long mostAtOnce;
        private volatile boolean cancelled;

        Streaming(int count) {
            this.count = count;
        }

        @Override
        public void handle(QueryRequest query, ReplyChannel<QueryResponse> reply) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FlowControl stream(QueryRequest query, ReplyChannel<QueryResponse> reply) {
            return new FlowControl() {

                private int sent;

                @Override
                public synchronized void request(long requested) {
                    mostAtOnce = Math.max(mostAtOnce, requested);
                    for (long n = 0; n < requested && sent < count; n++) {
                        reply.send(response(query, String.valueOf(sent++)));
                    }
                    if (sent == count) {
                        reply.complete();
                    }
                }

                @Override
                public void cancel() {
                    cancelled = true;
                }
            };
        }
    }

    private static final class Updating implements QueryHandler {

        private final String result;
        private final Map<String, UpdateHandler> subscribers = new ConcurrentHashMap<>();

        Updating(String result) {
            this.result = result;
        }

        void update(String text) {
            subscribers.values().forEach(each -> each.sendUpdate(QueryUpdate.newBuilder().setMessageIdentifier(UUID.randomUUID().toString())
                    .setPayload(SerializedObject.newBuilder().setType(text)).build()));
        }

        @Override
        public void handle(QueryRequest query, ReplyChannel<QueryResponse> reply) {
            reply.sendLast(response(query, result));
        }

        @Override
        public Registration registerSubscriptionQuery(SubscriptionQuery query, UpdateHandler updates) {
            subscribers.put(query.getSubscriptionIdentifier(), updates);
            return () -> {
                subscribers.remove(query.getSubscriptionIdentifier());
                return java.util.concurrent.CompletableFuture.completedFuture(null);
            };
        }
    }
}
