package org.diapason.gate;

import java.util.ArrayList;
import java.util.List;
import org.diapason.stats.Clusters;
import org.diapason.stats.Estimate;

/**
 * What acting on {@code p ≥ threshold} is worth, in true positives per row: {@code TP/n − FP/n ·
 * t/(1 − t)}. Acting on nobody is worth 0.
 *
 * <p>It is a mean over rows, so its interval is {@code ± 1.96 SE} of that mean; the gain over the
 * better of acting on all and on nobody is a mean of the same rows and has its own. Of rows in
 * clusters both are what clusters leave ({@link Clusters#mean}). Vickers and Elkin 2006, Medical
 * Decision Making 26(6):565–574, doi:10.1177/0272989X06295361.
 *
 * @param threshold t, above 0, below 1
 * @param model acting where the model says so
 * @param all acting on everybody
 * @param gain model less the better of all and nobody
 */
public record NetBenefit(double threshold, Estimate model, Estimate all, Estimate gain) {

    /**
     * Returns the worth at a threshold; arrays are not modified.
     *
     * @throws IllegalArgumentException if the threshold is not between 0 and 1, or there is no row
     */
    public static NetBenefit of(double[] p, boolean[] event, double threshold) {
        return of(p, event, Clusters.single(p.length), threshold);
    }

    /** Returns the worth for rows that lie in clusters. */
    public static NetBenefit of(double[] p, boolean[] event, Clusters clusters, double threshold) {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException(
                    "a threshold of net benefit must lie between 0 and 1, got " + threshold);
        }
        if (p.length < 2 || p.length != event.length) {
            throw new IllegalArgumentException(
                    "net benefit needs 2 rows, got " + p.length + " and " + event.length);
        }
        double odds = threshold / (1 - threshold);
        double[] model = new double[p.length];
        double[] all = new double[p.length];
        for (int r = 0; r < p.length; r++) {
            all[r] = event[r] ? 1 : -odds;
            model[r] = p[r] >= threshold ? all[r] : 0;
        }
        Estimate ofAll = clusters.mean(all);
        double[] gain = model.clone();
        if (ofAll.value() > 0) {
            for (int r = 0; r < gain.length; r++) {
                gain[r] -= all[r];
            }
        }
        return new NetBenefit(threshold, clusters.mean(model), ofAll, clusters.mean(gain));
    }

    /** Returns the decision curve at 0.01, 0.02 … 0.99, up to a last threshold. */
    public static List<NetBenefit> curve(
            double[] p, boolean[] event, Clusters clusters, double last) {
        List<NetBenefit> curve = new ArrayList<>();
        for (int percent = 1; percent <= 99 && percent / 100.0 <= last; percent++) {
            curve.add(of(p, event, clusters, percent / 100.0));
        }
        return curve;
    }

    /** Returns how many of a hundred rows need no action, at no fewer true positives. */
    public double avoidedOf100() {
        return 100 * (model.value() - all.value()) * (1 - threshold) / threshold;
    }
}
