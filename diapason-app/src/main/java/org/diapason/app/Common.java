package org.diapason.app;

import org.diapason.math.Parallel;
import picocli.CommandLine.Option;

/** Options that every command with work to do has. */
final class Common {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Threads to use; the outcome does not depend on it. Default: all processors.")
    Integer threads;

    @Option(names = "--quiet", description = "No progress line.")
    boolean quiet;

    void start() {
        if (threads != null && threads < 1) {
            throw new IllegalArgumentException("--threads must be at least 1, got " + threads);
        }
        if (threads != null) {
            Parallel.setThreads(threads);
        }
    }
}
