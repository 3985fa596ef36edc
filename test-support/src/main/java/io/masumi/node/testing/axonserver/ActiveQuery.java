package io.masumi.node.testing.axonserver;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.axoniq.axonserver.grpc.ProcessingKey;
import io.axoniq.axonserver.grpc.query.QueryFlowControl;
import io.axoniq.axonserver.grpc.query.QueryProviderInbound;
import io.axoniq.axonserver.grpc.query.QueryReference;
import io.axoniq.axonserver.grpc.query.QueryRequest;
import io.axoniq.axonserver.grpc.query.QueryResponse;

/** A query that is not answered completely. All its handlers' answers go to the sender; a failure only if nothing better comes. */
final class ActiveQuery {

    private static final long PERMITS = 32;
    private static final long FEW_PERMITS = 8;

    private final QueryRequest request;
    private final Outbound<QueryResponse> sender;
    private final boolean streaming;
    /** With what it was sent. */
    private final Map<QueryStream, QueryProviderInbound> awaited = new HashMap<>();
    private QueryResponse failure;
    private long permits;

    ActiveQuery(QueryRequest request, Outbound<QueryResponse> sender) {
        this.request = request;
        this.sender = sender;
        this.streaming = Instructions.flag(request.getProcessingInstructionsList(), ProcessingKey.CLIENT_SUPPORTS_STREAMING);
    }

    String id() {
        return request.getMessageIdentifier();
    }

    void sendTo(Collection<QueryStream> handlers) {
        QueryProviderInbound query = QueryProviderInbound.newBuilder().setQuery(request.toBuilder()
                .addProcessingInstructions(Instructions.flagged(ProcessingKey.SERVER_SUPPORTS_STREAMING, streaming))).build();
        handlers.forEach(handler -> awaited.put(handler, query));
        handlers.forEach(handler -> put(handler, query));
        askForMore();
    }

    void answered(QueryStream handler, QueryResponse response) {
        if (!awaited.containsKey(handler)) {
            return;
        }
        if (!response.getErrorCode().isEmpty() || response.hasErrorMessage()) {
            failure = response;
        } else {
            sender.send(response);
            failure = null;
        }
        if (streaming) {
            List.copyOf(awaited.keySet()).stream().filter(other -> other != handler).forEach(this::cancelAt);
        }
        permits--;
        askForMore();
    }

    void askForMore() {
        if (permits <= FEW_PERMITS && sender.takesMore()) {
            long more = PERMITS - permits;
            permits = PERMITS;
            QueryProviderInbound message = QueryProviderInbound.newBuilder().setQueryFlowControl(QueryFlowControl.newBuilder()
                    .setQueryReference(reference()).setPermits(more)).build();
            awaited.keySet().forEach(handler -> put(handler, message));
        }
    }

    /** @return whether that was the last */
    boolean completed(QueryStream handler) {
        if (awaited.remove(handler) != null && awaited.isEmpty()) {
            if (failure != null) {
                sender.send(failure);
            }
            sender.end();
        }
        return awaited.isEmpty();
    }

    /** @return whether that was the last */
    boolean lost(QueryStream handler) {
        if (awaited.containsKey(handler)) {
            sender.send(failed(Failure.QUERY_HANDLER_LOST, "Connection to handler " + handler.clientId() + " lost"));
        }
        return completed(handler);
    }

    void cancel() {
        List.copyOf(awaited.keySet()).forEach(this::cancelAt);
    }

    private void cancelAt(QueryStream handler) {
        if (!handler.queue().remove(awaited.remove(handler))) {
            put(handler, QueryProviderInbound.newBuilder().setQueryCancel(reference()).build());
        }
    }

    void refuse(Failure failure, String text) {
        sender.sendLast(failed(failure, text));
    }

    private QueryResponse failed(Failure failure, String text) {
        return QueryResponse.newBuilder().setMessageIdentifier(UUID.randomUUID().toString()).setRequestIdentifier(id())
                .setErrorCode(failure.code()).setErrorMessage(Failure.message(text)).build();
    }

    private QueryReference reference() {
        return QueryReference.newBuilder().setRequestId(id()).build();
    }

    private void put(QueryStream handler, QueryProviderInbound message) {
        handler.queue().put(message, Instructions.number(request.getProcessingInstructionsList(), ProcessingKey.PRIORITY, 0));
    }
}
