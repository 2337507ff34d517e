package dev.roster.cli;

import java.util.Locale;

/** How far long work is, how fast it goes and when it will be over. */
final class Progress {
    private static final int WIDTH = 30;
    private static final long EVERY_NANOSECONDS = 200_000_000L;
    private static final double NANOSECONDS = 1e9;

    private final Terminal terminal;
    private final long began = System.nanoTime();
    // Users in no line of a file come behind all lines, at a speed of their own
    private long leftOutBegan;
    private long leftOut;
    private long whole;
    // 0 where what comes next is shown at once
    private long shown;
    private long done;
    private long lines;
    private boolean isSent;

    Progress(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param all of the bytes that are sent, or of the lines that are received; 0 where it is not known */
    synchronized void expect(long all) {
        whole = all;
    }

    synchronized void sent(long bytes) {
        done += bytes;
        if (whole > 0 && done >= whole && !isSent) {
            isSent = true;
            shown = 0; // the service may have nothing to say for a while
        }
        show();
    }

    /** Lines of an answer, which is what the work is. */
    synchronized void received(long more) {
        done += more;
        answered(more);
    }

    /** Lines about what was sent. */
    synchronized void answered(long more) {
        lines += more;
        show();
    }

    /** A user in no line of the file has been deactivated. */
    synchronized void deactivated() {
        if (leftOut++ == 0) {
            leftOutBegan = System.nanoTime();
            shown = 0;
        }
        show();
    }

    synchronized void end() {
        terminal.progress("");
    }

    private void show() {
        long now = System.nanoTime();
        if (shown == 0 || now - shown > EVERY_NANOSECONDS) {
            shown = now;
            terminal.progress(text(now));
        }
    }

    private String text(long now) {
        double seconds = (now - began) / NANOSECONDS;
        if (leftOut > 0) {
            return "users in no line: " + speed("deactivated", leftOut, (now - leftOutBegan) / NANOSECONDS);
        }
        return isSent
                ? "all is sent, the service goes on: " + speed("lines", lines, seconds)
                : text(done, whole, lines, seconds);
    }

    static String text(long done, long whole, long lines, double seconds) {
        String speed = speed("lines", lines, seconds);
        if (whole == 0) {
            return speed;
        }
        double share = Math.min(1, (double) done / whole);
        int filled = (int) (share * WIDTH);
        long left = share == 0 ? 0 : Math.round(seconds / share - seconds);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %s  %d:%02d left",
                "#".repeat(filled),
                " ".repeat(WIDTH - filled),
                share * 100,
                speed,
                left / 60,
                left % 60);
    }

    private static String speed(String what, long many, double seconds) {
        return String.format(Locale.ROOT, "%,d %s  %,.0f/s", many, what, seconds == 0 ? 0 : many / seconds);
    }
}
