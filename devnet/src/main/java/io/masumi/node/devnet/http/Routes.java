package io.masumi.node.devnet.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the handler for a method and path. Segments in braces are variables; the first route that fits is taken. */
public final class Routes {
    /** Answers one request or throws {@link HttpError}. */
    @FunctionalInterface
    public interface Handler {
        HttpReply handle(HttpRequest request);
    }

    private record Route(String method, String[] segments, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    public Routes get(String path, Handler handler) {
        return add("GET", path, handler);
    }

    public Routes post(String path, Handler handler) {
        return add("POST", path, handler);
    }

    private Routes add(String method, String path, Handler handler) {
        routes.add(new Route(method, path.split("/"), handler));
        return this;
    }

    HttpReply handle(HttpRequest request) {
        String[] segments = request.path().split("/");
        for (Route route : routes) {
            Optional<Map<String, String>> variables = match(route.segments(), segments);
            if (route.method().equals(request.method()) && variables.isPresent()) {
                return route.handler().handle(request.with(variables.get()));
            }
        }
        throw HttpError.invalidPath();
    }

    private static Optional<Map<String, String>> match(String[] pattern, String[] segments) {
        if (pattern.length != segments.length) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < pattern.length; i++) {
            if (pattern[i].startsWith("{")) {
                variables.put(pattern[i].substring(1, pattern[i].length() - 1), segments[i]);
            } else if (!pattern[i].equals(segments[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
