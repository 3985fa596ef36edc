package io.masumi.node.gateway.node;

import io.masumi.node.platform.eventstore.CopyProgress;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Shows how far a copy is: as one line that grows on a terminal, else as a line now and then. */
final class Progress implements CopyProgress {

    private static final int WIDTH = 30;
    private static final Duration REDRAW_EVERY = Duration.ofMillis(100);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;

    private String what;
    private long all;
    private long begun;
    private long shown;
    private boolean open;

    Progress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    static Progress on(PrintStream out) {
        return new Progress(out, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent(), System::nanoTime);
    }

    @Override
    public void begin(String something, long events) {
        end();
        what = something;
        all = events;
        begun = nanoTime.getAsLong();
        shown = begun;
        if (terminal) {
            open = true;
            draw(0);
        } else {
            out.printf(Locale.ROOT, "%s: %,d events%n", what, all);
        }
    }

    @Override
    public void done(long events) {
        long now = nanoTime.getAsLong();
        boolean last = events == all;
        if (!last && now - shown < (terminal ? REDRAW_EVERY : LINE_EVERY).toNanos()) {
            return;
        }
        shown = now;
        if (terminal) {
            draw(events);
        } else {
            out.printf(Locale.ROOT, "%s: %3d %%, %,d of %,d%s%n", what, percent(events), events, all, speed(events));
        }
    }

    /** Leaves the line. */
    void end() {
        if (open) {
            out.println();
            open = false;
        }
    }

    private void draw(long events) {
        int filled = (int) (WIDTH * percent(events) / 100);
        out.printf(Locale.ROOT, "\r%-24s [%s%s] %3d %%  %,d of %,d%s   ", what, "#".repeat(filled), ".".repeat(WIDTH - filled),
                percent(events),
                events, all, speed(events));
        out.flush();
    }

    private long percent(long events) {
        return all == 0 ? 100 : events * 100 / all;
    }

    private String speed(long events) {
        double seconds = (nanoTime.getAsLong() - begun) / 1e9;
        if (events == 0 || seconds < 1) {
            return "";
        }
        double perSecond = events / seconds;
        return events == all
                ? String.format(Locale.ROOT, ", %,.0f/s", perSecond)
                : String.format(Locale.ROOT, ", %,.0f/s, %,.0f s left", perSecond, (all - events) / perSecond);
    }
}
