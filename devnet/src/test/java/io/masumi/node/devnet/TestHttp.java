package io.masumi.node.devnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Talks to a network over HTTP, as any client would. */
final class TestHttp {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final DevelopmentNetwork network;

    TestHttp(DevelopmentNetwork network) {
        this.network = network;
    }

    /** @throws AssertionError when the reply is not 200 */
    JsonNode get(String path) {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(network.baseUrl() + path)).build());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + " gave " + response.statusCode() + " " + response.body());
        }
        return parse(response.body());
    }

    int status(String path) {
        return send(HttpRequest.newBuilder(URI.create(network.baseUrl() + path)).build()).statusCode();
    }

    JsonNode error(String path) {
        return parse(send(HttpRequest.newBuilder(URI.create(network.baseUrl() + path)).build()).body());
    }

    HttpResponse<String> submitAs(String contentType, byte[] transaction) {
        return send(HttpRequest.newBuilder(URI.create(network.baseUrl() + "tx/submit")).header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(transaction)).build());
    }

    HttpResponse<String> submit(byte[] transaction) {
        return send(HttpRequest.newBuilder(URI.create(network.baseUrl() + "tx/submit")).header("Content-Type", "application/cbor")
                .POST(HttpRequest.BodyPublishers.ofByteArray(transaction)).build());
    }

    HttpResponse<String> control(String path, String body) {
        return send(
                HttpRequest.newBuilder(URI.create(network.controlUrl() + path)).POST(HttpRequest.BodyPublishers.ofString(body)).build());
    }

    JsonNode parse(String body) {
        try {
            return json.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UncheckedIOException when there is no reply */
    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
