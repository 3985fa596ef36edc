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
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/**
 * Calls a Blockfrost API. cardano-client-lib's own backend hides status and time limits that retrying needs, so only its
 * models are used, over the platform's HTTP client.
 */
final class BlockfrostApi {

    /** About a second of it besides the calls: callers come again by themselves. */
    static final RetryPolicy PATIENCE = RetryPolicy.builder().maxRetries(3).delay(Duration.ofMillis(100)).jitter(Duration.ofMillis(100))
            .multiplier(2).maxDelay(Duration.ofSeconds(2)).build();
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    /** No page of what this API answers comes near it, bytes. */
    private static final long LARGEST_REPLY = 32 << 20;
    private static final int MAX_ERROR = 300;
    /** A reply that takes longer tells no time. */
    private static final Duration SLOWEST_CLOCK = Duration.ofSeconds(10);

    private final HttpClient http;
    private final ObjectMapper json = new ObjectMapper();
    private final URI base;
    private final String projectId;
    private final RetryTemplate retries;
    private final Duration callTimeout;
    private final Clock clock;
    private final Outages outages;

    /** @param projectId the API's key, a secret; sent in a header and nowhere else */
    BlockfrostApi(HttpClient http, String baseUrl, String projectId, Clock clock) {
        this(http, baseUrl, projectId, clock, new Outages(URI.create(baseUrl).getHost(), clock));
    }

    /** @param outages of this provider, which others who ask it may share */
    BlockfrostApi(HttpClient http, String baseUrl, String projectId, Clock clock, Outages outages) {
        this(http, baseUrl, projectId, PATIENCE, CALL_TIMEOUT, clock, outages);
    }

    /** @param callTimeout how long one call may take until the last byte of its reply is there */
    BlockfrostApi(HttpClient http, String baseUrl, String projectId, RetryPolicy patience, Duration callTimeout, Clock clock,
            Outages outages) {
        this.http = http;
        this.base = URI.create(baseUrl.endsWith("/") ? baseUrl : baseUrl + "/");
        this.projectId = projectId;
        this.retries = new RetryTemplate(patience);
        this.callTimeout = callTimeout;
        this.clock = clock;
        this.outages = outages;
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
        return retries.invoke(() -> read(path, request));
    }

    private Optional<JsonNode> read(String path, HttpRequest request) {
        try {
            HttpResponse<String> response = reply(request);
            Optional<JsonNode> found = switch (response.statusCode()) {
                case 200 -> Optional.of(json.readTree(response.body()));
                case 404 -> Optional.empty();
                default -> throw failed(path, answered(response), null);
            };
            outages.succeeded();
            return found;
        } catch (JsonProcessingException e) {
            throw failed(path, "answers something that is not JSON", e);
        } catch (IOException e) {
            throw failed(path, "cannot be reached: " + e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderUnavailableException("interrupted while waiting for the chain provider", e);
        }
    }

    private ProviderUnavailableException failed(String path, String failure, Throwable cause) {
        outages.failed(failure, path);
        return new ProviderUnavailableException("the chain provider " + base.getHost() + " " + failure, cause, true);
    }

    /** Hands in a transaction, once: after any doubt it is for the caller to decide when to do it again. */
    SubmitOutcome submit(byte[] transaction) {
        HttpRequest request = request("tx/submit").header("Content-Type", "application/cbor").POST(BodyPublishers.ofByteArray(transaction))
                .build();
        try {
            HttpResponse<String> response = reply(request);
            if (response.statusCode() == 200 || response.statusCode() == 202) {
                String hash = json.readTree(response.body()).asText();
                outages.succeeded();
                return new SubmitOutcome.Accepted(hash);
            }
            if (response.statusCode() == 400) {
                outages.succeeded();
                return SubmitRefusals.outcome(message(response.body()));
            }
            outages.failed(answered(response), "tx/submit");
            return new SubmitOutcome.Unknown("the provider " + answered(response));
        } catch (IOException e) {
            outages.failed(e.toString(), "tx/submit");
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
        return HttpRequest.newBuilder(base.resolve(path)).timeout(callTimeout).header("project_id", projectId);
    }

    /** The platform's time limit ends with the reply's headers: a connection that dies behind them would be waited for for ever. */
    private HttpResponse<String> reply(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> reply = http.sendAsync(request,
                BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_REPLY));
        try {
            return reply.get(callTimeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole reply within " + callTimeout);
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

    /** How it has been doing. */
    Outages outages() {
        return outages;
    }
}
