package io.masumi.node.testing.axonserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** What goes wrong by order: each order is for so many of the next calls of one kind, whoever makes them. */
public final class Faults implements ServerInterceptor {

    private static final Status LOST = Status.UNAVAILABLE.withDescription("Connection lost, by order");

    private final List<Order> orders = new ArrayList<>();

    private record Order(Rpc rpc, int left, Kind kind) {}

    private enum Kind {
        REFUSED,
        REPLY_LOST
    }

    /** Nothing is done. */
    public void refuse(Rpc rpc, int calls) {
        add(new Order(rpc, calls, Kind.REFUSED));
    }

    /** It is done, and the connection lost before the caller hears of it. */
    public void loseReply(Rpc rpc, int calls) {
        add(new Order(rpc, calls, Kind.REPLY_LOST));
    }

    /** What was ordered and has not happened will not. */
    public synchronized void none() {
        orders.clear();
    }

    private synchronized void add(Order order) {
        orders.add(order);
    }

    private synchronized Optional<Order> next(MethodDescriptor<?, ?> method) {
        Optional<Order> found = orders.stream().filter(order -> order.rpc().is(method)).findFirst();
        found.ifPresent(order -> {
            int place = orders.indexOf(order);
            orders.remove(place);
            if (order.left() > 1) {
                orders.add(place, new Order(order.rpc(), order.left() - 1, order.kind()));
            }
        });
        return found;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> handler) {
        Order order = next(call.getMethodDescriptor()).orElse(null);
        if (order == null) {
            return handler.startCall(call, headers);
        }
        return switch (order.kind()) {
            case REFUSED -> {
                call.close(LOST, new Metadata());
                yield new ServerCall.Listener<>() {
                };
            }
            case REPLY_LOST -> handler.startCall(new Replyless<>(call), headers);
        };
    }

    private static final class Replyless<Q, R> extends SimpleForwardingServerCall<Q, R> {

        Replyless(ServerCall<Q, R> call) {
            super(call);
        }

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public void sendMessage(R message) {}

        @Override
        public void close(Status status, Metadata trailers) {
            super.close(LOST, new Metadata());
        }
    }
}
