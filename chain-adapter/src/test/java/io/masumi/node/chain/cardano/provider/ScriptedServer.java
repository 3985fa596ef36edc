package io.masumi.node.chain.cardano.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Somebody else's HTTP API, which answers what it was told to, in turn, and the last answer ever after. */
final class ScriptedServer implements AutoCloseable {

    /** @param status negative to drop the connection without a reply. @param unfinished whether more is promised and never comes */
    record Reply(int status, String body, boolean unfinished) {

        Reply(int status, String body) {
            this(status, body, false);
        }

        static Reply unfinished(int status, String body) {
            return new Reply(status, body, true);
        }
    }

    private final HttpServer server;
    private final Queue<Reply> replies;
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> keys = new ConcurrentLinkedQueue<>();

    ScriptedServer(Reply... replies) {
        this.replies = new ArrayDeque<>(List.of(replies));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("project_id")));
        Reply reply = replies.size() > 1 ? replies.remove() : replies.peek();
        if (reply.status() >= 0) {
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            int more = reply.unfinished() ? 1 : 0;
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length + more);
            exchange.getResponseBody().write(body);
            exchange.getResponseBody().flush();
        }
        if (!reply.unfinished()) {
            exchange.close();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/v0";
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
