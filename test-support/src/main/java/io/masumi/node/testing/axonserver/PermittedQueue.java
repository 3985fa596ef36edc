package io.masumi.node.testing.axonserver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What waits for one client, which takes as many messages as it gave permits; the more urgent ones first, else the older. */
final class PermittedQueue<T> {

    private final Consumer<T> destination;
    private final PriorityQueue<Waiting<T>> waiting = new PriorityQueue<>(
            Comparator.<Waiting<T>>comparingLong(Waiting::priority).reversed().thenComparingLong(Waiting::number));
    private long permits;
    private long count;
    private boolean closed;

    private record Waiting<T>(T message, long priority, long number) {}

    PermittedQueue(Consumer<T> destination) {
        this.destination = destination;
    }

    synchronized void put(T message, long priority) {
        waiting.add(new Waiting<>(message, priority, count++));
        sendPermitted();
    }

    synchronized void permit(long more) {
        permits += more;
        sendPermitted();
    }

    /** @return whether it was there still and is not sent any more */
    synchronized boolean remove(T message) {
        return waiting.removeIf(each -> each.message() == message);
    }

    /** Nothing is sent any more. @return what had not been sent */
    synchronized List<T> close() {
        closed = true;
        List<T> unsent = new ArrayList<>();
        while (!waiting.isEmpty()) {
            unsent.add(waiting.poll().message());
        }
        return unsent;
    }

    private void sendPermitted() {
        while (!closed && permits > 0 && !waiting.isEmpty()) {
            permits--;
            destination.accept(waiting.poll().message());
        }
    }
}
