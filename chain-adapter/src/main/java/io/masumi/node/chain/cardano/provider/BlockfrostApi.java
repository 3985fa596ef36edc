package io.masumi.node.chain.cardano.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.masumi.node.escrow.TextRules;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a Blockfrost API. cardano-client-lib's own backend hides status and time limits that retrying needs, so only its
 * models are used, over the platform's HTTP client.
 */
final class BlockfrostApi {

    private static final Logger LOG = LoggerFactory.getLogger(BlockfrostApi.class);
    /** No page of what this API answers comes near it, bytes. */
    private static final long LARGEST_REPLY = 32 << 20;
    private static final int MAX_ERROR = 300;
    /** A reply that takes longer tells no time. */
    private static final Duration SLOWEST_CLOCK = Duration.ofSeconds(10);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final String projectId;
    private final Retries retries;
    private final RandomGenerator random;
    private final Clock clock;

    private volatile Instant lastSuccess;
    private volatile Instant lastFailure;
    private volatile String lastError;
    private volatile Instant failingSince;

    /** @param projectId the API's key, a secret; sent in a header and nowhere else */
    BlockfrostApi(HttpClient http, String baseUrl, String projectId, Retries retries, RandomGenerator random, Clock clock) {
        this.http = http;
        this.base = URI.create(baseUrl.endsWith("/") ? baseUrl : baseUrl + "/");
        this.projectId = projectId;
        this.retries = retries;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Reads a resource.
     *
     * @param path relative to the base URL, with its query
     * @return empty when the API knows no such thing (404)
     * @throws ProviderUnavailableException after retries
     */
    Optional<JsonNode> get(String path) {
        HttpRequest request = request(path).GET().build();
        for (int attempt = 1;; attempt++) {
            String failure;
            Throwable cause = null;
            try {
                HttpResponse<String> response = reply(request);
                if (response.statusCode() == 200) {
                    JsonNode body = json.readTree(response.body());
                    succeeded();
                    return Optional.of(body);
                }
                if (response.statusCode() == 404) {
                    succeeded();
                    return Optional.empty();
                }
                failure = answered(response);
            } catch (JsonProcessingException e) {
                failure = "answers something that is not JSON";
                cause = e;
            } catch (IOException e) {
                failure = "cannot be reached: " + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
                cause = e;
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            failed(path, failure);
            if (attempt >= retries.attempts()) {
                throw new ProviderUnavailableException("the chain provider " + base.getHost() + " " + failure, cause);
            }
            pause(retries.pauseAfter(attempt, random));
        }
    }

    /** Hands in a transaction, once: after any doubt it is for the caller to decide when to do it again. */
    SubmitOutcome submit(byte[] transaction) {
        HttpRequest request = request("tx/submit").header("Content-Type", "application/cbor").POST(BodyPublishers.ofByteArray(transaction))
                .build();
        try {
            HttpResponse<String> response = reply(request);
            if (response.statusCode() == 200 || response.statusCode() == 202) {
                String hash = json.readTree(response.body()).asText();
                succeeded();
                return new SubmitOutcome.Accepted(hash);
            }
            if (response.statusCode() == 400) {
                succeeded();
                return SubmitRefusals.outcome(message(response.body()));
            }
            failed("tx/submit", answered(response));
            return new SubmitOutcome.Unknown("the provider " + answered(response));
        } catch (IOException e) {
            failed("tx/submit", e.toString());
            return new SubmitOutcome.Unknown("no reply of the provider: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SubmitOutcome.Unknown("interrupted while waiting for the provider");
        }
    }

    /**
     * How far our clock is ahead of the API's, negative when it is behind: by {@code health/clock}, or by the date that every HTTP server
     * puts on its replies. Asked once, and no matter of the API's health. Empty when there is no telling.
     */
    Optional<Duration> clockAhead() {
        try {
            Instant asked = clock.instant();
            HttpResponse<String> response = reply(request("health/clock").GET().build());
            Duration took = Duration.between(asked, clock.instant());
            if (took.isNegative() || took.compareTo(SLOWEST_CLOCK) > 0) {
                return Optional.empty();
            }
            return serverTime(response).map(server -> Duration.between(server, asked.plus(took.dividedBy(2))));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<Instant> serverTime(HttpResponse<String> response) {
        try {
            JsonNode time = json.readTree(response.body()).path("server_time");
            if (response.statusCode() == 200 && time.canConvertToLong()) {
                return Optional.of(Instant.ofEpochMilli(time.asLong()));
            }
        } catch (JsonProcessingException e) {
            // Not every API has this; its server's own date will do.
        }
        try {
            return response.headers().firstValue("Date").map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME))
                    .map(ZonedDateTime::toInstant);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(retries.callTimeout()).header("project_id", projectId);
    }

    /** The platform's time limit ends with the reply's headers: a connection that dies behind them would be waited for for ever. */
    private HttpResponse<String> reply(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> reply = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_REPLY));
        try {
            return reply.get(retries.callTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole reply within " + retries.callTimeout());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
        } finally {
            reply.cancel(true);
        }
    }

    private String message(String body) {
        try {
            JsonNode message = json.readTree(body).get("message");
            return TextRules.storable(message == null ? body : message.asText());
        } catch (JsonProcessingException e) {
            return TextRules.storable(body);
        }
    }

    private String answered(HttpResponse<String> response) {
        String message = message(response.body()).replace(projectId.isEmpty() ? "\0" : projectId, "***");
        return "answers " + response.statusCode() + ": " + (message.length() > MAX_ERROR ? message.substring(0, MAX_ERROR) : message);
    }

    private void succeeded() {
        lastSuccess = clock.instant();
        failingSince = null;
    }

    private void failed(String path, String failure) {
        lastFailure = clock.instant();
        lastError = failure;
        if (failingSince == null) {
            failingSince = lastFailure;
        }
        LOG.warn("chain provider {} {} (asked for {})", base.getHost(), failure, path);
    }

    Instant lastSuccess() {
        return lastSuccess;
    }

    Instant lastFailure() {
        return lastFailure;
    }

    /** Since when no call has succeeded, null when the newest did or there was none. */
    Instant failingSince() {
        return failingSince;
    }

    String lastError() {
        return lastError;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ProviderUnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ProviderUnavailableException("interrupted while waiting for the chain provider", e);
    }
}
