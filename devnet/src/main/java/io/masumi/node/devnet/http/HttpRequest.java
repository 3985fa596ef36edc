package io.masumi.node.devnet.http;

import java.util.Map;
import java.util.Optional;

/**
 * @param variables path segments by the name the route gives them
 * @param query decoded query parameters
 * @param contentType the header as sent
 */
public record HttpRequest(String method, String path, Map<String, String> variables, Map<String, String> query,
        Optional<String> contentType, byte[] body) {
    public String variable(String name) {
        return variables.get(name);
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    HttpRequest with(Map<String, String> found) {
        return new HttpRequest(method, path, found, query, contentType, body);
    }
}
