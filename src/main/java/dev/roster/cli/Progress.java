package dev.roster.cli;

import java.util.Locale;

/** How far a file is, how fast it goes and when it will be over. */
final class Progress {
    private static final int WIDTH = 30;
    private static final long EVERY_NANOSECONDS = 200_000_000L;
    private static final double NANOSECONDS = 1e9;

    private final Terminal terminal;
    private final long whole;
    private final long began = System.nanoTime();
    private long shown;
    private long done;
    private long lines;

    /** @param whole of the bytes; 0 where it is not known */
    Progress(Terminal terminal, long whole) {
        this.terminal = terminal;
        this.whole = whole;
    }

    synchronized void sent(long bytes) {
        done += bytes;
        show();
    }

    synchronized void answered(long more) {
        lines += more;
        show();
    }

    synchronized void end() {
        terminal.progress("");
    }

    private void show() {
        long now = System.nanoTime();
        if (now - shown > EVERY_NANOSECONDS) {
            shown = now;
            terminal.progress(text(done, whole, lines, (now - began) / NANOSECONDS));
        }
    }

    static String text(long done, long whole, long lines, double seconds) {
        String speed = String.format(Locale.ROOT, "%,d lines  %,.0f/s", lines, seconds == 0 ? 0 : lines / seconds);
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
}
