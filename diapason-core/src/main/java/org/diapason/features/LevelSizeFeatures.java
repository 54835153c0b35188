package org.diapason.features;

import java.util.Arrays;

/**
 * The formulas that run lengths, zone sizes, zone distances and dependence counts share: of a
 * matrix whose rows are levels i and whose columns are sizes j, both from 1.
 *
 * <p>In this order, s the counts, S their sum and p = s/S: Σ p/j², Σ p j², Σ p/i², Σ p i², Σ p/(i²
 * j²), Σ p i²/j², Σ p j²/i², Σ p i² j²; Σᵢ sᵢ²/S, Σᵢ sᵢ²/S², Σⱼ sⱼ²/S, Σⱼ sⱼ²/S²; S over the number
 * of voxels; the variances of i and j; the entropy in bits; and the energy Σ p², which only the
 * dependence matrix has.
 */
final class LevelSizeFeatures {
    private LevelSizeFeatures() {}

    /** Returns the features by the rules of the manual. */
    static double[] of(Counts s, double voxels) {
        return of(s, voxels, Rules.IBSI);
    }

    /**
     * Returns the features; at least one count.
     *
     * @param voxels the voxels that could have been a run, zone or dependence of their own
     */
    static double[] of(Counts s, double voxels, Rules rules) {
        double total = s.total();
        double[] level = along(s, total);
        double[] size = along(transposed(s), total);
        double[] joint = new double[4];
        double logs = 0;
        double energy = 0;
        int n = 0;
        while (n < s.size()) {
            int i = s.row(n);
            double small = 0;
            double large = 0;
            for (; n < s.size() && s.row(n) == i; n++) {
                double c = s.count(n);
                double square = square(s.column(n));
                small += c / square;
                large += c * square;
                logs += Log2.times(c);
                energy += c * c;
            }
            joint[0] += small / square(i);
            joint[1] += small * square(i);
            joint[2] += large / square(i);
            joint[3] += large * square(i);
        }
        return new double[] {
            size[0] / total,
            size[1] / total,
            level[0] / total,
            level[1] / total,
            joint[0] / total,
            joint[1] / total,
            joint[2] / total,
            joint[3] / total,
            level[2] / total,
            level[2] / (total * total),
            size[2] / total,
            size[2] / (total * total),
            total / voxels,
            level[3],
            size[3],
            Log2.shifted(Log2.entropy(logs, total), s.size(), rules.logEpsilon()),
            energy / (total * total)
        };
    }

    /** Returns Σ r/x², Σ r x², Σ r² and the variance of x, r the sum of the row x. */
    private static double[] along(Counts s, double total) {
        double[] found = new double[4];
        double[] rows = new double[s.size()];
        int[] x = new int[s.size()];
        int used = 0;
        double sum = 0;
        for (int n = 0; n < s.size(); used++) {
            x[used] = s.row(n);
            for (; n < s.size() && s.row(n) == x[used]; n++) {
                rows[used] += s.count(n);
            }
            found[0] += rows[used] / square(x[used]);
            found[1] += rows[used] * square(x[used]);
            found[2] += rows[used] * rows[used];
            sum += rows[used] * x[used];
        }
        double mean = sum / total;
        for (int r = 0; r < used; r++) {
            found[3] += rows[r] / total * ((x[r] - mean) * (x[r] - mean));
        }
        return found;
    }

    /** Returns columns as rows; of equal columns the rows do not rise, and need not. */
    private static Counts transposed(Counts s) {
        long[] order = new long[s.size()];
        for (int n = 0; n < order.length; n++) {
            order[n] = Counts.key(s.column(n), n);
        }
        Arrays.sort(order);
        double[] count = new double[order.length];
        for (int n = 0; n < order.length; n++) {
            count[n] = s.count((int) order[n]);
        }
        return new Counts(order, count, order.length);
    }

    private static double square(int x) {
        return (double) x * x;
    }
}
