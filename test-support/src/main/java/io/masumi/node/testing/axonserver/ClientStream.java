package io.masumi.node.testing.axonserver;

import io.axoniq.axonserver.grpc.InstructionAck;
import io.grpc.stub.StreamObserver;

/**
 * One of the streams that a client keeps open for what the server sends it.
 *
 * @param <I> what comes from the client
 * @param <O> what it is sent
 */
abstract class ClientStream<I, O> implements StreamObserver<I> {

    private final Outbound<O> client;
    private volatile String clientId = "";

    /** What is answered to an instruction. */
    enum Taken {
        DONE,
        UNSUPPORTED,
        /** Nothing: it is an answer itself. */
        ANSWER
    }

    ClientStream(Outbound<O> client) {
        this.client = client;
    }

    abstract Taken take(I instruction);

    /** Empty when the client wants no acknowledgement. */
    abstract String idOf(I instruction);

    abstract O acknowledging(InstructionAck acknowledgement);

    /** The client is not there any more. */
    abstract void gone();

    @Override
    public final void onNext(I instruction) {
        Taken taken = take(instruction);
        String id = idOf(instruction);
        if (taken != Taken.ANSWER && !id.isEmpty()) {
            client.send(acknowledging(taken == Taken.DONE ? Instructions.done(id) : Instructions.unsupported(id)));
        }
    }

    final Outbound<O> client() {
        return client;
    }

    final void isFrom(String someClient) {
        clientId = someClient;
    }

    /** Empty until the client said who it is. */
    final String clientId() {
        return clientId;
    }

    /** Ends it from the server's side, because nothing was heard of the client. */
    final void giveUp(RuntimeException cause) {
        client.fail(cause);
        gone();
    }

    @Override
    public final void onError(Throwable cause) {
        gone();
    }

    @Override
    public final void onCompleted() {
        gone();
        client.end();
    }
}
