package io.masumi.node.devnet.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.devnet.blockfrost.BlockfrostApi;
import io.masumi.node.devnet.http.HttpReply;
import io.masumi.node.devnet.http.HttpRequest;
import io.masumi.node.devnet.http.Interceptor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Faults of the provider on demand. They touch the Blockfrost API only, never the controls. Thread-safe. */
public final class Faults implements Interceptor {
    private static final String SUBMIT = BlockfrostApi.BASE + "/tx/submit";
    private static final String ADDRESSES = BlockfrostApi.BASE + "/addresses/";

    /** @param left how many requests it is still for */
    private record Failure(int status, int left) {}

    private final Deque<Failure> failures = new ArrayDeque<>();
    private int lostSubmitReplies;
    private boolean down;
    private boolean historiesEmpty;

    /**
     * The next accepted submissions take effect, but their replies never arrive.
     *
     * @throws IllegalArgumentException when the count is negative
     */
    public synchronized void loseSubmitReplies(int count) {
        requireCount(count);
        lostSubmitReplies = count;
    }

    /**
     * The next requests are answered with this status and have no effect; asked for twice, the second follows the first.
     *
     * @throws IllegalArgumentException when the count is negative or the status says no failure
     */
    public synchronized void failNext(int count, int status) {
        requireCount(count);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("a status from 400 to 599 is a failure, not " + status);
        }
        if (count > 0) {
            failures.add(new Failure(status, count));
        }
    }

    private static void requireCount(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the count must not be negative: " + count);
        }
    }

    private Optional<Integer> nextStatus() {
        return Optional.ofNullable(failures.poll()).map(failure -> {
            if (failure.left() > 1) {
                failures.addFirst(new Failure(failure.status(), failure.left() - 1));
            }
            return failure.status();
        });
    }

    /** While down, connections are closed without an answer and nothing has an effect. */
    public synchronized void down(boolean isDown) {
        down = isDown;
    }

    /** While empty, no address has a history ({@code []}), though blocks, transactions and outputs are shown as they are. */
    public synchronized void emptyAddressHistories(boolean areEmpty) {
        historiesEmpty = areEmpty;
    }

    /** Those that are active now. */
    synchronized ObjectNode status() {
        ObjectNode status = JsonNodeFactory.instance.objectNode().put("down", down).put("empty_address_histories", historiesEmpty)
                .put("lost_submit_replies", lostSubmitReplies);
        ArrayNode next = status.putArray("next_statuses");
        failures.forEach(failure -> next.addObject().put("status", failure.status()).put("count", failure.left()));
        return status;
    }

    public synchronized void clear() {
        failures.clear();
        lostSubmitReplies = 0;
        down = false;
        historiesEmpty = false;
    }

    @Override
    public synchronized Optional<HttpReply> before(HttpRequest request) {
        if (!request.path().startsWith(BlockfrostApi.BASE)) {
            return Optional.empty();
        }
        if (down) {
            throw new LostReply();
        }
        if (historiesEmpty && request.path().startsWith(ADDRESSES) && request.path().endsWith("/transactions")) {
            return Optional.of(HttpReply.ok(JsonNodeFactory.instance.arrayNode()));
        }
        return nextStatus().map(status -> new HttpReply(status, JsonNodeFactory.instance.objectNode()
                .put("status_code", status).put("error", error(status)).put("message", "A fault of the development network, as asked.")));
    }

    @Override
    public synchronized void after(HttpRequest request, HttpReply reply) {
        if (request.path().equals(SUBMIT) && reply.status() == 200 && lostSubmitReplies > 0) {
            lostSubmitReplies--;
            throw new LostReply();
        }
    }

    private static String error(int status) {
        return switch (status) {
            case 402 -> "Project Over Limit";
            case 403 -> "Forbidden";
            case 418 -> "Requested Banned";
            case 429 -> "Project Over Limit";
            default -> "Internal Server Error";
        };
    }
}
