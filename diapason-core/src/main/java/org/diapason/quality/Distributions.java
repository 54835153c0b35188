package org.diapason.quality;

import java.util.List;
import org.diapason.math.SortedFloats;

/** How far apart the values of two images lie, wherever they stand; both have equally many. */
final class Distributions {
    private Distributions() {}

    /** Largest distance of the cumulative shares (Kolmogorov-Smirnov), and mean distance (W1). */
    static Measured[] of(List<Pair> channels) {
        if (Pair.none(channels)) {
            return new Measured[] {
                Measured.none(Metric.KS, Differences.NONE),
                Measured.none(Metric.W1, Differences.NONE)
            };
        }
        SortedFloats x = sorted(channels, true);
        SortedFloats y = sorted(channels, false);
        return new Measured[] {
            Measured.fixed(Metric.KS, largest(x, y), ""), Measured.fixed(Metric.W1, mean(x, y), "")
        };
    }

    private static SortedFloats sorted(List<Pair> channels, boolean ofX) {
        int n = 0;
        for (Pair pair : channels) {
            for (int v = 0; v < pair.x.length; v++) {
                n += pair.counts(v) ? 1 : 0;
            }
        }
        float[] values = new float[n];
        int at = 0;
        for (Pair pair : channels) {
            float[] from = ofX ? pair.x : pair.y;
            for (int v = 0; v < from.length; v++) {
                if (pair.counts(v)) {
                    values[at++] = from[v];
                }
            }
        }
        return SortedFloats.of(values);
    }

    private static double largest(SortedFloats x, SortedFloats y) {
        int n = x.size();
        int i = 0;
        int j = 0;
        int most = 0;
        while (i < n && j < n) {
            float at = Math.min(x.get(i), y.get(j));
            while (i < n && x.get(i) <= at) {
                i++;
            }
            while (j < n && y.get(j) <= at) {
                j++;
            }
            most = Math.max(most, Math.abs(i - j));
        }
        return (double) most / n;
    }

    /** With as many values in both, those of one rank are moved to each other. */
    private static double mean(SortedFloats x, SortedFloats y) {
        double sum = 0;
        for (int r = 0; r < x.size(); r++) {
            sum += Math.abs((double) x.get(r) - y.get(r));
        }
        return sum / x.size();
    }
}
