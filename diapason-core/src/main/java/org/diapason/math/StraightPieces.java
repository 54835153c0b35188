package org.diapason.math;

import org.diapason.volume.Numbers;

/**
 * A map of values: straight between knots, and beyond them as its {@link Tails} say. The knots
 * rise; what they become may fall.
 */
public final class StraightPieces {
    /** The most knots a map can have. */
    public static final int MOST_KNOTS = 1 << 16;

    /** Fewer make the search longer, more push the table out of the second cache. */
    private static final int BUCKETS_PER_KNOT = 8;

    private static final int BLOCK = 1 << 16;

    private final double[] from;
    private final double[] to;
    private final Tails tails;

    /** Buckets are equal steps of value: they say where to search for a knot, not what is found. */
    private final double bucketsPerUnit;

    /**
     * The last knot that lies in an earlier bucket than b, or the first knot, at b; one entry more
     * than buckets.
     */
    private final char[] below;

    private StraightPieces(double[] from, double[] to, Tails tails) {
        this.from = from;
        this.to = to;
        this.tails = tails;
        int last = from.length - 1;
        int buckets = BUCKETS_PER_KNOT * from.length;
        double width = from[last] - from[0];
        bucketsPerUnit = width > 0 ? (buckets - 1) / width : 0;
        below = new char[buckets + 1];
        int knot = 0;
        for (int b = 0; b <= buckets; b++) {
            while (knot < last && bucket(from[knot + 1]) < b) {
                knot++;
            }
            below[b] = (char) knot;
        }
    }

    /**
     * Returns the map through the given knots; the arrays are kept, do not write to them.
     *
     * @param from finite and rising; one knot alone has no line that could go on
     * @param to finite, as many
     */
    public static StraightPieces of(double[] from, double[] to, Tails tails) {
        int least = tails == Tails.EXTEND ? 2 : 1;
        boolean fits =
                from.length >= least && from.length <= MOST_KNOTS && from.length == to.length;
        for (int k = 0; fits && k < from.length; k++) {
            fits =
                    Double.isFinite(from[k])
                            && Double.isFinite(to[k])
                            && (k == 0 || from[k] > from[k - 1]);
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "a map needs "
                            + least
                            + " to 65536 finite knots, rising, and as many values, got "
                            + from.length
                            + " and "
                            + to.length);
        }
        return new StraightPieces(from, to, tails);
    }

    /** Returns the map through the given knots; beyond them the outer lines go on. */
    public static StraightPieces of(Numbers from, Numbers to) {
        return of(from.toArray(), to.toArray(), Tails.EXTEND);
    }

    private int bucket(double x) {
        return (int) ((x - from[0]) * bucketsPerUnit);
    }

    /** Returns the mapped values; NaN stays NaN. Does not modify its input. */
    public float[] apply(float[] values) {
        float[] out = new float[values.length];
        Parallel.forEach(
                (int) ((values.length + BLOCK - 1L) / BLOCK),
                b -> {
                    int end = (int) Math.min(values.length, (b + 1L) * BLOCK);
                    for (int v = b * BLOCK; v < end; v++) {
                        out[v] = (float) at(values[v]);
                    }
                });
        return out;
    }

    /** Returns what one value becomes; NaN stays NaN. */
    public double at(double x) {
        int last = from.length - 1;
        if (!(x > from[0] && x < from[last])) {
            return outside(x);
        }
        int bucket = bucket(x);
        int low = below[bucket];
        // two steps that need no guess of the processor; few buckets hold more than two knots
        low += from[low + 1] <= x ? 1 : 0;
        low += from[low + 1] <= x ? 1 : 0;
        if (from[low + 1] <= x) {
            low = search(x, low + 1, below[bucket + 1] + 1);
        }
        double f = (x - from[low]) / (from[low + 1] - from[low]);
        return to[low] + f * (to[low + 1] - to[low]);
    }

    /** Returns the last knot at or below x, which lies from low to before high. */
    private int search(double x, int low, int high) {
        int first = low;
        int after = Math.min(high, from.length - 1);
        while (after - first > 1) {
            int middle = (first + after) >>> 1;
            if (from[middle] <= x) {
                first = middle;
            } else {
                after = middle;
            }
        }
        return first;
    }

    private double outside(double x) {
        int last = from.length - 1;
        if (x != x) {
            return x;
        }
        boolean left = x <= from[0];
        double knot = left ? to[0] : to[last];
        if (tails == Tails.CLAMP) {
            return knot;
        }
        return left ? knot + (x - from[0]) * slope(0) : knot + (x - from[last]) * slope(last - 1);
    }

    private double slope(int knot) {
        return (to[knot + 1] - to[knot]) / (from[knot + 1] - from[knot]);
    }

    /** Returns the mean of what the values become. */
    public double meanOf(double[] values) {
        double sum = 0;
        for (double x : values) {
            sum += at(x);
        }
        return sum / values.length;
    }

    /** Returns the number of knots. */
    public int knots() {
        return from.length;
    }

    /** Returns where the knots lie. */
    public Numbers from() {
        return Numbers.of(from);
    }

    /** Returns what the knots become. */
    public Numbers to() {
        return Numbers.of(to);
    }

    /** Returns the steepest rise between neighbouring knots: how far the map can stretch noise. */
    public double steepest() {
        double most = 0;
        for (int n = 0; n < from.length - 1; n++) {
            most = Math.max(most, slope(n));
        }
        return most;
    }
}
