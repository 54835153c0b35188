package org.diapason.stats;

import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Numbers;

/**
 * Where the sensitivity lies at each specificity, with 95 of 100 draws of a bootstrap, place by
 * place: positive and negative rows drawn apart, or clusters.
 *
 * @param falseAlarms 1 − specificity, 0, 0.01 … 1
 * @param low the percentile 2.5 of the sensitivity there
 * @param high the percentile 97.5
 */
public record RocBand(Numbers falseAlarms, Numbers low, Numbers high) {
    private static final int PLACES = 101;

    /** Draws the band; arrays are not modified. */
    public static RocBand of(
            double[] scores, boolean[] positive, Clusters clusters, int draws, long seed) {
        Resample sample = new Resample(positive, clusters);
        double[][] drawn = new double[PLACES][draws];
        Parallel.forEach(
                draws,
                d -> {
                    int[] rows = sample.draw(new Rng(Rng.seed(seed, "draw " + d)));
                    double[] at = sensitivities(rows, scores, positive);
                    for (int n = 0; n < PLACES; n++) {
                        drawn[n][d] = at[n];
                    }
                });
        double[] place = new double[PLACES];
        double[] low = new double[PLACES];
        double[] high = new double[PLACES];
        for (int n = 0; n < PLACES; n++) {
            place[n] = n / (PLACES - 1.0);
            low[n] = Quantiles.of(drawn[n], 0.025);
            high[n] = Quantiles.of(drawn[n], 0.975);
        }
        return new RocBand(Numbers.of(place), Numbers.of(low), Numbers.of(high));
    }

    private static double[] sensitivities(int[] rows, double[] scores, boolean[] positive) {
        double[] s = new double[rows.length];
        boolean[] y = new boolean[rows.length];
        for (int r = 0; r < rows.length; r++) {
            s[r] = scores[rows[r]];
            y[r] = positive[rows[r]];
        }
        Roc roc = Roc.of(s, y);
        double[] at = new double[PLACES];
        int last = roc.threshold().size() - 1;
        int point = last; // from none called positive downwards; false alarms rise
        for (int n = 0; n < PLACES; n++) {
            double wanted = n / (PLACES - 1.0);
            while (point > 0 && 1 - roc.specificity().get(point - 1) <= wanted) {
                point--;
            }
            double from = 1 - roc.specificity().get(point);
            at[n] = roc.sensitivity().get(point);
            if (point > 0 && wanted > from) {
                double to = 1 - roc.specificity().get(point - 1);
                double rise = roc.sensitivity().get(point - 1) - at[n];
                at[n] += rise * (wanted - from) / (to - from);
            }
        }
        return at;
    }
}
