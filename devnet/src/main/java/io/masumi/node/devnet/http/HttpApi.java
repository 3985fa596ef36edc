package io.masumi.node.devnet.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves routes as JSON over HTTP. */
public final class HttpApi implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
    private static final int LARGEST_BODY = 256 * 1024;
    /** What is read and thrown away of a longer body, so that its sender gets to read the answer. */
    private static final long LARGEST_IGNORED_BODY = 256L * 1024 * 1024;

    private final ObjectMapper json = new ObjectMapper();
    private final Routes routes;
    private final Interceptor interceptor;
    private final HttpServer server;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param address with port 0 for any free one */
    public HttpApi(InetSocketAddress address, Routes routes, Interceptor interceptor) {
        this.routes = routes;
        this.interceptor = interceptor;
        // Otherwise the last packet of every larger reply waits some 40 ms for the client's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + address.getPort() + " of " + address.getHostString() + " cannot be listened on", e);
        }
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpReply reply;
            try {
                reply = answer(exchange);
            } catch (HttpError error) {
                reply = errorReply(error);
            } catch (Interceptor.LostReply lost) {
                throw lost;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
                LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), failure);
                reply = errorReply(new HttpError(500, "Internal Server Error", "An unexpected response was received from the backend."));
            }
            byte[] body = json.writeValueAsBytes(reply.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (Interceptor.LostReply lost) {
            LOG.debug("development network: no reply to {} {}, as asked", exchange.getRequestMethod(), exchange.getRequestURI());
        }
    }

    private HttpReply answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            exchange.getRequestBody().skip(LARGEST_IGNORED_BODY);
            throw HttpError.badRequest("Request body is too large");
        }
        URI uri = exchange.getRequestURI();
        HttpRequest request = new HttpRequest(exchange.getRequestMethod(), uri.getPath().replaceAll("/+", "/"), Map.of(),
                query(uri.getRawQuery()),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")), body);
        Optional<HttpReply> instead = interceptor.before(request);
        if (instead.isPresent()) {
            return instead.get();
        }
        HttpReply reply = routes.handle(request);
        interceptor.after(request, reply);
        return reply;
    }

    private HttpReply errorReply(HttpError error) {
        return new HttpReply(error.status(), json.createObjectNode().put("status_code", error.status()).put("error", error.error())
                .put("message", error.getMessage()));
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                query.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        parts.length == 2 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "");
            }
        }
        return query;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
