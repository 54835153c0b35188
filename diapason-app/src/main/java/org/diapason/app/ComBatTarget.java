package org.diapason.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.io.InputFile;
import org.diapason.io.Text;
import org.diapason.io.run.ComBatFile;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Term;

/**
 * Applies a model that protects what is to be predicted without looking at a row's own value of it:
 * once per value that it may have (Nieto and others 2024, arXiv:2410.19643), or as the mean of
 * these by their shares of the fit, which is the mean effect since effects add up.
 */
final class ComBatTarget {
    /** Values up to which a number is taken for classes. */
    private static final int MOST_CLASSES = 10;

    private ComBatTarget() {}

    /**
     * Returns the target of a fit, where a term protects it.
     *
     * @throws RefusedException if it is protected as a curve
     */
    static Optional<ComBatFile.Target> of(
            Optional<String> column, List<String> protect, FeatureTable table) {
        if (column.isEmpty() || !isProtected(column.get(), protect)) {
            return Optional.empty();
        }
        String name = column.get();
        if (Term.list(protect).stream().anyMatch(t -> t.smooth() && t.columns().contains(name))) {
            throw new RefusedException(
                    "--target "
                            + name
                            + " is protected as a curve, whose mean effect is not the effect of a mean."
                            + " Protect it as a straight line or by levels.");
        }
        SortedMap<String, Integer> counts = new TreeMap<>();
        double sum = 0;
        boolean numbers = true;
        for (int r = 0; r < table.size(); r++) {
            String text = table.covariate(r, name);
            counts.merge(text, 1, Integer::sum);
            double value = Numbers.parse(text).orElse(Double.NaN);
            numbers &= !Double.isNaN(value);
            sum += value;
        }
        if (numbers && counts.size() > MOST_CLASSES) {
            counts.clear();
            counts.put(Text.of(sum / table.size()), table.size());
        }
        return Optional.of(
                new ComBatFile.Target(
                        name,
                        List.copyOf(counts.keySet()),
                        Numbers.of(counts.values().stream().mapToDouble(n -> n).toArray())));
    }

    static boolean isProtected(String column, List<String> protect) {
        return Term.list(protect).stream().anyMatch(t -> t.columns().contains(column));
    }

    /** Returns rows harmonized as if each had the given value of the target. */
    static FeatureTable pretend(
            Step<FeatureTable> model,
            FeatureTable table,
            String column,
            String value,
            Trace trace) {
        return model.apply(with(table, column, value), trace);
    }

    /** Returns the same rows with one text in a column. */
    static FeatureTable with(FeatureTable table, String column, String value) {
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            exams.add(table.exam(r));
            regions.add(table.region(r));
            SortedMap<String, String> texts = new TreeMap<>(table.covariates(r));
            texts.put(column, value);
            covariates.add(texts);
            rows[r] = table.row(r);
        }
        return FeatureTable.of(table.features(), exams, regions, rows, covariates);
    }

    /** Returns rows harmonized with the mean effect of the target over the fit. */
    static FeatureTable blind(
            Step<FeatureTable> model, FeatureTable table, ComBatFile.Target target, Trace trace) {
        double total = 0;
        for (int v = 0; v < target.rows().size(); v++) {
            total += target.rows().get(v);
        }
        double[][] mean = new double[table.size()][table.features().size()];
        for (int v = 0; v < target.values().size(); v++) {
            double share = target.rows().get(v) / total;
            String value = target.values().get(v);
            Trace said = v == 0 ? trace : new Trace();
            FeatureTable one = pretend(model, table, target.column(), value, said);
            for (int r = 0; r < mean.length; r++) {
                for (int f = 0; f < mean[r].length; f++) {
                    mean[r][f] += share * one.row(r)[f];
                }
            }
        }
        return table.withRows(mean);
    }

    /**
     * Returns where the rows go as if they had each value: {@code out.VALUE.csv}.
     *
     * @throws RefusedException if there are too many values, or two give the same name
     */
    static Map<String, Path> files(ComBatFile.Target target, Path out) {
        if (target.values().size() < 2) {
            throw new RefusedException(
                    "--pretend-target: "
                            + target.column()
                            + " has one value, or more than "
                            + MOST_CLASSES
                            + " different numbers, and a table per value needs 2 to "
                            + MOST_CLASSES
                            + ". Leave the option out: rows then get its mean effect.");
        }
        String name = InputFile.name(out);
        int dot = name.lastIndexOf('.');
        String stem = dot < 1 ? name : name.substring(0, dot);
        String end = dot < 1 ? "" : name.substring(dot);
        Map<String, Path> files = new LinkedHashMap<>();
        Set<Path> seen = new LinkedHashSet<>();
        for (String value : target.values()) {
            String safe = value.replaceAll("[^A-Za-z0-9._-]", "_");
            files.put(value, out.resolveSibling(stem + "." + safe + end));
            if (!seen.add(files.get(value))) {
                throw new RefusedException(
                        "--pretend-target: two values of "
                                + target.column()
                                + " would be written to "
                                + InputFile.name(files.get(value))
                                + ". Rename one.");
            }
        }
        return files;
    }
}
