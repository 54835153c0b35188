package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.stats.Normals;
import org.diapason.stats.PrincipalComponents;
import org.diapason.step.Fold;
import org.diapason.step.Trace;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/** Where {@link HiddenBatch} looks for groups: exams as points on few components. */
final class HiddenPoints {
    private static final int FEWEST_FEATURES = 4;
    private static final int MOST_COMPONENTS = 5;
    private static final double MOST_MISSING = 0.1;
    private static final String NO_BATCH = "(no batch)";

    /** Features that vary and are there. */
    final List<String> names = new ArrayList<>();

    /** What is left of them {@code [row][feature]}. */
    final double[][] residuals;

    /** {@code [row][component]}. */
    final double[][] points;

    HiddenPoints(HiddenBatch settings, FeatureTable rows) {
        residuals = residuals(settings, rows, names);
        double[][] scores = new double[rows.size()][names.size()];
        Parallel.forEach(names.size(), f -> normal(residuals, f, scores));
        points = components(scores);
    }

    /** Returns what protected terms and the known batch leave of the features that vary. */
    private static double[][] residuals(
            HiddenBatch settings, FeatureTable table, List<String> names) {
        FeatureTable rows =
                settings.batch().isPresent()
                        ? table
                        : table.withCovariate(NO_BATCH, Collections.nCopies(table.size(), "all"));
        ComBat plain =
                new ComBat(
                        settings.batch().orElse(NO_BATCH),
                        settings.protect(),
                        settings.features(),
                        ComBat.Method.NONE,
                        ComBat.MeanOnly.NO,
                        Optional.empty(),
                        3,
                        false);
        ComBatModel model =
                (ComBatModel) Fold.learn(List.of(plain), Fold.rows(rows), new Trace()).get(0);
        FeatureTable after = model.apply(rows, new Trace());
        int[] places = Columns.places(model.columns(), rows.features());
        double[][] all = new double[rows.size()][];
        for (int r = 0; r < all.length; r++) {
            all[r] = CovBatModel.residuals(model, after, r, places);
        }
        List<Integer> kept = new ArrayList<>();
        for (int f = 0; f < places.length; f++) {
            int missing = 0;
            for (double[] row : all) {
                missing += Double.isFinite(row[f]) ? 0 : 1;
            }
            if (model.sigma().get(f) > 0 && missing <= MOST_MISSING * all.length) {
                kept.add(f);
                names.add(model.columns().get(f));
            }
        }
        if (kept.size() < FEWEST_FEATURES) {
            throw new RefusedException(
                    "a hidden batch shows in many features at once, and "
                            + kept.size()
                            + (kept.size() == 1 ? " varies and has" : " vary and have")
                            + " values in nine of ten exams; at least "
                            + FEWEST_FEATURES
                            + " are needed. Give more features.");
        }
        return Arrays.stream(all)
                .map(row -> kept.stream().mapToDouble(f -> row[f]).toArray())
                .toArray(double[][]::new);
    }

    /** Replaces a column by normal deviates of its ranks (Blom's), undefined cells by 0. */
    private static void normal(double[][] values, int f, double[][] out) {
        Integer[] order =
                IntStream.range(0, values.length)
                        .filter(r -> Double.isFinite(values[r][f]))
                        .boxed()
                        .sorted(Comparator.comparingDouble(r -> values[r][f]))
                        .toArray(Integer[]::new);
        int n = order.length;
        int end;
        for (int start = 0; start < n; start = end) {
            end = start + 1;
            while (end < n && values[order[end]][f] == values[order[start]][f]) {
                end++;
            }
            double middle = (start + 1 + end) / 2.0;
            double score = Normals.quantile((middle - 0.375) / (n + 0.25));
            for (int k = start; k < end; k++) {
                out[order[k]][f] = score;
            }
        }
    }

    /**
     * Returns the scores on the leading components: those of more variance than noise has (Marčenko
     * and Pastur 1967), one at least.
     */
    private static double[][] components(double[][] scores) {
        PrincipalComponents found = PrincipalComponents.of(scores);
        double[] variances = found.variances();
        double n = scores.length;
        double features = scores[0].length;
        double edge = (1 + Math.sqrt(features / n)) * (1 + Math.sqrt(features / n));
        int q = 1;
        while (q < Math.min(MOST_COMPONENTS, variances.length) && variances[q] > edge) {
            q++;
        }
        return CovBatModel.scores(scores, Arrays.copyOf(found.directions(), q));
    }
}
