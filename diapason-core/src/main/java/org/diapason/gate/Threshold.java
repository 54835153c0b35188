package org.diapason.gate;

import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.stats.Estimate;
import org.diapason.stats.Roc;

/**
 * Where to act, from what a false alarm and a miss cost and how common the disease is where the
 * model works.
 *
 * <p>On probabilities that are calibrated there, {@code t = C_FP/(C_FP + C_FN)}, whatever the
 * prevalence (costs are net of what a right decision costs). On other scores the threshold is that
 * of the least {@code π C_FN (1 − sensitivity) + (1 − π) C_FP (1 − specificity)} on the ROC curve,
 * with an interval from stratified bootstrap draws; the lowest of equal ones. A row is called where
 * {@code score ≥ threshold}.
 *
 * @param value the threshold, with its interval; infinite where acting on nobody (or all) is best
 * @param sensitivity at the threshold, in the rows it was found on
 * @param specificity likewise
 * @param cost expected cost per row there
 */
public record Threshold(Estimate value, double sensitivity, double specificity, double cost) {

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
     */
    public static Threshold ofScores(
            double[] scores,
            boolean[] positive,
            double falsePositive,
            double falseNegative,
            double prevalence,
            int draws,
            long seed) {
        check(falsePositive, falseNegative, prevalence);
        double miss = prevalence * falseNegative;
        double alarm = (1 - prevalence) * falsePositive;
        Threshold found = least(Roc.of(scores, positive), miss, alarm);
        int[] yes = rows(positive, true);
        int[] no = rows(positive, false);
        double[] drawn = new double[draws];
        Parallel.forEach(
                draws,
                d -> {
                    Rng rng = new Rng(Rng.seed(seed, "draw " + d));
                    double[] s = new double[scores.length];
                    boolean[] y = new boolean[scores.length];
                    for (int r = 0; r < s.length; r++) {
                        y[r] = r < yes.length;
                        int[] from = y[r] ? yes : no;
                        s[r] = scores[from[rng.nextInt(from.length)]];
                    }
                    drawn[d] = least(Roc.of(s, y), miss, alarm).value.value();
                });
        java.util.Arrays.sort(drawn); // by rank: an infinite one cannot be interpolated
        int low = (int) Math.floor(0.025 * (draws - 1));
        int high = (int) Math.ceil(0.975 * (draws - 1));
        return new Threshold(
                draws == 0
                        ? found.value
                        : new Estimate(found.value.value(), drawn[low], drawn[high]),
                found.sensitivity,
                found.specificity,
                found.cost);
    }

    private static int[] rows(boolean[] positive, boolean which) {
        return java.util.stream.IntStream.range(0, positive.length)
                .filter(r -> positive[r] == which)
                .toArray();
    }

    private static Threshold least(Roc roc, double miss, double alarm) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int n = 0; n < roc.threshold().size(); n++) {
            double cost = cost(roc, n, miss, alarm);
            if (cost < least - 1e-12 * (miss + alarm)) {
                least = cost;
                best = n;
            }
        }
        double value = roc.threshold().get(best);
        return new Threshold(
                new Estimate(value, Double.NaN, Double.NaN),
                roc.sensitivity().get(best),
                roc.specificity().get(best),
                cost(roc, best, miss, alarm));
    }

    private static double cost(Roc roc, int n, double miss, double alarm) {
        return miss * (1 - roc.sensitivity().get(n)) + alarm * (1 - roc.specificity().get(n));
    }
}
