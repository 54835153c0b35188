package org.diapason.math;

import java.util.function.IntToDoubleFunction;
import org.diapason.volume.Numbers;

/**
 * Exact histogram matching: {@code T = F_Y⁻¹(F_X)}, for both readings of a cumulative share.
 *
 * <p>{@code F_Y⁻¹} of n ordered values is straight between the value of rank r at the share {@code
 * (r + ½)/n} ({@link Cdf#MID_RANK}), or between the distinct values at the shares {@code (number up
 * to and with the value)/n} ({@link Cdf#UPPER}), and flat outside.
 */
public final class HistogramMap {
    /** Up to this many distinct values every one is a knot. */
    public static final int MOST_KNOTS = StraightPieces.MOST_KNOTS;

    /** A source with more is thinned to this many: a table that stays in the second cache. */
    static final int THINNED = 16_384;

    /** Of these, the lowest and the highest values themselves, this many each. */
    private static final int ENDS = 1_024;

    private static final int BLOCK = 1 << 18;

    private HistogramMap() {}

    /** Ordered values whose cumulative shares are inverted. */
    private record Reference(int size, IntToDoubleFunction value, Cdf cdf) {

        /** Returns the value at a share of {@code part/whole}; products are exact below 2⁵³. */
        double at(double part, double whole) {
            double at = part * size / whole;
            return cdf == Cdf.UPPER ? upper(at) : midRank(at - 0.5);
        }

        private double midRank(double at) {
            int last = size - 1;
            if (at <= 0 || last == 0) {
                return value.applyAsDouble(0);
            }
            int low = Math.min(last - 1, (int) at);
            double y = value.applyAsDouble(low);
            return y + Math.min(1, at - low) * (value.applyAsDouble(low + 1) - y);
        }

        private double upper(double at) {
            int rank = (int) Math.min(size, at) - 1;
            if (rank < 0) {
                return value.applyAsDouble(0);
            }
            double y = value.applyAsDouble(rank);
            int end = end(rank);
            if (end <= rank + 1) {
                if (end == size) {
                    return y;
                }
                return y + (at - end) / (end(end) - end) * (value.applyAsDouble(end) - y);
            }
            int start = start(rank);
            if (start == 0) {
                return y;
            }
            double before = value.applyAsDouble(start - 1);
            return before + (at - start) / (end - start) * (y - before);
        }

        /** Returns the first rank with the value of the given one. */
        private int start(int rank) {
            double y = value.applyAsDouble(rank);
            int low = -1;
            int high = rank;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (value.applyAsDouble(middle) == y) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return high;
        }

        /** Returns the rank after the last with the value of the given one. */
        private int end(int rank) {
            double y = value.applyAsDouble(rank);
            int low = rank;
            int high = size;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (value.applyAsDouble(middle) == y) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return high;
        }
    }

    /**
     * Returns quantiles at equally spaced shares: {@code (q + ½)/count} for mid-ranks, {@code (q +
     * 1)/count} for upper shares.
     *
     * @throws IllegalArgumentException if count is below 2
     */
    public static Numbers quantiles(SortedFloats values, int count, Cdf cdf) {
        if (count < 2) {
            throw new IllegalArgumentException("needs at least 2 quantiles, got " + count);
        }
        Reference own = new Reference(values.size(), values::get, cdf);
        double[] out = new double[count];
        for (int q = 0; q < count; q++) {
            out[q] = cdf == Cdf.UPPER ? own.at(q + 1, count) : own.at(q + 0.5, count);
        }
        return Numbers.of(out);
    }

    /**
     * Returns the map of source values onto a reference known by its quantiles.
     *
     * @param quantiles those of {@link #quantiles} for the same reading, not decreasing; at least 2
     */
    public static StraightPieces of(SortedFloats source, Numbers quantiles, Cdf cdf) {
        if (quantiles.size() < 2) {
            throw new IllegalArgumentException("needs at least 2 quantiles");
        }
        return of(source, new Reference(quantiles.size(), quantiles::get, cdf), cdf);
    }

    /** Returns the map of source values onto all values of a reference. */
    public static StraightPieces of(SortedFloats source, SortedFloats reference, Cdf cdf) {
        return of(source, new Reference(reference.size(), reference::get, cdf), cdf);
    }

    private static StraightPieces of(SortedFloats source, Reference reference, Cdf cdf) {
        int n = source.size();
        int blocks = (n + BLOCK - 1) / BLOCK;
        int[] seen = new int[blocks + 1]; // distinct values before each block
        Parallel.forEach(
                blocks,
                b -> {
                    int distinct = 0;
                    for (int v = Math.max(1, b * BLOCK); v < end(b, n); v++) {
                        distinct += source.rises(v) ? 1 : 0;
                    }
                    seen[b + 1] = distinct;
                });
        seen[0] = 1;
        for (int b = 0; b < blocks; b++) {
            seen[b + 1] += seen[b];
        }
        int distinct = seen[blocks];
        double[] from = new double[distinct <= MOST_KNOTS ? distinct : THINNED];
        double[] to = new double[from.length];
        Parallel.forEach(
                blocks,
                b -> {
                    int number = b == 0 ? -1 : seen[b] - 1;
                    int knot = firstDue(number + 1, distinct, from.length);
                    int next = due(knot, distinct, from.length);
                    for (int v = b * BLOCK; v < end(b, n) && knot < from.length; v++) {
                        number += v == 0 || source.rises(v) ? 1 : 0;
                        if (number < next || v > 0 && !source.rises(v)) {
                            continue;
                        }
                        int end = v + 1;
                        while (end < n && !source.rises(end)) {
                            end++;
                        }
                        from[knot] = source.get(v);
                        to[knot] =
                                cdf == Cdf.UPPER
                                        ? reference.at(end, n)
                                        : reference.at((v + (double) end) / 2, n);
                        next = due(++knot, distinct, from.length);
                    }
                });
        return StraightPieces.of(from, to, Tails.CLAMP);
    }

    private static int end(int block, int n) {
        return (int) Math.min(n, (block + 1L) * BLOCK);
    }

    /**
     * Which distinct value a knot is: all of them, or all at both ends and equally many between.
     */
    private static int due(int knot, int distinct, int knots) {
        if (knots == distinct || knot < ENDS) {
            return knot;
        }
        if (knot >= knots - ENDS) {
            return distinct - (knots - knot);
        }
        return ENDS + (int) ((long) (knot - ENDS) * (distinct - 2 * ENDS) / (knots - 2 * ENDS));
    }

    private static int firstDue(int number, int distinct, int knots) {
        int low = -1;
        int high = knots;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (due(middle, distinct, knots) < number) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
