package org.diapason.io.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.diapason.io.table.Csv;
import org.diapason.step.Cohort;
import org.diapason.step.Recipe;
import org.diapason.step.Spelling;
import org.diapason.volume.DataException;
import org.diapason.volume.Exam;

/**
 * The cohort table: a row per exam with {@code exam}, {@code image.NAME}, {@code mask.NAME},
 * optional {@code quantity.NAME}, {@code fwhm.NAME}, {@code calibration} or {@code
 * calibration.NAME}, {@code detectorCalibration} or {@code detectorCalibration.NAME}; every other
 * column is a covariate.
 */
public final class CohortFile {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Set<String> PREFIXES =
            Set.of("image", "mask", "quantity", "fwhm", "calibration", "detectorCalibration");

    private final String text;
    private final Path root;
    private final SortedMap<String, SortedMap<String, String>> rows;
    private final SortedSet<String> columns;

    private CohortFile(
            String text,
            Path root,
            SortedMap<String, SortedMap<String, String>> rows,
            SortedSet<String> columns) {
        this.text = text;
        this.root = root;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Reads a cohort table.
     *
     * @param root where relative paths start; null means the folder of the table
     * @throws IllegalArgumentException if the table is absent or broken, a row has no usable exam
     *     name, a name comes twice, or there is no image column; with the line
     */
    public static CohortFile read(Path file, Path root) {
        Csv csv = csv(file);
        if (!csv.header().contains("exam")) {
            throw new IllegalArgumentException(
                    csv.name()
                            + ", line 1: there is no column \"exam\"; "
                            + Spelling.hint("exam", csv.header()));
        }
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        SortedMap<String, String> folders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Csv.Row row : csv.rows()) {
            SortedMap<String, String> cells = new TreeMap<>();
            for (int c = 0; c < csv.header().size(); c++) {
                cells.put(csv.header().get(c), row.cells().get(c));
            }
            String id = cells.get("exam");
            String at = csv.name() + ", line " + row.line();
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException(
                        at
                                + ": \""
                                + id
                                + "\" cannot name an exam: use letters, digits, point, minus and"
                                + " underscore, at most 100, the first a letter or digit.");
            }
            if (rows.put(id, cells) != null) {
                throw new IllegalArgumentException(
                        at
                                + ": exam "
                                + id
                                + " stands in the table twice; give each row its own name.");
            }
            String other = folders.put(id, id);
            if (other != null) {
                throw new IllegalArgumentException(
                        at
                                + ": exam "
                                + id
                                + " differs from exam "
                                + other
                                + " in capitals only; some disks cannot tell their folders apart."
                                + " Give it another name.");
            }
        }
        if (csv.header().stream().noneMatch(c -> c.startsWith("image."))) {
            throw new IllegalArgumentException(
                    csv.name()
                            + ", line 1: there is no column image.NAME (image.ct, image.pet, …).");
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(csv.name() + ": there is no exam in the table.");
        }
        Path start = root != null ? root : file.toAbsolutePath().getParent();
        return new CohortFile(contents(file), start, rows, new TreeSet<>(csv.header()));
    }

    /** A table that cannot be read is no exam that failed: nothing has been read yet. */
    private static Csv csv(Path file) {
        try {
            return Csv.read(file);
        } catch (DataException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Returns a table of one exam, from a trace. */
    public static CohortFile ofRow(String id, SortedMap<String, String> cells, Path root) {
        SortedMap<String, SortedMap<String, String>> rows = new TreeMap<>();
        rows.put(id, cells);
        return ofRows(rows, root);
    }

    /** Returns a table of the exams that traces tell of, by their names. */
    public static CohortFile ofRows(SortedMap<String, SortedMap<String, String>> rows, Path root) {
        SortedSet<String> columns = new TreeSet<>();
        rows.values().forEach(cells -> columns.addAll(cells.keySet()));
        return new CohortFile(String.join(" ", rows.keySet()), root, rows, columns);
    }

    private static String contents(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Returns the text of the table, to recognise it. */
    public String text() {
        return text;
    }

    /** Returns where relative paths start. */
    public Path root() {
        return root;
    }

    /** Returns all exams, sorted. */
    public List<String> ids() {
        return List.copyOf(rows.keySet());
    }

    /** Returns the cells of an exam by column. */
    public SortedMap<String, String> row(String id) {
        return rows.get(id);
    }

    /** Returns the files that an exam names, for a message. */
    public String files(String id) {
        List<String> files = new ArrayList<>();
        rows.get(id)
                .forEach(
                        (column, cell) -> {
                            if (column.startsWith("image.") && !cell.isEmpty()) {
                                files.add(cell);
                            }
                        });
        return String.join(" ", files);
    }

    /**
     * Says before anything is read whether the table has the columns that a recipe names.
     *
     * @throws IllegalArgumentException if it lacks one; the message says which was likely meant
     */
    public void check(Recipe recipe) {
        recipe.imageNames().forEach(name -> need("image." + name));
        recipe.maskNames().forEach(name -> need("mask." + name));
        recipe.cohortColumns().forEach(this::need);
    }

    private void need(String column) {
        if (!columns.contains(column)) {
            throw new IllegalArgumentException(
                    "the recipe needs the column \""
                            + column
                            + "\" of the cohort table; "
                            + Spelling.hint(column, columns));
        }
    }

    /** Returns the exams with the images and masks that a recipe names. */
    public Cohort<Exam> of(Recipe recipe) {
        SortedSet<String> images = new TreeSet<>(recipe.imageNames());
        if (images.isEmpty()) {
            columns.stream()
                    .filter(c -> c.startsWith("image."))
                    .forEach(c -> images.add(c.substring(6)));
        }
        return new ExamFiles(this, images, recipe.maskNames());
    }

    /** Returns the columns of an exam that are neither files nor about files. */
    SortedMap<String, String> covariates(String id) {
        SortedMap<String, String> covariates = new TreeMap<>();
        for (Map.Entry<String, String> cell : rows.get(id).entrySet()) {
            String column = cell.getKey();
            int point = column.indexOf('.');
            String prefix = point < 0 ? column : column.substring(0, point);
            boolean file =
                    point >= 0 && PREFIXES.contains(prefix)
                            || column.equals("calibration")
                            || column.equals("detectorCalibration");
            if (!file && !column.equals("exam")) {
                covariates.put(column, cell.getValue());
            }
        }
        return covariates;
    }
}
