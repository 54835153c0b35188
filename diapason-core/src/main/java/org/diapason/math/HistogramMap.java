package org.diapason.math;

import org.diapason.volume.Numbers;

/**
 * Exact histogram matching: {@code T = F_Y⁻¹(F_X)} with mid-rank cumulative shares.
 *
 * <p>The share of a value is {@code (number below + half the number equal)/n}, so ties are averaged
 * and the map is monotone. The reference is given by its quantiles at the equally spaced mid-rank
 * shares {@code (q + ½)/Q}; between them, and between the knots of the map, lines are straight;
 * beyond the first and last knot the map is flat.
 */
public final class HistogramMap {
    /** A source with more distinct values is thinned to this many knots, at equal ranks. */
    public static final int MOST_KNOTS = 65_536;

    private static final int BUCKETS_PER_KNOT = 4;

    private final float[] from;
    private final float[] to;

    /** Buckets are equal steps of value: they say where to search for a knot, not what is found. */
    private final double bucketsPerUnit;

    /** The last knot that lies in an earlier bucket than b, at b; one entry more than buckets. */
    private final int[] below;

    private HistogramMap(float[] from, float[] to) {
        this.from = from;
        this.to = to;
        int last = from.length - 1;
        int buckets = BUCKETS_PER_KNOT * from.length;
        double width = (double) from[last] - from[0];
        bucketsPerUnit = width > 0 ? (buckets - 1) / width : 0;
        below = new int[buckets + 1];
        int knot = 0;
        for (int b = 0; b <= buckets; b++) {
            while (knot < last && bucket(from[knot + 1]) < b) {
                knot++;
            }
            below[b] = knot;
        }
    }

    private int bucket(float x) {
        return (int) (((double) x - from[0]) * bucketsPerUnit);
    }

    /**
     * Returns the quantiles of finite values at the shares {@code (q + ½)/count}, straight between
     * mid-ranks. Does not modify its input.
     *
     * @throws IllegalArgumentException if there is no value or count is below 2
     */
    public static Numbers quantiles(float[] values, int count) {
        if (values.length == 0 || count < 2) {
            throw new IllegalArgumentException(
                    "needs values and at least 2 quantiles, got "
                            + values.length
                            + " values and "
                            + count
                            + " quantiles");
        }
        float[] sorted = values.clone();
        FloatSort.sort(sorted);
        double[] out = new double[count];
        int n = sorted.length;
        for (int q = 0; q < count; q++) {
            double at = Math.max(0, Math.min(n - 1, (q + 0.5) / count * n - 0.5));
            int low = (int) at;
            int high = Math.min(n - 1, low + 1);
            out[q] = sorted[low] + (at - low) * ((double) sorted[high] - sorted[low]);
        }
        return Numbers.of(out);
    }

    /**
     * Returns the map of finite source values onto a reference. Does not modify its input.
     *
     * @param source values; at least one, none NaN
     * @param referenceQuantiles at equally spaced mid-rank shares, not decreasing; at least 2
     */
    public static HistogramMap of(float[] source, Numbers referenceQuantiles) {
        if (source.length == 0 || referenceQuantiles.size() < 2) {
            throw new IllegalArgumentException("needs source values and at least 2 quantiles");
        }
        float[] sorted = source.clone();
        FloatSort.sort(sorted);
        int distinct = 0;
        for (int v = 0; v < sorted.length; v++) {
            distinct += v == 0 || sorted[v] > sorted[v - 1] ? 1 : 0;
        }
        float[] from = new float[Math.min(distinct, MOST_KNOTS)];
        float[] to = new float[from.length];
        int knots = 0;
        int seen = 0;
        for (int v = 0; v < sorted.length; ) {
            int end = v + 1;
            while (end < sorted.length && sorted[end] == sorted[v]) {
                end++;
            }
            // keeps the first and the last value, and between them every distinct/MOST_KNOTS-th
            long due =
                    distinct <= 1
                            ? 0
                            : (long) knots * (distinct - 1) / Math.max(1, from.length - 1);
            if (seen == due) {
                from[knots] = sorted[v];
                to[knots++] = (float) at(referenceQuantiles, (v + end) / 2.0 / sorted.length);
            }
            seen++;
            v = end;
        }
        return new HistogramMap(from, to);
    }

    private static double at(Numbers quantiles, double share) {
        int last = quantiles.size() - 1;
        double at = Math.max(0, Math.min(last, share * quantiles.size() - 0.5));
        int low = Math.min(last - 1, (int) at);
        return quantiles.get(low) + (at - low) * (quantiles.get(low + 1) - quantiles.get(low));
    }

    /** Returns the mapped values; NaN stays NaN. Does not modify its input. */
    public float[] apply(float[] values) {
        float[] out = new float[values.length];
        int block = 1 << 16;
        Parallel.forEach(
                (values.length + block - 1) / block,
                b -> {
                    int end = Math.min(values.length, (b + 1) * block);
                    for (int v = b * block; v < end; v++) {
                        out[v] = apply(values[v]);
                    }
                });
        return out;
    }

    private float apply(float x) {
        if (x != x) {
            return x;
        }
        int last = from.length - 1;
        if (x <= from[0]) {
            return to[0];
        }
        if (x >= from[last]) {
            return to[last];
        }
        int bucket = bucket(x);
        int low = below[bucket];
        int high = Math.min(last, below[bucket + 1] + 1);
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (from[middle] <= x) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double f = ((double) x - from[low]) / ((double) from[high] - from[low]);
        return (float) (to[low] + f * ((double) to[high] - to[low]));
    }

    /** Returns the number of knots. */
    public int knots() {
        return from.length;
    }

    /** Returns the steepest rise between neighbouring knots: how far the map can stretch noise. */
    public double steepest() {
        double most = 0;
        for (int n = 1; n < from.length; n++) {
            most = Math.max(most, ((double) to[n] - to[n - 1]) / ((double) from[n] - from[n - 1]));
        }
        return most;
    }
}
