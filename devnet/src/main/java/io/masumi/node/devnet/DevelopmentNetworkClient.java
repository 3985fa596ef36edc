package io.masumi.node.devnet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.blockfrost.BlockfrostApi;
import io.masumi.node.devnet.control.PublishedContract;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** What a user of a development network asks of it, in this process or another one of this machine. Thread-safe. */
public final class DevelopmentNetworkClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    /** A newer network may say more. */
    private final ObjectMapper mapper = new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);
    private final String root;

    /**
     * @param url where the network answers, such as {@code http://127.0.0.1:3010}; a path is not looked at, so its Blockfrost
     *     URL does too
     * @throws IllegalArgumentException when it is no such URL
     */
    public DevelopmentNetworkClient(String url) {
        URI uri = URI.create(url.strip());
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null || uri.getPort() < 0) {
            throw new IllegalArgumentException("a development network's URL is like http://127.0.0.1:3010, not " + url);
        }
        root = "http://" + uri.getHost() + ":" + uri.getPort();
    }

    /** There is no development network at the URL, or it does not answer. */
    public static final class Unreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The network's URL without a path. */
    public String url() {
        return root;
    }

    /** The port in its URL. */
    public int port() {
        return URI.create(root).getPort();
    }

    /** Where its Blockfrost API is, ending in a slash as cardano-client-lib wants it. */
    public String providerUrl() {
        return root + BlockfrostApi.BASE + "/";
    }

    /**
     * The contract that those who join are to use.
     *
     * @return empty when none is published
     * @throws Unreachable when the network does not answer
     */
    public Optional<PublishedContract> contract() {
        HttpResponse<String> reply = send("/contract", null);
        if (reply.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        try {
            return Optional.of(mapper.readValue(successful(reply), PublishedContract.class));
        } catch (JsonProcessingException e) {
            throw new Unreachable("What answers at " + root + " is no development network", e);
        }
    }

    /**
     * Pays from the genesis funds with the next block.
     *
     * @param address bech32 of a test network
     * @param lovelace at least what an output needs, about 1 ada
     * @return the transaction's hash, hex
     * @throws Unreachable when the network does not answer
     * @throws IllegalArgumentException when it refuses, with its reason
     */
    public String faucet(String address, BigInteger lovelace) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("address", address).put("lovelace", lovelace.toString());
        return read(successful(send("/faucet", body.toString()))).path("tx_hash").asText();
    }

    /**
     * Has a block made of what waits.
     *
     * @throws Unreachable when the network does not answer
     */
    public void makeBlock() {
        successful(send("/block", "{}"));
    }

    /** @param body null to read */
    private HttpResponse<String> send(String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + "/devnet" + path)).timeout(PATIENCE);
        try {
            return http.send((body == null ? request.GET() : request.POST(HttpRequest.BodyPublishers.ofString(body))).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Unreachable("No development network answers at " + root, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("Interrupted while asking the development network at " + root, e);
        }
    }

    private String successful(HttpResponse<String> reply) {
        if (reply.statusCode() == OK) {
            return reply.body();
        }
        throw new IllegalArgumentException("The development network at " + root + " refuses: "
                + read(reply.body()).path("message").asText("status " + reply.statusCode()));
    }

    private JsonNode read(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new Unreachable("What answers at " + root + " is no development network", e);
        }
    }
}
