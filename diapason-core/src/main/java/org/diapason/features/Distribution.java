package org.diapason.features;

import java.util.Arrays;

/**
 * A sample as its distinct values in rising order, each with how often it occurs.
 *
 * <p>Sums run over rising values, so they do not depend on the order of the voxels: a turned or
 * mirrored image gives the same bits. Percentiles interpolate linearly between order statistics at
 * {@code (n − 1) p} (type 7 of Hyndman and Fan 1996). A single value has no skewness and no
 * kurtosis: both are 0, as the manual sets. What else is 0/0 is NaN.
 */
final class Distribution {
    private final double[] x;
    private final long[] count;
    private final long total;
    private final double mean;
    private final double variance;

    private Distribution(double[] x, long[] count) {
        this.x = x;
        this.count = count;
        total = Arrays.stream(count).sum();
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            sum += count[b] * x[b];
        }
        mean = x.length == 1 ? x[0] : sum / total;
        variance = centralMoment(2);
    }

    /** Returns the distribution of finite values; at least one. Does not modify them. */
    static Distribution of(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] x = new double[sorted.length];
        long[] count = new long[sorted.length];
        int used = 0;
        for (float v : sorted) {
            // + 0.0 turns −0 into 0, which compares equal but prints otherwise
            if (used == 0 || v != x[used - 1]) {
                x[used++] = v + 0.0;
            }
            count[used - 1]++;
        }
        return new Distribution(Arrays.copyOf(x, used), Arrays.copyOf(count, used));
    }

    /** Returns the distribution of levels 1 … n given how often each occurs. */
    static Distribution ofLevels(int[] perLevel) {
        int used = (int) Arrays.stream(perLevel).filter(c -> c > 0).count();
        double[] x = new double[used];
        long[] count = new long[used];
        int b = 0;
        for (int level = 0; level < perLevel.length; level++) {
            if (perLevel[level] > 0) {
                x[b] = level + 1;
                count[b++] = perLevel[level];
            }
        }
        return new Distribution(x, count);
    }

    long total() {
        return total;
    }

    double mean() {
        return mean;
    }

    double variance() {
        return variance;
    }

    double min() {
        return x[0];
    }

    double max() {
        return x[x.length - 1];
    }

    double skewness() {
        return variance == 0 ? 0 : centralMoment(3) / (variance * Math.sqrt(variance));
    }

    /** Returns the kurtosis by its rule: less 3, so 0 for a normal distribution, or plain. */
    double kurtosis(Rules rules) {
        return variance == 0 ? 0 : rules.kurtosis(centralMoment(4) / (variance * variance) - 3);
    }

    /** Returns the percentile at a fraction of 0 … 1. */
    double percentile(double fraction) {
        double place = (total - 1) * fraction;
        long below = (long) Math.floor(place);
        double low = ordered(below);
        double high = ordered(Math.min(below + 1, total - 1));
        return low + (place - below) * (high - low);
    }

    double meanAbsoluteDeviation() {
        return absoluteDeviation(mean);
    }

    double medianAbsoluteDeviation() {
        return absoluteDeviation(percentile(0.5));
    }

    /** Returns the mean absolute deviation of what lies from the 10th to the 90th percentile. */
    double robustMeanAbsoluteDeviation() {
        double p10 = percentile(0.1);
        double p90 = percentile(0.9);
        int from = 0;
        int to = x.length;
        while (from < x.length && x[from] < p10) {
            from++;
        }
        while (to > from && x[to - 1] > p90) {
            to--;
        }
        if (from == to) {
            return Double.NaN;
        }
        return new Distribution(
                        Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(count, from, to))
                .meanAbsoluteDeviation();
    }

    /** Returns the standard deviation over the mean; NaN where the mean is 0. */
    double coefficientOfVariation() {
        return mean == 0 ? Double.NaN : Math.sqrt(variance) / mean;
    }

    /** Returns (P75 − P25)/(P75 + P25); NaN where the quartiles cancel. */
    double quartileDispersion() {
        double p25 = percentile(0.25);
        double p75 = percentile(0.75);
        return p75 + p25 == 0 ? Double.NaN : (p75 - p25) / (p75 + p25);
    }

    /** Returns the sum of squares of the values plus a shift. */
    double energy(double shift) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            double moved = x[b] + shift;
            sum += count[b] * (moved * moved);
        }
        return sum;
    }

    private double centralMoment(int order) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            double d = x[b] - mean;
            double square = d * d;
            sum += count[b] * (order == 2 ? square : order == 3 ? square * d : square * square);
        }
        return sum / total;
    }

    private double absoluteDeviation(double centre) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            sum += count[b] * Math.abs(x[b] - centre);
        }
        return sum / total;
    }

    private double ordered(long rank) {
        long passed = 0;
        int b = 0;
        while (passed + count[b] <= rank) {
            passed += count[b++];
        }
        return x[b];
    }
}
