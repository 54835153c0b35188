package org.diapason.table;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.diapason.stats.RandomTerm;
import org.diapason.volume.Design;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/** The rows of a fit: their batches, their subjects, and their covariates as numbers. */
final class RepeatedRows {
    final FeatureTable table;

    /** Names of the batches, sorted. */
    final List<String> batches;

    /** Names of the subjects, sorted. */
    final List<String> subjects;

    /** Place of each row's batch. */
    final int[] batchOf;

    /** Place of each row's subject. */
    final int[] subjectOf;

    /** Rows of each batch. */
    final int[] exams;

    final Design design;

    /** {@code [row][number of the design]}. */
    final double[][] codes;

    /** Columns whose effects vary from subject to subject: ones, and a slope where asked for. */
    private final double[][] varying;

    RepeatedRows(LongComBat settings, FeatureTable table) {
        this.table = table;
        int n = table.size();
        String[] batch = names(n, r -> settings.shrinking().batchOf(table, r));
        String[] subject = names(n, r -> subjectOf(table, r, settings.subject()));
        batches = List.copyOf(new TreeSet<>(List.of(batch)));
        subjects = List.copyOf(new TreeSet<>(List.of(subject)));
        batchOf = places(batch, batches);
        subjectOf = places(subject, subjects);
        exams = new int[batches.size()];
        Arrays.stream(batchOf).forEach(b -> exams[b]++);
        design = Design.of(table, settings.protect());
        codes = new double[n][];
        Arrays.setAll(codes, r -> design.encode(table, r));
        varying = new double[settings.randomSlope().isPresent() ? 2 : 1][n];
        Arrays.fill(varying[0], 1);
        settings.randomSlope()
                .ifPresent(slope -> Arrays.setAll(varying[1], r -> time(table, r, slope)));
    }

    private static String[] names(int rows, IntFunction<String> name) {
        return IntStream.range(0, rows).mapToObj(name).toArray(String[]::new);
    }

    private static int[] places(String[] names, List<String> sorted) {
        return Arrays.stream(names).mapToInt(n -> Collections.binarySearch(sorted, n)).toArray();
    }

    /** Returns how many effects a subject has. */
    int width() {
        return varying.length;
    }

    /**
     * Returns the random effects of some rows, and of further ones that no subject has an effect
     * on.
     */
    RandomTerm random(int[] which, int more) {
        int[] group = new int[which.length + more];
        double[][] columns = new double[width()][group.length];
        for (int k = 0; k < group.length; k++) {
            group[k] = subjectOf[which[k < which.length ? k : 0]];
            for (int c = 0; c < columns.length && k < which.length; c++) {
                columns[c][k] = varying[c][which[k]];
            }
        }
        return RandomTerm.of(group, columns);
    }

    /** Returns the subject of a row. */
    static String subjectOf(FeatureTable table, int row, String column) {
        String name = table.covariate(row, column);
        if (name.isEmpty()) {
            throw new RefusedException(
                    "exam "
                            + table.exam(row)
                            + ": column "
                            + column
                            + " is missing, so its subject is unknown. Fill it in or leave this exam"
                            + " out.");
        }
        return name;
    }

    /** Returns the number whose effect varies between subjects. */
    static double time(FeatureTable table, int row, String column) {
        return Numbers.parse(table.covariate(row, column))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        "exam "
                                                + table.exam(row)
                                                + ": column "
                                                + column
                                                + " of random-slope is \""
                                                + table.covariate(row, column)
                                                + "\", and a number is needed. Correct it or leave"
                                                + " this exam out."));
    }
}
