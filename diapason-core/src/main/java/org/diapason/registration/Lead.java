package org.diapason.registration;

import org.diapason.volume.Affine;

/**
 * How much better two images fit in one place than in another.
 *
 * @param share of the metric that the other place lacks, less than 0 where it fits better
 * @param deviations the lead in its standard deviations: had other parts of the fixed image been
 *     seen, it would have been another; told by the boxes of {@link Samples#cell}, as {@link
 *     TargetError} does; 0 where one box tells nothing
 */
record Lead(double share, double deviations) {
    /** Of a place that is alone. */
    static final Lead ALONE = new Lead(1, Double.POSITIVE_INFINITY);

    static Lead of(Metric metric, Affine place, Affine other) {
        double[] here = metric.shares(place);
        double[] there = metric.shares(other);
        double sumHere = 0;
        double sumThere = 0;
        int count = 0;
        for (int c = 0; c < here.length; c++) {
            sumHere += here[c];
            sumThere += there[c];
            count += here[c] != 0 || there[c] != 0 ? 1 : 0;
        }
        double lead = sumHere - sumThere;
        double mean = lead / Math.max(1, count);
        double squares = 0;
        for (int c = 0; c < here.length; c++) {
            if (here[c] != 0 || there[c] != 0) {
                double off = here[c] - there[c] - mean;
                squares += off * off;
            }
        }
        double deviation = count > 1 ? Math.sqrt(squares * count / (count - 1.0)) : 0;
        double most = Math.max(Math.abs(sumHere), Math.abs(sumThere));
        return new Lead(most > 0 ? lead / most : 0, deviation > 0 ? lead / deviation : 0);
    }
}
