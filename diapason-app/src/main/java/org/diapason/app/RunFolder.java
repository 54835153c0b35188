package org.diapason.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.diapason.catalogue.Tree;
import org.diapason.io.run.CohortFile;
import org.diapason.io.run.Json;
import org.diapason.volume.DataException;

/**
 * What a run has left in its output folder, to go on from there.
 *
 * @param folder the output folder
 */
record RunFolder(Path folder) {

    /**
     * Checks that it is one.
     *
     * @throws IllegalArgumentException if no run has ended there
     */
    RunFolder {
        if (!Files.isRegularFile(folder.resolve("outcomes.csv"))) {
            throw new IllegalArgumentException(
                    folder
                            + ": no run has ended here, there is no outcomes.csv. Name the folder that"
                            + " diapason run was given as --out.");
        }
    }

    /** Returns the table from before anything was harmonized, as far back as there is one. */
    Path before() {
        return file("features-raw.csv").orElse(folder.resolve("features.csv"));
    }

    /** Returns the table from after all harmonization, if the run harmonized anything. */
    Optional<Path> after() {
        Optional<Path> table = file("features-harmonized.csv");
        return table.isEmpty() && file("features-raw.csv").isPresent()
                ? file("features.csv")
                : table;
    }

    /** Returns the recipe with everything learned in it. */
    Path recipe() {
        return file("fitted.json")
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        folder
                                                + ": the run has left no fitted.json, so nothing can"
                                                + " be measured as it did. See its outcomes.csv."));
    }

    private Optional<Path> file(String name) {
        return Optional.of(folder.resolve(name)).filter(Files::isRegularFile);
    }

    /**
     * Returns the exams that went through the run, by their traces.
     *
     * @param root where relative paths start; null means where they did in the run
     */
    CohortFile cohort(Path root) {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        for (Path trace : traces()) {
            SortedMap<String, String> row = new TreeMap<>();
            fields(trace, fields(trace, Json.read(trace)).get("row"))
                    .forEach((column, cell) -> row.put(column, ((Tree.Text) cell).value()));
            rows.put(row.get("exam"), row);
        }
        if (rows.isEmpty()) {
            throw new DataException(
                    folder + ": no exam went through the run, there is none to measure again.");
        }
        Path run = folder.resolve("run.json");
        return CohortFile.ofRows(
                rows,
                root != null
                        ? root
                        : Path.of(((Tree.Text) fields(run, Json.read(run)).get("root")).value()));
    }

    private Iterable<Path> traces() {
        TreeSet<Path> traces = new TreeSet<>();
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder.resolve("traces"), "*.json")) {
            found.forEach(traces::add);
        } catch (IOException e) {
            throw new DataException(
                    folder + ": its traces cannot be read, so its exams are not known.", e);
        }
        return traces;
    }

    private static Map<String, Tree> fields(Path file, Tree tree) {
        if (tree instanceof Tree.Fields f) {
            return f.values();
        }
        throw new DataException(file.getFileName() + ": a run has not written it like this.");
    }
}
