package org.diapason.gate;

import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.Clusters;
import org.diapason.stats.Estimate;
import org.diapason.stats.Resample;
import org.diapason.stats.Roc;

/**
 * Where to act, from what a false alarm and a miss cost and how common the disease is where the
 * model works.
 *
 * <p>On probabilities that are calibrated there, {@code t = C_FP/(C_FP + C_FN)}, whatever the
 * prevalence (costs are net of what a right decision costs). On other scores the threshold is that
 * of the least {@code π C_FN (1 − sensitivity) + (1 − π) C_FP (1 − specificity)} on the ROC curve;
 * the lowest of equal ones. A row is called where {@code score ≥ threshold}.
 *
 * <p>What it reaches on the rows it was found on flatters it. What to expect of others is
 * cross-fitted: found on nine tenths of the rows ({@link Resample#folds}), tried on the rest, ten
 * times ten. Intervals of the threshold are percentiles of those of bootstrap draws; of net
 * benefit, percentiles of the draws at the threshold found; of sensitivity and specificity
 * Wilson's, or of rows in clusters Student's, cut to 0 … 1.
 *
 * @param value the threshold; infinite where acting on nobody (or all) is best
 * @param sensitivity at the threshold, in the rows it was found on
 * @param specificity likewise
 * @param expectedSensitivity cross-fitted; NaN where a fold leaves one outcome only
 * @param expectedSpecificity likewise
 * @param cost expected cost per row, in the rows it was found on
 * @param expectedCost likewise, cross-fitted
 * @param netBenefit {@code π sensitivity − (1 − π)(1 − specificity) C_FP/C_FN}, in true positives
 *     per row; not finite where a miss costs nothing
 * @param all that of acting on everybody; on nobody it is 0
 */
