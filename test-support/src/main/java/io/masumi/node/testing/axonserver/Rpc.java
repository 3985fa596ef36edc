package io.masumi.node.testing.axonserver;

import io.axoniq.axonserver.grpc.command.CommandServiceGrpc;
import io.axoniq.axonserver.grpc.control.PlatformServiceGrpc;
import io.axoniq.axonserver.grpc.event.EventStoreGrpc;
import io.axoniq.axonserver.grpc.query.QueryServiceGrpc;
import io.grpc.MethodDescriptor;

/** The calls that {@link Faults} can be ordered for. */
public enum Rpc {

    CONNECT(PlatformServiceGrpc.getGetPlatformServerMethod()),
    DISPATCH_COMMAND(CommandServiceGrpc.getDispatchMethod()),
    HANDLE_COMMANDS(
            CommandServiceGrpc.getOpenStreamMethod()),
    QUERY(QueryServiceGrpc.getQueryMethod()),
    SUBSCRIPTION_QUERY(
            QueryServiceGrpc.getSubscriptionMethod()),
    HANDLE_QUERIES(QueryServiceGrpc.getOpenStreamMethod()),
    APPEND_EVENTS(
            EventStoreGrpc.getAppendEventMethod()),
    APPEND_SNAPSHOT(
            EventStoreGrpc.getAppendSnapshotMethod()),
    READ_AGGREGATE(
            EventStoreGrpc.getListAggregateEventsMethod()),
    READ_EVENTS(
            EventStoreGrpc.getListEventsMethod());

    private final String method;

    Rpc(MethodDescriptor<?, ?> method) {
        this.method = method.getFullMethodName();
    }

    boolean is(MethodDescriptor<?, ?> other) {
        return method.equals(other.getFullMethodName());
    }
}
