package io.masumi.node.testing.axonserver;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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

    private record Order(Rpc rpc, int left, Kind kind, Duration delay) {}

    private enum Kind {
        REFUSED,
        REPLY_LOST,
        DELAYED
    }

    /** Nothing is done. */
    public void refuse(Rpc rpc, int calls) {
        add(new Order(rpc, calls, Kind.REFUSED, Duration.ZERO));
    }

    /** It is done, and the connection lost before the caller hears of it. */
    public void loseReply(Rpc rpc, int calls) {
        add(new Order(rpc, calls, Kind.REPLY_LOST, Duration.ZERO));
    }

    /** It is done at once, and what the server says comes late. */
    public void delay(Rpc rpc, int calls, Duration delay) {
        add(new Order(rpc, calls, Kind.DELAYED, delay));
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
                orders.add(place, new Order(order.rpc(), order.left() - 1, order.kind(), order.delay()));
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
            case DELAYED -> handler.startCall(new Late<>(call, order.delay()), headers);
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

    private static final class Late<Q, R> extends SimpleForwardingServerCall<Q, R> {

        private final Executor later;
        private final Executor inOrder = Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());

        Late(ServerCall<Q, R> call, Duration delay) {
            super(call);
            later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, inOrder);
        }

        @Override
        public void sendHeaders(Metadata headers) {
            later.execute(() -> super.sendHeaders(headers));
        }

        @Override
        public void sendMessage(R message) {
            later.execute(() -> super.sendMessage(message));
        }

        @Override
        public void close(Status status, Metadata trailers) {
            later.execute(() -> super.close(status, trailers));
        }
    }
}
