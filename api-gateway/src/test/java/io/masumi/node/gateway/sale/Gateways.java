package io.masumi.node.gateway.sale;

import io.masumi.node.gateway.HttpProbe.Answer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Several gateways of one node, asked in turn and again as long as they say that the node cannot do it now. */
final class Gateways {

    private static final int NOT_NOW = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final List<SaleClient> clients = new CopyOnWriteArrayList<>();
    private final List<String> unexpected = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();

    Gateways(SaleClient first) {
        clients.add(first);
    }

    void add(int port) {
        clients.add(clients.getFirst().at(port));
    }

    /** @param expected status codes besides 503 */
    Answer insist(Function<SaleClient, Answer> request, List<Integer> expected) {
        return until(request, answer -> expected.contains(answer.status()), expected);
    }

    /** Asks until an answer is enough. @param expected status codes besides 503; any other is noted, and asked again all the same */
    Answer until(Function<SaleClient, Answer> request, Predicate<Answer> enough, List<Integer> expected) {
        return Awaitility.await("answer").atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK_EVERY).until(() -> {
            try {
                Answer answer = request.apply(clients.get(turn.getAndIncrement() % clients.size()));
                if (answer.status() != NOT_NOW && !expected.contains(answer.status())) {
                    unexpected.add(Instant.now() + " " + answer.status() + " " + answer.text());
                }
                return answer;
            } catch (UncheckedIOException e) {
                return null;
            }
        }, answer -> answer != null && expected.contains(answer.status()) && enough.test(answer));
    }

    /** What each says of the node's health. */
    List<Answer> health() {
        return clients.stream().map(client -> client.get("/health", null)).toList();
    }

    /** Replies with other status codes than were expected. */
    List<String> unexpected() {
        return unexpected;
    }
}
