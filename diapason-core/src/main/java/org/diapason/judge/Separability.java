package org.diapason.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.DeLong;
import org.diapason.stats.Quantiles;
import org.diapason.stats.ShrunkDiscriminant;
import org.diapason.step.Judge;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/**
 * How well a classifier tells sites, and cases from the others, from features it has not seen: area
 * under the ROC curve of a shrunk linear discriminant, 0.5 by chance.
 *
 * <p>Folds are drawn within site × biology; the table steps are fitted to the rows that teach, and
 * each fold is scored alone: scores of different folds have different origins, and pooling them
 * makes shares of nothing. Several sites: each against all others, mean.
 */
final class Separability {
    static final int FOLDS = 5;
    static final int REPEATS = 4;

    private final FeatureTable before;
    private final Coding coding;
    private final Judge.Refit<FeatureTable> refit;
    private final int[] counted;
    private final long seed;

    /** Median of biology, for a number. */
    private final double middle;

    Separability(
            FeatureTable before,
            Coding coding,
            Judge.Refit<FeatureTable> refit,
            Predicate<String> counts,
            long seed) {
        this.before = before;
        this.coding = coding;
        this.refit = refit;
        this.seed = seed;
        double[] label = new Panel(before, coding).label();
        middle = label == null ? Double.NaN : Quantiles.median(label);
        List<String> features = before.features();
        counted =
                IntStream.range(0, features.size())
                        .filter(f -> counts.test(features.get(f)))
                        .toArray();
    }

    /**
     * Areas under the curve.
     *
     * @param site mean over sites, each against the others
     * @param biology of two levels, mean over levels, each against the others, or of a number above
     *     its median against the others; NaN where it does not vary
     */
    record Areas(double site, double biology) {}

    /**
     * Returns the areas where so much of the change is made: 0 is before, 1 is after the table
     * steps, one entry per part asked for.
     */
    Areas[] of(double... parts) {
        double[][][] found = new double[REPEATS * FOLDS][][];
        Draws draws = coding.draws(before);
        Parallel.forEach(
                REPEATS,
                repeat -> {
                    Rng rng = new Rng(Rng.seed(seed, "folds " + repeat));
                    int[] fold = draws.folds(FOLDS, rng);
                    for (int k = 0; k < FOLDS; k++) {
                        found[repeat * FOLDS + k] = fold(fold, k, parts);
                    }
                });
        Areas[] areas = new Areas[parts.length];
        for (int a = 0; a < parts.length; a++) {
            areas[a] = new Areas(mean(found, a, 0), mean(found, a, 1));
        }
        return areas;
    }

    private static double mean(double[][][] found, int part, int kind) {
        return Arrays.stream(found)
                .filter(f -> !Double.isNaN(f[part][kind]))
                .mapToDouble(f -> f[part][kind])
                .average()
                .orElse(Double.NaN);
    }

    /**
     * Returns NaN for all but the rows as they came where the steps refuse the rows that teach or
     * those that are scored.
     */
    private double[][] fold(int[] fold, int k, double[] parts) {
        FeatureTable teach = before.rows(rows(fold, r -> fold[r] != k));
        FeatureTable score = before.rows(rows(fold, r -> fold[r] == k));
        FeatureTable taught = null;
        FeatureTable scored = null;
        try {
            var fitted = refit.fit(teach);
            taught = fitted.apply(teach);
            scored = fitted.apply(score);
        } catch (RefusedException e) {
            scored = null;
        }
        Panel teachers = new Panel(teach, coding);
        Panel others = new Panel(score, coding);
        double[][] areas = new double[parts.length][];
        for (int a = 0; a < parts.length; a++) {
            if (scored == null && parts[a] > 0) {
                areas[a] = new double[] {Double.NaN, Double.NaN};
                continue;
            }
            double[][] x = mixed(teach, scored == null ? teach : taught, parts[a]);
            double[] centre = fill(x, null);
            double[][] y = mixed(score, scored == null ? score : scored, parts[a]);
            fill(y, centre);
            areas[a] =
                    new double[] {
                        area(x, sites(teachers, teachers), y, sites(others, teachers)),
                        area(x, levels(teachers), y, levels(others))
                    };
        }
        return areas;
    }

    private static int[] rows(int[] fold, java.util.function.IntPredicate wanted) {
        return IntStream.range(0, fold.length).filter(wanted).toArray();
    }

    private double[][] mixed(FeatureTable was, FeatureTable is, double part) {
        double[][] rows = new double[was.size()][counted.length];
        for (int r = 0; r < rows.length; r++) {
            for (int f = 0; f < counted.length; f++) {
                double start = was.row(r)[counted[f]];
                rows[r][f] = start + part * (is.row(r)[counted[f]] - start);
            }
        }
        return rows;
    }

    /** Fills what is not finite with the means of the rows that teach, which are returned. */
    private static double[] fill(double[][] rows, double[] means) {
        double[] centre = means == null ? new double[rows[0].length] : means;
        for (int f = 0; f < centre.length; f++) {
            int column = f;
            if (means == null) {
                centre[f] =
                        Arrays.stream(rows)
                                .mapToDouble(r -> r[column])
                                .filter(Double::isFinite)
                                .average()
                                .orElse(0);
            }
            for (double[] row : rows) {
                row[f] = Double.isFinite(row[f]) ? row[f] : centre[f];
            }
        }
        return centre;
    }

    /** Returns the mean area of each class against the others; NaN where none can be scored. */
    private static double area(double[][] x, int[] taught, double[][] y, int[] scored) {
        int[] classes = Arrays.stream(taught).distinct().sorted().toArray();
        int count = classes.length;
        if (count < 2) {
            return Double.NaN;
        }
        int[] known = Arrays.stream(taught).map(c -> Arrays.binarySearch(classes, c)).toArray();
        int[] truth = Arrays.stream(scored).map(c -> Arrays.binarySearch(classes, c)).toArray();
        ShrunkDiscriminant rule = ShrunkDiscriminant.of(x, known, count);
        double[][] p = new double[y.length][];
        for (int r = 0; r < y.length; r++) {
            p[r] = rule.probabilities(y[r]);
        }
        List<Double> areas = new ArrayList<>();
        for (int k = count == 2 ? 1 : 0; k < count; k++) {
            boolean[] is = new boolean[y.length];
            double[] score = new double[y.length];
            int positives = 0;
            for (int r = 0; r < y.length; r++) {
                is[r] = truth[r] == k;
                positives += is[r] ? 1 : 0;
                score[r] = p[r][k];
            }
            if (positives > 0 && positives < y.length) {
                areas.add(DeLong.of(score, is).auc());
            }
        }
        return areas.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static int[] sites(Panel panel, Panel names) {
        int[] sites = new int[panel.rows()];
        for (int r = 0; r < sites.length; r++) {
            sites[r] = names.siteNames().indexOf(panel.site(r));
        }
        return sites;
    }

    /** Returns the level of biology of every row; of a number whether it is above the middle. */
    private int[] levels(Panel panel) {
        int[] levels = new int[panel.rows()];
        for (int r = 0; r < levels.length && panel.label() != null; r++) {
            levels[r] = panel.classes() > 0 ? panel.level(r) : panel.label()[r] > middle ? 1 : 0;
        }
        return levels;
    }
}
