package io.masumi.node.gateway.sale;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Time for several sales at once, each told on a thread of its own: it jumps ahead only when every one of them waits for it,
 * and then to the next moment that one waits for.
 */
final class SharedTime {

    private final MovableClock clock;
    private final List<Appointment> waiting = new ArrayList<>();
    private int tellers;

    /** @param tellers how many threads will wait for time to pass */
    SharedTime(MovableClock clock, int tellers) {
        this.clock = clock;
        this.tellers = tellers;
    }

    private static final class Appointment {

        private final Instant at;

        Appointment(Instant at) {
            this.at = at;
        }
    }

    Instant now() {
        return clock.instant();
    }

    synchronized void until(Instant instant) throws InterruptedException {
        Appointment mine = new Appointment(instant);
        waiting.add(mine);
        goOnWhenAllWait();
        while (waiting.contains(mine)) {
            wait();
        }
    }

    /** One will wait no more. */
    synchronized void leave() {
        tellers--;
        goOnWhenAllWait();
    }

    private void goOnWhenAllWait() {
        if (waiting.isEmpty() || waiting.size() < tellers) {
            return;
        }
        Instant next = waiting.stream().map(each -> each.at).min(Instant::compareTo).orElseThrow();
        if (next.isAfter(clock.instant())) {
            clock.moveTo(next);
        }
        waiting.removeIf(each -> !each.at.isAfter(next));
        notifyAll();
    }
}
