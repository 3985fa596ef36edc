package io.masumi.node.platform.failure;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.axonframework.queryhandling.GenericQueryResponseMessage;
import org.axonframework.queryhandling.QueryExecutionException;
import org.axonframework.queryhandling.QueryMessage;
import org.axonframework.queryhandling.QueryResponseMessage;
import org.axonframework.queryhandling.SimpleQueryBus;

/** Has queries answered in this process, and explains why one failed: always in an answer, since only that keeps the details. */
final class ExplainingQueryBus extends SimpleQueryBus {

    private final FailureKinds kinds;
    private final boolean sendersElsewhere;

    /** @param sendersElsewhere whether queries come over Axon Server: then nothing but the explanation leaves this process */
    ExplainingQueryBus(Builder builder, FailureKinds kinds, boolean sendersElsewhere) {
        super(builder);
        this.kinds = kinds;
        this.sendersElsewhere = sendersElsewhere;
    }

    @Override
    public <Q, R> CompletableFuture<QueryResponseMessage<R>> query(QueryMessage<Q, R> query) {
        return super.query(query).handle((answer, failure) -> {
            if (failure != null) {
                return explained(query, failure, Map.of());
            }
            return answer.isExceptional() ? explained(query, answer.exceptionResult(), answer.getMetaData()) : answer;
        });
    }

    private <Q, R> QueryResponseMessage<R> explained(QueryMessage<Q, R> query, Throwable thrown, Map<String, ?> metaData) {
        Failure failure = sendersElsewhere ? kinds.explainedAndLogged(query.getQueryName(), thrown) : kinds.explained(thrown);
        return new GenericQueryResponseMessage<>(query.getResponseType().responseMessagePayloadType(),
                new QueryExecutionException(failure.message(), sendersElsewhere ? null : thrown, failure), metaData);
    }
}
