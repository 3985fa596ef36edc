package io.masumi.node.devnet.http;

import java.util.Optional;

/** Looks at requests before they are answered and at replies before they are sent: the place for faults on demand. */
public interface Interceptor {
    /** Something to answer instead; throws {@link LostReply} to answer nothing at all. */
    Optional<HttpReply> before(HttpRequest request);

    /** Throws {@link LostReply} when the reply shall not reach the client. */
    void after(HttpRequest request, HttpReply reply);

    /** The connection is closed without an answer. */
    final class LostReply extends RuntimeException {
        public LostReply() {
            super("the reply is lost on purpose", null, false, false);
        }
    }
}
