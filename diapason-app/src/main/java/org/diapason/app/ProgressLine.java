package org.diapason.app;

import java.io.PrintStream;
import org.diapason.step.Progress;

/**
 * One line on the terminal that says how far a run is, how fast, and how long it will take. Silent
 * where the error stream is no terminal.
 */
final class ProgressLine implements Progress, AutoCloseable {
    private static final long PAUSE_NANOS = 100_000_000L;
    private static final int BAR = 20;

    /** Parts the name of a stage from what changes within it. */
    private static final String DETAIL = " · ";

    private final PrintStream out;
    private final boolean shown;
    private String stage = "";
    private long start;
    private long last;
    private int width;

    ProgressLine(PrintStream out, boolean shown) {
        this.out = out;
        this.shown = shown;
    }

    /** Returns a line on the error stream, silent where the launcher saw that it is no terminal. */
    static ProgressLine onTerminal(boolean quiet) {
        return new ProgressLine(System.err, !quiet && Boolean.getBoolean("diapason.terminal"));
    }

    @Override
    public synchronized void at(String newStage, int done, int total, int lost) {
        if (!shown) {
            return;
        }
        long now = System.nanoTime();
        int detail = newStage.indexOf(DETAIL);
        String clocked = detail < 0 ? newStage : newStage.substring(0, detail);
        if (!clocked.equals(stage)) {
            stage = clocked;
            start = now;
            last = 0;
        }
        if (now - last < PAUSE_NANOS && done < total) {
            return;
        }
        last = now;
        show(text(newStage, done, total, lost, (now - start) * 1e-9));
    }

    /** Returns the line; where nobody knows how much there is, what is being done and no bar. */
    private static String text(String stage, int done, int total, int lost, double seconds) {
        if (total == 0) {
            return stage + " …";
        }
        int full = (int) ((long) BAR * done / total);
        StringBuilder line = new StringBuilder(stage).append("  [");
        line.append("█".repeat(full)).append("·".repeat(BAR - full)).append("] ");
        line.append(done).append('/').append(total);
        if (done > 0 && seconds > 0.2) {
            double rate = done / seconds;
            line.append(
                    String.format(
                            java.util.Locale.ROOT,
                            "  %.1f/s  %s left",
                            rate,
                            time((total - done) / rate)));
        }
        return lost == 0
                ? line.toString()
                : line.append("  ").append(lost).append(" refused or failed").toString();
    }

    private static String time(double seconds) {
        long s = Math.round(seconds);
        return s < 60
                ? s + " s"
                : s < 3600
                        ? s / 60 + " min " + s % 60 + " s"
                        : s / 3600 + " h " + s % 3600 / 60 + " min";
    }

    private void show(String line) {
        String padding = " ".repeat(Math.max(0, width - line.length()));
        out.print("\r" + line + padding);
        out.flush();
        width = line.length();
    }

    @Override
    public synchronized void close() {
        if (shown && width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
            width = 0;
        }
    }
}
