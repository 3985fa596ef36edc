package io.masumi.node.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client of a node under test. */
public final class HttpProbe {

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    public HttpProbe(int port) {
        base = "http://localhost:" + port;
    }

    /** @param status of the reply. @param headers of the reply. @param text of its body */
    public record Answer(int status, java.net.http.HttpHeaders headers, String text) {

        public JsonNode json() {
            return JsonMapper.shared().readTree(text);
        }

        public JsonNode data() {
            return json().path("data");
        }

        public String error() {
            return json().at("/error/message").asString();
        }
    }

    public Answer get(String path, String token) {
        return send("GET", path, null, token, "application/json");
    }

    public Answer post(String path, String body, String token) {
        return send("POST", path, body, token, "application/json");
    }

    /** @param body null for none. @param token null for none */
    public Answer send(String method, String path, String body, String token, String contentType) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).method(method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", contentType);
        }
        if (token != null) {
            request.header("token", token);
        }
        return send(request.build());
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public URI uri(String path) {
        return URI.create(base + path);
    }
}
