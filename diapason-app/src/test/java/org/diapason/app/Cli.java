package org.diapason.app;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.diapason.math.Parallel;

/** The command line as a user meets it: arguments in, exit code and both streams out. */
final class Cli {
    private Cli() {}

    /** What a command said. */
    record Said(int code, String out, String err) {}

    /** Runs one command in this process; streams and thread count are put back afterwards. */
    static synchronized Said run(Object... arguments) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        int threads = Parallel.threads();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(complained, true, StandardCharsets.UTF_8));
            String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
            int code = CommandLines.execute(words);
            System.out.flush();
            System.err.flush();
            return new Said(
                    code,
                    said.toString(StandardCharsets.UTF_8),
                    complained.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
            Parallel.setThreads(threads);
        }
    }
}
