package io.masumi.node.testing.axonserver;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** What is sent on one call: by any thread, one message at a time, and in vain when the other end is gone. */
final class Outbound<T> {

    private final ServerCallStreamObserver<T> call;
    private boolean ended;

    /** @param call of a service's method that has not returned yet. @param gone run when the other end goes before the call's end */
    Outbound(StreamObserver<T> call, Runnable gone) {
        this.call = (ServerCallStreamObserver<T>) call;
        this.call.setOnCancelHandler(gone);
    }

    Outbound(StreamObserver<T> call) {
        this(call, () -> {});
    }

    synchronized void send(T message) {
        if (!ended) {
            call.onNext(message);
        }
    }

    /** The only message, or the last. */
    synchronized void sendLast(T message) {
        send(message);
        end();
    }

    synchronized void end() {
        if (!ended) {
            ended = true;
            call.onCompleted();
        }
    }

    synchronized void fail(RuntimeException cause) {
        if (!ended) {
            ended = true;
            call.onError(cause);
        }
    }

    boolean takesMore() {
        return call.isReady();
    }

    void whenItTakesMore(Runnable action) {
        call.setOnReadyHandler(action);
    }
}
