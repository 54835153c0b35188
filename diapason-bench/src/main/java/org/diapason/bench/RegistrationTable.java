package org.diapason.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.diapason.bench.RegistrationStudy.Row;
import org.diapason.registration.Certificate.ErrorMm;
import org.diapason.volume.Numbers;

/**
 * The rows of {@link RegistrationStudy} as the tables of {@code docs/benchmarks.md}, beside what
 * elastix 5.0.1 made of the same pairs: {@code elastix.csv}, whose lines are the name of a case,
 * mean, 95 % and largest error in mm, and processor seconds (empty where they were not taken).
 */
final class RegistrationTable {
    private static final String HEAD =
            """
            | pair | model | status | error here | error told | processor s | elastix | its s |
            |---|---|---|---|---|---|---|---|
            """;

    private static final String PATIENTS =
            """
            | patient | to | here | header displaced by 23 mm and 8° first | elastix, as it is |
            |---|---|---|---|---|
            """;

    /** Ends farther from the headers than a patient can have moved are shown in bold. */
    private static final double FAR_MM = 40;

    private final Map<String, String[]> elastix = new HashMap<>();

    RegistrationTable() {
        try (InputStream in = RegistrationTable.class.getResourceAsStream("elastix.csv");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .skip(1)
                    .map(line -> line.split(";", -1))
                    .forEach(cells -> elastix.put(cells[0], cells));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the table of drawn heads or of files.
     *
     * @param where ends the name of a case in the file of elastix, such as {@code at 1 mm}
     */
    String of(List<Row> rows, String where) {
        StringBuilder table = new StringBuilder(HEAD);
        for (Row row : rows) {
            int comma = row.name().indexOf(", ");
            String[] cells = elastix.get(row.name() + where);
            table.append("| ").append(pair(row.name().substring(comma + 2)));
            cell(table, row.name().substring(0, comma).toLowerCase(Locale.ROOT));
            cell(table, row.status().toString().toLowerCase(Locale.ROOT));
            cell(table, three(row.error()));
            cell(table, three(row.predicted()));
            cell(table, Numbers.fixed(row.processorSeconds(), 1));
            cell(table, cells == null ? "" : cells[1] + " / " + cells[2] + " / " + cells[3]);
            cell(table, cells == null ? "" : cells[4]);
            table.append(" |\n");
        }
        return table.toString();
    }

    /** Returns the table of patients, whose rows come in pairs: as it is, and displaced. */
    String patients(List<Row> rows) {
        StringBuilder table = new StringBuilder(PATIENTS);
        for (int n = 0; n + 1 < rows.size(); n += 2) {
            String[] words = rows.get(n).name().split(", ");
            String to = words[1].replace("CT to ", "").replace("MR_T1", "MR");
            String[] cells = elastix.get(words[0] + ", CT to " + to);
            table.append("| ").append(words[0]);
            cell(table, to);
            cell(table, motion(rows.get(n)));
            cell(table, motion(rows.get(n + 1)));
            cell(table, cells == null ? "not run" : cells[1]);
            table.append(" |\n");
        }
        return table.toString();
    }

    private static void cell(StringBuilder table, String text) {
        table.append(" | ").append(text);
    }

    private static String motion(Row row) {
        String mean =
                row.error()
                        .map(
                                e ->
                                        e.mean() > FAR_MM
                                                ? "**" + Numbers.fixed(e.mean(), 0) + "**"
                                                : Numbers.fixed(e.mean(), 1))
                        .orElse("none");
        return mean + " " + row.status().toString().toLowerCase(Locale.ROOT);
    }

    private static String three(Optional<ErrorMm> e) {
        return e.map(
                        x ->
                                Numbers.fixed(x.mean(), 3)
                                        + " / "
                                        + Numbers.fixed(x.p95(), 3)
                                        + " / "
                                        + Numbers.fixed(x.max(), 3))
                .orElse("none");
    }

    /** Contrasts as they are written. */
    private static String pair(String name) {
        String text = name;
        for (String contrast : List.of("t1", "t2", "ct", "pet", "flair")) {
            text = text.replaceAll("\\b" + contrast + "\\b", contrast.toUpperCase(Locale.ROOT));
        }
        return text;
    }
}
