package org.diapason.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.diapason.io.table.Csv;
import org.diapason.io.table.Tables;
import org.diapason.judge.Repeatability;
import org.diapason.stats.Icc;
import org.diapason.step.Spelling;
import org.diapason.volume.DataException;
import org.diapason.volume.FeatureTable;

/**
 * Scans of the same subjects in a feature table.
 *
 * @param subject the column that says whose rows are repeats of each other
 * @param covariates columns of numbers that are no features
 * @param form which differences between repeats count as error
 */
record Retest(String subject, Collection<String> covariates, Icc.Form form) {
    private static final int MOST_NAMED = 5;

    /**
     * Returns the correlation of every feature.
     *
     * <p>Columns of features are those of {@code features-dictionary.csv} beside the table, which a
     * run writes; without it, all but exam, region, the covariates and columns of text.
     *
     * @param notes is told which subjects have no repeat
     * @throws DataException if no subject has two rows, or one has fewer than the others
     */
    Map<String, Icc> of(Path file, Consumer<String> notes) {
        Csv csv = Csv.read(file);
        Set<String> others = others(csv, file);
        if (!csv.header().contains(subject)) {
            TreeSet<String> known = new TreeSet<>(others);
            known.remove("region");
            throw new IllegalArgumentException(
                    "--subject "
                            + subject
                            + ": "
                            + csv.name()
                            + " has no such column; "
                            + Spelling.hint(subject, known));
        }
        others.add(subject);
        FeatureTable read = repeated(csv.name(), Tables.read(file, others), notes);
        return Repeatability.of(read, r -> read.covariate(r, subject), form);
    }

    /** Returns the columns that are no features. */
    private Set<String> others(Csv csv, Path file) {
        Set<String> others = new TreeSet<>(covariates);
        Path dictionary = file.resolveSibling("features-dictionary.csv");
        if (Files.isRegularFile(dictionary)) {
            Csv words = Csv.read(dictionary);
            Set<String> known = new HashSet<>();
            words.rows().forEach(row -> known.add(words.text(row, "column")));
            if (csv.header().stream().anyMatch(known::contains)) {
                csv.header().stream().filter(c -> !known.contains(c)).forEach(others::add);
                return others;
            }
        }
        for (int c = 0; c < csv.header().size(); c++) {
            for (Csv.Row row : csv.rows()) {
                String cell = row.cells().get(c);
                if (!Tables.MISSING.contains(cell) && !cell.matches("[-+0-9.].*|-?Infinity")) {
                    others.add(csv.header().get(c));
                    break;
                }
            }
        }
        return others;
    }

    /** Leaves out who has a single row: without a repeat there is nothing to compare. */
    private FeatureTable repeated(String name, FeatureTable table, Consumer<String> notes) {
        SortedMap<String, List<Integer>> rows = new TreeMap<>();
        for (int r = 0; r < table.size(); r++) {
            String who = table.covariate(r, subject);
            String key = (who.isEmpty() ? "(none)" : who) + " / " + table.region(r);
            rows.computeIfAbsent(key, k -> new ArrayList<>()).add(r);
        }
        List<String> single = new ArrayList<>();
        TreeSet<Integer> kept = new TreeSet<>();
        rows.forEach(
                (key, own) -> {
                    if (own.size() == 1 || key.startsWith("(none) / ")) {
                        single.add(key);
                    } else {
                        kept.addAll(own);
                    }
                });
        if (kept.isEmpty()) {
            throw new DataException(
                    name
                            + ": no two rows have the same "
                            + subject
                            + ", so nothing was scanned twice. Name another column as --subject.");
        }
        if (!single.isEmpty()) {
            notes.accept(
                    name
                            + ": left out, having one row only: "
                            + String.join(
                                    ", ", single.subList(0, Math.min(MOST_NAMED, single.size())))
                            + (single.size() > MOST_NAMED
                                    ? " and " + (single.size() - MOST_NAMED) + " more"
                                    : "")
                            + ".");
        }
        return table.rows(kept.stream().mapToInt(Integer::intValue).toArray());
    }
}
