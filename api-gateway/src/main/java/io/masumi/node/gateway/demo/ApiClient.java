package io.masumi.node.gateway.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the public API, with one key. */
final class ApiClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final String base;
    private final String token;

    /** @param base URL that ends in {@code /api/v1} */
    ApiClient(HttpClient http, String base, String token) {
        this.http = http;
        this.base = base;
        this.token = token;
    }

    ApiClient withKey(String otherToken) {
        return new ApiClient(http, base, otherToken);
    }

    /** The {@code data} of the reply. @throws StepFailed with what the node said */
    JsonNode get(String path, Map<String, String> query) {
        String parameters = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(path, request(parameters.isEmpty() ? path : path + "?" + parameters).GET().build());
    }

    /** The {@code data} of the reply. @throws StepFailed with what the node said */
    JsonNode post(String path, Map<String, Object> body) {
        return send(path, request(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body))).build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).header("token", token);
    }

    private JsonNode send(String path, HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            JsonNode reply = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new StepFailed(request.method() + " " + path + " was answered with " + response.statusCode() + ": "
                        + reply.at("/error/message").asString());
            }
            return reply.get("data");
        } catch (IOException e) {
            throw new StepFailed(request.method() + " " + path + " was not answered: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StepFailed("interrupted");
        }
    }
}
