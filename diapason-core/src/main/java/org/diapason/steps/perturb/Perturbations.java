package org.diapason.steps.perturb;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Extractor;
import org.diapason.step.Fold;
import org.diapason.step.Names;
import org.diapason.step.Operation;
import org.diapason.step.Recipe;
import org.diapason.step.Step;
import org.diapason.step.Trace;
import org.diapason.volume.Exam;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.Image;

/** Features of one exam, perturbed again and again. */
public final class Perturbations {
    /** The column that says which perturbation a row is, counted from 1. */
    public static final String COLUMN = "perturbation";

    private Perturbations() {}

    /**
     * Measures an exam once per perturbation. It is perturbed where raw features are measured:
     * after the steps that give values their unit, before those that harmonize.
     *
     * @param recipe image steps and extractors; nothing in it has to be learned
     * @param repeats how often, 1 or more
     * @param seed the n-th perturbation of an exam depends on it, the exam's name and n only
     * @return one row per perturbation and region; the column {@link #COLUMN} counts them
     * @throws IllegalArgumentException if an image operation learns from a cohort
     */
    public static FeatureTable of(
            Exam exam, Recipe recipe, Perturb perturb, int repeats, long seed) {
        List<Step<Exam>> before = new ArrayList<>();
        List<Step<Exam>> after = new ArrayList<>();
        for (Operation<Exam> operation : recipe.images()) {
            if (!(operation instanceof Step<Exam> step)) {
                throw new IllegalArgumentException(
                        Names.of(operation)
                                + " learns from a cohort, and perturbed exams must not teach it."
                                + " Give the fitted.json of a run as the recipe.");
            }
            boolean unit = after.isEmpty() && !step.harmonizes();
            (unit ? before : after).add(step);
        }
        Exam start = Fold.apply(before, exam, new Trace(exam.id(), seed));
        FeatureTable[] found = new FeatureTable[repeats];
        Parallel.forEach(
                repeats,
                atOnce(start),
                n -> {
                    long own = Rng.seed(seed, exam.id() + ":" + n);
                    Exam perturbed = perturb.apply(start, new Trace(exam.id(), own));
                    Trace trace = new Trace(exam.id(), own);
                    Exam ready = Fold.apply(after, perturbed, trace);
                    found[n] = numbered(measure(ready, recipe.features(), trace), n + 1);
                });
        return FeatureTable.concat(List.of(found));
    }

    /** Perturbations at a time: each takes about four times the exam (moved image, noise, maps). */
    private static int atOnce(Exam exam) {
        long bytes = 1;
        for (Image image : exam.images().values()) {
            bytes += 4L * image.volume().geometry().voxels();
        }
        long fit = Runtime.getRuntime().maxMemory() / (4 * bytes);
        return (int) Math.max(1, Math.min(Parallel.threads(), fit));
    }

    private static FeatureTable measure(Exam exam, List<Extractor> extractors, Trace trace) {
        List<FeatureTable> tables = new ArrayList<>();
        for (Extractor extractor : extractors) {
            tables.add(extractor.apply(exam, trace.child(Names.of(extractor))));
        }
        return FeatureTable.join(tables);
    }

    private static FeatureTable numbered(FeatureTable table, int number) {
        List<String> exams = new ArrayList<>();
        List<String> regions = new ArrayList<>();
        List<SortedMap<String, String>> covariates = new ArrayList<>();
        double[][] rows = new double[table.size()][];
        for (int r = 0; r < rows.length; r++) {
            exams.add(table.exam(r));
            regions.add(table.region(r));
            SortedMap<String, String> columns = new TreeMap<>(table.covariates(r));
            columns.put(COLUMN, String.valueOf(number));
            covariates.add(columns);
            rows[r] = table.row(r);
        }
        return FeatureTable.of(table.features(), exams, regions, rows, covariates);
    }
}
