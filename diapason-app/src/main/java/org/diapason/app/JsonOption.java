package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option {@code --json} of commands that print a table: the same for machines. */
final class JsonOption {

    @Option(
            names = "--json",
            paramLabel = "F",
            description = "Write it as JSON; - is standard output, in the place of the text.")
    String file;

    /** Returns the file to write, null where there is none. */
    Path path() {
        return file == null || file.equals("-") ? null : Path.of(file);
    }

    /** Writes the fields where they are asked for; says whether the text is to be printed too. */
    boolean write(Map<String, Object> fields) throws IOException {
        if (file != null) {
            Summary.write(file, fields);
        }
        return !"-".equals(file);
    }
}