public record Threshold(
        Estimate value,
        Estimate sensitivity,
        Estimate specificity,
        double expectedSensitivity,
        double expectedSpecificity,
        double cost,
        double expectedCost,
        Estimate netBenefit,
        double all) {
    private static final int REPEATS = 10;
    private static final int FOLDS = 10;

    /**
     * Returns the probability above which acting costs less.
     *
     * @throws IllegalArgumentException if a cost is negative, or both are 0
     */
    public static double ofProbability(double falsePositive, double falseNegative) {
        check(falsePositive, falseNegative, 0.5);
        return falsePositive / (falsePositive + falseNegative);
    }

    private static void check(double falsePositive, double falseNegative, double prevalence) {
        boolean costs =
                falsePositive >= 0
                        && falseNegative >= 0
                        && falsePositive + falseNegative > 0
                        && falsePositive + falseNegative < Double.POSITIVE_INFINITY;
        if (!costs || !(prevalence > 0 && prevalence < 1)) {
            throw new IllegalArgumentException(
                    "a threshold needs costs that are not negative nor both 0 and a prevalence"
                            + " between 0 and 1, got "
                            + falsePositive
                            + ", "
                            + falseNegative
                            + " and "
                            + prevalence);
        }
    }

    /**
     * Returns the threshold of least cost on scores; arrays are not modified.
     *
     * @param prevalence where the model is to work
     * @param draws of the bootstrap; 0 for none
     */
    public static Threshold ofScores(
            double[] scores,
            boolean[] positive,
            Clusters clusters,
            double falsePositive,
            double falseNegative,
            double prevalence,
            int draws,
            long seed) {
        check(falsePositive, falseNegative, prevalence);
        Prices prices = new Prices(prevalence * falseNegative, (1 - prevalence) * falsePositive);
        Roc.Point found = least(Roc.of(scores, positive), prices);
        Resample sample = new Resample(positive, clusters);
        double[] value = new double[draws];
        double[] saved = new double[draws];
        Parallel.forEach(
                draws,
                d -> {
                    int[] rows = sample.draw(new Rng(Rng.seed(seed, "draw " + d)));
                    double[] s = new double[rows.length];
                    boolean[] y = new boolean[rows.length];
                    for (int r = 0; r < s.length; r++) {
                        s[r] = scores[rows[r]];
                        y[r] = positive[rows[r]];
                    }
                    Roc.Point own = least(Roc.of(s, y), prices);
                    double[] there = rates(s, y, found.threshold());
                    value[d] = own.threshold();
                    saved[d] = worth(prices.of(there[0], there[1]), falseNegative, prevalence);
                });
        double[] others = crossFitted(scores, positive, sample, prices, seed);
        double cost = prices.of(found.sensitivity(), found.specificity());
        return new Threshold(
                between(found.threshold(), value),
                share(scores, positive, true, found, clusters),
                share(scores, positive, false, found, clusters),
                others[0],
                others[1],
                cost,
                prices.of(others[0], others[1]),
                Estimate.ofDraws(worth(cost, falseNegative, prevalence), saved),
                worth(prices.of(1, 0), falseNegative, prevalence));
    }

    /** What misses and alarms cost per row, times how often they could happen. */
    private record Prices(double miss, double alarm) {
        double of(double sensitivity, double specificity) {
            return miss * (1 - sensitivity) + alarm * (1 - specificity);
        }
    }

    private static double worth(double cost, double falseNegative, double prevalence) {
        return prevalence - cost / falseNegative;
    }

    /** Returns the net benefit to expect of other rows. */
    public double expectedNetBenefit(double falseNegative, double prevalence) {
        return worth(expectedCost, falseNegative, prevalence);
    }

    /** Returns sensitivity and specificity on rows on which the threshold was not found. */
    private static double[] crossFitted(
            double[] scores, boolean[] positive, Resample sample, Prices prices, long seed) {
        double[][] right = new double[REPEATS][];
        Parallel.forEach(
                REPEATS,
                k -> {
                    int[] fold = sample.folds(FOLDS, new Rng(Rng.seed(seed, "folds " + k)));
                    double[] counts = new double[4]; // right and all of each side
                    for (int f = 0; f < FOLDS; f++) {
                        tried(scores, positive, fold, f, prices, counts);
                    }
                    right[k] = new double[] {counts[0] / counts[2], counts[1] / counts[3]};
                });
        double[] mean = new double[2];
        for (double[] own : right) {
            mean[0] += own[0] / REPEATS;
            mean[1] += own[1] / REPEATS;
        }
        return mean;
    }

    private static void tried(
            double[] scores,
            boolean[] positive,
            int[] fold,
            int held,
            Prices prices,
            double[] counts) {
        int kept = 0;
        for (int f : fold) {
            kept += f == held ? 0 : 1;
        }
        double[] s = new double[kept];
        boolean[] y = new boolean[kept];
        int yes = 0;
        int at = 0;
        for (int r = 0; r < fold.length; r++) {
            if (fold[r] != held) {
                s[at] = scores[r];
                y[at++] = positive[r];
                yes += positive[r] ? 1 : 0;
            }
        }
        double threshold =
                yes == 0 || yes == kept ? Double.NaN : least(Roc.of(s, y), prices).threshold();
        for (int r = 0; r < fold.length; r++) {
            if (fold[r] == held) {
                int side = positive[r] ? 0 : 1;
                boolean called = scores[r] >= threshold;
                counts[side] +=
                        Double.isNaN(threshold) ? Double.NaN : called == positive[r] ? 1 : 0;
                counts[2 + side]++;
            }
        }
    }

    /** By rank: an infinite threshold cannot be interpolated. */
    private static Estimate between(double value, double[] drawn) {
        if (drawn.length == 0) {
            return new Estimate(value, Double.NaN, Double.NaN);
        }
        java.util.Arrays.sort(drawn);
        int low = (int) Math.floor(0.025 * (drawn.length - 1));
        int high = (int) Math.ceil(0.975 * (drawn.length - 1));
        return new Estimate(value, drawn[low], drawn[high]);
    }

    /** Returns sensitivity and specificity of a threshold. */
    private static double[] rates(double[] scores, boolean[] positive, double threshold) {
        double[] right = new double[2];
        double[] all = new double[2];
        for (int r = 0; r < scores.length; r++) {
            int side = positive[r] ? 0 : 1;
            all[side]++;
            right[side] += scores[r] >= threshold == positive[r] ? 1 : 0;
        }
        return new double[] {right[0] / all[0], right[1] / all[1]};
    }

    private static Estimate share(
            double[] scores, boolean[] positive, boolean which, Roc.Point at, Clusters clusters) {
        int[] rows =
                java.util.stream.IntStream.range(0, positive.length)
                        .filter(r -> positive[r] == which)
                        .toArray();
        double[] right = new double[rows.length];
        double sum = 0;
        for (int r = 0; r < rows.length; r++) {
            right[r] = scores[rows[r]] >= at.threshold() == which ? 1 : 0;
            sum += right[r];
        }
        if (clusters.apart()) {
            return Estimate.ofShare(sum, rows.length);
        }
        Estimate mean = clusters.of(rows).mean(right);
        return new Estimate(mean.value(), Math.max(0, mean.low()), Math.min(1, mean.high()));
    }

    private static Roc.Point least(Roc roc, Prices prices) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < roc.threshold().size(); n++) {
            double cost = prices.of(roc.sensitivity().get(n), roc.specificity().get(n));
            if (cost < least - 1e-12 * (prices.miss + prices.alarm)) {
                least = cost;
                best = n;
            }
        }
        return new Roc.Point(
                roc.threshold().get(best),
                roc.sensitivity().get(best),
                roc.specificity().get(best));
    }
}
