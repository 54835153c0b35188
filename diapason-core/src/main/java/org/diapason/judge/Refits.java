package org.diapason.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.step.Judge;
import org.diapason.volume.FeatureTable;
import org.diapason.volume.RefusedException;

/** What is found by fitting the table operations anew: intervals and shares on unseen rows. */
final class Refits {
    private static final int MAX_DRAWS = 20;

    private final FeatureTable before;
    private final Coding coding;
    private final Judge.Refit<FeatureTable> refit;
    private final long seed;
    private final Draws draws;
    private final AtomicInteger refused = new AtomicInteger();
    private final Set<String> leftOut = new ConcurrentSkipListSet<>();

    Refits(FeatureTable before, Coding coding, Judge.Refit<FeatureTable> refit, long seed) {
        this.before = before;
        this.coding = coding;
        this.refit = refit;
        this.seed = seed;
        draws = coding.draws(before);
    }

    /** Returns how many draws were refused and replaced by others. */
    int refused() {
        return refused.get();
    }

    /** Ratios {@code [contrast][feature][draw]}, NaN where undefined. */
    record Ratios(double[][][] kept, double[][][] within) {}

    /** Returns kept and within of every feature in every draw; each draw contains its own fit. */
    Ratios bootstrap(int count) {
        int features = before.features().size();
        int contrasts = coding.contrasts().size();
        Ratios ratios =
                new Ratios(
                        new double[contrasts][features][count],
                        new double[contrasts][features][count]);
        Parallel.forEach(
                count,
                b -> {
                    Rng rng = new Rng(Rng.seed(seed, "bootstrap " + b));
                    for (int attempt = 0; attempt < MAX_DRAWS; attempt++) {
                        if (draw(rng, b, ratios)) {
                            return;
                        }
                    }
                    for (int c = 0; c < contrasts; c++) {
                        for (int f = 0; f < features; f++) {
                            ratios.kept[c][f][b] = Double.NaN;
                            ratios.within[c][f][b] = Double.NaN;
                        }
                    }
                });
        return ratios;
    }

    private boolean draw(Rng rng, int b, Ratios ratios) {
        FeatureTable rows = coding.drawn(before, draws.bootstrap(rng));
        FeatureTable changed;
        try {
            changed = refit.fit(rows).apply(rows);
        } catch (RefusedException e) {
            refused.incrementAndGet();
            return false;
        }
        Panel was = new Panel(rows, coding);
        Panel is = new Panel(changed, coding);
        for (int c = 0; c < ratios.kept.length; c++) {
            Coding.Contrast contrast = coding.contrasts().get(c);
            for (int f = 0; f < ratios.kept[c].length; f++) {
                double reference = was.coefficient(f, contrast, true);
                ratios.kept[c][f][b] = ratio(is.coefficient(f, contrast, false), reference);
                ratios.within[c][f][b] = ratio(is.coefficient(f, contrast, true), reference);
            }
        }
        return true;
    }

    private static double ratio(double after, double before) {
        return before == 0 ? Double.NaN : after / before;
    }

    /**
     * Returns the share of site {@code [feature]} on halves that the fit has not seen, mean over
     * splits, and as the last element the mean of the medians over the features that count. Exams
     * that a half has not prepared for (of a site or level it lacks) are left out of that score.
     */
    double[] heldOut(int splits, Predicate<String> counts) {
        int features = before.features().size();
        double[][] perSplit = new double[splits][];
        Parallel.forEach(
                splits,
                s -> {
                    Rng rng = new Rng(Rng.seed(seed, "half split " + s));
                    for (int attempt = 0; attempt < MAX_DRAWS && perSplit[s] == null; attempt++) {
                        perSplit[s] = split(draws.halves(rng), counts);
                    }
                });
        double[] means = new double[features + 1];
        for (int f = 0; f <= features; f++) {
            means[f] = mean(perSplit, f);
        }
        return means;
    }

    private static double mean(double[][] perSplit, int f) {
        double sum = 0;
        int count = 0;
        for (double[] shares : perSplit) {
            if (shares != null && !Double.isNaN(shares[f])) {
                sum += shares[f];
                count++;
            }
        }
        return sum / count;
    }

    /** Returns null where one half cannot be fitted. */
    private double[] split(int[][] halves, Predicate<String> counts) {
        FeatureTable a = before.rows(halves[0]);
        FeatureTable b = before.rows(halves[1]);
        try {
            double[] onB = shares(refit.fit(a), b, counts);
            double[] onA = shares(refit.fit(b), a, counts);
            for (int f = 0; f < onA.length; f++) {
                onA[f] = (onA[f] + onB[f]) / 2;
            }
            return onA;
        } catch (RefusedException e) {
            refused.incrementAndGet();
            return null;
        }
    }

    /** Returns the rows after the fit without those it refuses; it treats rows independently. */
    private FeatureTable accepted(UnaryOperator<FeatureTable> fitted, FeatureTable rows) {
        try {
            return fitted.apply(rows);
        } catch (RefusedException e) {
            int[] taken =
                    IntStream.range(0, rows.size()).filter(r -> accepts(fitted, rows, r)).toArray();
            return fitted.apply(rows.rows(taken));
        }
    }

    private boolean accepts(UnaryOperator<FeatureTable> fitted, FeatureTable rows, int r) {
        try {
            fitted.apply(rows.rows(r));
            return true;
        } catch (RefusedException e) {
            leftOut.add(rows.exam(r));
            return false;
        }
    }

    /** Returns the exams that were left out of a share on an unseen half, sorted. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    private double[] shares(
            UnaryOperator<FeatureTable> fitted, FeatureTable rows, Predicate<String> counts) {
        Panel panel = new Panel(accepted(fitted, rows), coding);
        double[] shares = SiteShare.perFeature(panel);
        double[] all = Arrays.copyOf(shares, shares.length + 1);
        all[shares.length] = SiteShare.median(panel, shares, counts);
        return all;
    }
}
