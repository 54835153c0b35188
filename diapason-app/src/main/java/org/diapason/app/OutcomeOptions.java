package org.diapason.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The table and its outcome, and the answer: what commands have alike that judge by an outcome. */
final class OutcomeOptions {

    @Parameters(paramLabel = "TABLE", description = "A table with a row per sample or reading.")
    Path file;

    @Option(
            names = "--label",
            required = true,
            paramLabel = "COLUMN",
            description = "The outcome: 0 and 1, or two words.")
    String label;

    @Option(
            names = "--positive",
            paramLabel = "LEVEL",
            description =
                    "The level of the label that is positive. Default: 1 of 0 and 1, and what can only be"
                            + " meant: yes of yes and no, Poor of Good and Poor.")
    String positive;

    @Mixin JsonOption json = new JsonOption();

    @Mixin Common common = new Common();

    /** What is printed. */
    final List<String> lines = new ArrayList<>();

    /** The same for machines. */
    final Map<String, Object> fields = new LinkedHashMap<>();

    /** Reads the table; the answer begins with who is positive. */
    LabelledTable read(List<String> numbers, List<String> texts) {
        common.start();
        LabelledTable table = new LabelledTable(file, label, positive, numbers, texts);
        lines.addAll(table.lines());
        table.put(fields);
        return table;
    }

    /** Prints or writes the answer. */
    Integer answer() throws IOException {
        if (json.write(fields)) {
            lines.forEach(System.out::println);
        }
        return CommandLines.DONE;
    }
}
