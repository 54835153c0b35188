package org.diapason.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The share of events over the predicted probability: a smooth curve and ten bins, the reliability
 * diagram and the errors drawn from it ({@link Calibration}).
 */
public final class CalibrationCurve {
    static final int PLACES = 1001;
    static final int BOOTSTRAP_PLACES = 101;
    private static final int BINS = 10;
    private static final int MOST_POINTS = 20_000;
    private static final int GROUPS = 5000;
    private static final double SHARE = 0.75;

    private CalibrationCurve() {}

    /** Returns the smooth curve for a picture: places and the share of events at them. */
    public static double[][] of(double[] p, boolean[] event) {
        return of(p, outcomes(event), places(p, BOOTSTRAP_PLACES));
    }

    static double[] outcomes(boolean[] event) {
        double[] y = new double[event.length];
        for (int r = 0; r < y.length; r++) {
            y[r] = event[r] ? 1 : 0;
        }
        return y;
    }

    /** Returns the expected calibration error over the bins. */
    static double ece(double[] p, double[] y) {
        double[] off = new double[BINS];
        for (int r = 0; r < p.length; r++) {
            off[bin(p[r])] += p[r] - y[r];
        }
        double sum = 0;
        for (double o : off) {
            sum += Math.abs(o);
        }
        return sum / p.length;
    }

    private static int bin(double p) {
        return Math.min(BINS - 1, (int) (p * BINS));
    }

    /** Returns the distinct probabilities in order, or as many quantiles of all. */
    static double[] places(double[] p, int most) {
        double[] sorted = p.clone();
        Arrays.sort(sorted);
        double[] distinct = distinct(sorted);
        if (distinct.length < most) {
            return distinct;
        }
        double[] places = new double[most];
        for (int q = 0; q < most; q++) {
            places[q] = sorted[(int) ((long) q * (sorted.length - 1) / (most - 1))];
        }
        return distinct(places);
    }

    private static double[] distinct(double[] sorted) {
        double[] distinct = new double[sorted.length];
        int n = 0;
        for (double v : sorted) {
            if (n == 0 || v != distinct[n - 1]) {
                distinct[n++] = v + 0.0; // -0 is 0
            }
        }
        return Arrays.copyOf(distinct, n);
    }

    /** Returns places and the smooth share of events at them, cut to 0 … 1. */
    static double[][] of(double[] p, double[] y, double[] places) {
        double[][] points = p.length > MOST_POINTS ? grouped(p, y) : new double[][] {p, y};
        double[] smooth = Loess.smooth(points[0], points[1], SHARE, places);
        for (int n = 0; n < smooth.length; n++) {
            smooth[n] = Math.max(0, Math.min(1, smooth[n]));
        }
        return new double[][] {places, smooth};
    }

    /** Returns the mean p and share of events of groups of equal size in the order of p. */
    private static double[][] grouped(double[] p, double[] y) {
        long[] sorted = new long[p.length]; // the bits of p ≥ 0 sort as p does; y is the last bit
        for (int r = 0; r < sorted.length; r++) {
            sorted[r] = Double.doubleToRawLongBits(p[r] + 0.0) << 1 | (y[r] > 0.5 ? 1 : 0);
        }
        Arrays.sort(sorted);
        double[][] means = new double[2][GROUPS];
        for (int g = 0; g < GROUPS; g++) {
            int from = (int) ((long) g * sorted.length / GROUPS);
            int to = (int) ((g + 1L) * sorted.length / GROUPS);
            for (int r = from; r < to; r++) {
                means[0][g] += Double.longBitsToDouble(sorted[r] >>> 1) / (to - from);
                means[1][g] += (sorted[r] & 1) / (double) (to - from);
            }
        }
        return means;
    }

    /** Returns |p − smooth(p)| of every row, straight between places. */
    static double[] distances(double[] p, double[][] curve) {
        double[] off = new double[p.length];
        for (int r = 0; r < off.length; r++) {
            int at = Arrays.binarySearch(curve[0], p[r] + 0.0);
            double smooth;
            if (at >= 0) {
                smooth = curve[1][at];
            } else {
                int next = Math.max(1, Math.min(curve[0].length - 1, -at - 1));
                double part = (p[r] - curve[0][next - 1]) / (curve[0][next] - curve[0][next - 1]);
                smooth = curve[1][next - 1] + part * (curve[1][next] - curve[1][next - 1]);
            }
            off[r] = Math.abs(p[r] - smooth);
        }
        return off;
    }

    /**
     * A bin of the reliability diagram.
     *
     * @param n rows in it
     * @param predicted their mean probability
     * @param observed their share of events, with the interval of Wilson
     */
    public record Bin(int n, double predicted, Estimate observed) {}

    /** Returns the ten bins of equal width, those without rows left out. */
    public static List<Bin> bins(double[] p, boolean[] event) {
        int[] n = new int[BINS];
        double[] sum = new double[BINS];
        double[] events = new double[BINS];
        for (int r = 0; r < p.length; r++) {
            n[bin(p[r])]++;
            sum[bin(p[r])] += p[r];
            events[bin(p[r])] += event[r] ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            if (n[b] > 0) {
                bins.add(new Bin(n[b], sum[b] / n[b], Estimate.ofShare(events[b], n[b])));
            }
        }
        return bins;
    }
}
