package org.diapason.stats;

import org.diapason.math.Parallel;
import org.diapason.math.Rng;

/**
 * The area under the part of a ROC curve that matters, with intervals of 95 % by bootstrap.
 *
 * <p>Corrected as in McClish 1989, Medical Decision Making 9(3):190–195,
 * doi:10.1177/0272989X8900900307: {@code ½ (1 + (area − least)/(most − least))}, where least is the
 * area under the diagonal over the range and most that of a perfect score; ½ is chance, 1 is
 * perfect. It is NaN where the part lies below the diagonal.
 *
 * <p>Draws are stratified: as many positive and negative rows as there are; of rows in clusters,
 * clusters are drawn, again where a draw lacks a class. Intervals are the percentiles of the draws
 * (type 7).
 *
 * @param area the part itself; at most {@code to − from}
 * @param low lower end of its interval
 * @param high upper end of its interval
 * @param corrected the part after McClish
 * @param correctedLow lower end of its interval, over the draws that have one
 * @param correctedHigh upper end of its interval
 */
public record PartialAuc(
        double area,
        double low,
        double high,
        double corrected,
        double correctedLow,
        double correctedHigh) {

    /**
     * Returns the part over a range of specificity or sensitivity.
     *
     * @param draws of the bootstrap
     * @throws IllegalArgumentException if the range is empty or not within 0 … 1
     */
    public static PartialAuc of(
            double[] scores,
            boolean[] positive,
            Clusters clusters,
            Roc.Axis axis,
            double from,
            double to,
            int draws,
            long seed) {
        if (!(from >= 0 && to <= 1 && from < to)) {
            throw new IllegalArgumentException(
                    "the part of a curve needs 0 ≤ from < to ≤ 1, got " + from + " and " + to);
        }
        Placements.check(scores, positive);
        int[] rank = new int[scores.length];
        int steps = Roc.ranks(scores, rank).length;
        Resample sample = new Resample(positive, clusters);
        double[] area = new double[draws];
        double[] corrected = new double[draws];
        Parallel.forEach(
                draws,
                d -> {
                    double[][] counts = new double[2][steps];
                    for (int r : sample.draw(new Rng(Rng.seed(seed, "draw " + d)))) {
                        counts[positive[r] ? 1 : 0][rank[r]]++;
                    }
                    area[d] = part(counts[1], counts[0], axis, from, to);
                    corrected[d] = correct(area[d], from, to);
                });
        double whole = Roc.of(scores, positive).area(axis, from, to);
        return new PartialAuc(
                whole,
                Quantiles.of(area, 0.025),
                Quantiles.of(area, 0.975),
                correct(whole, from, to),
                Quantiles.of(corrected, 0.025),
                Quantiles.of(corrected, 0.975));
    }

    private static double part(double[] high, double[] low, Roc.Axis axis, double from, double to) {
        int m = (int) java.util.Arrays.stream(high).sum();
        int n = (int) java.util.Arrays.stream(low).sum();
        double[] sensitivity = new double[high.length + 1];
        double[] specificity = new double[high.length + 1];
        Roc.axes(high, low, m, n, sensitivity, specificity);
        return axis == Roc.Axis.SPECIFICITY
                ? Roc.part(specificity, sensitivity, from, to)
                : Roc.part(Roc.reversed(sensitivity), Roc.reversed(specificity), from, to);
    }

    private static double correct(double area, double from, double to) {
        double most = to - from;
        double least = most * (2 - from - to) / 2;
        return !(area >= least) ? Double.NaN : (1 + (area - least) / (most - least)) / 2;
    }
}
