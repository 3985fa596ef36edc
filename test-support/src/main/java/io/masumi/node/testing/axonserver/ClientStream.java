package io.masumi.node.testing.axonserver;

/** One of the streams that a client keeps open for what the server sends it. */
interface ClientStream {

    /** Empty until the client said who it is. */
    String clientId();

    /** Ends it from the server's side, because nothing was heard of the client. */
    void giveUp(RuntimeException cause);
}
