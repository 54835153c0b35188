package org.diapason.judge;

import java.util.TreeMap;

/**
 * Mean variance of biology within sites over its total variance; levels are 0 and 1 each, their
 * variances added.
 */
final class WithinOverTotal {
    private WithinOverTotal() {}

    /** Returns NaN where biology does not vary. */
    static double of(Panel panel) {
        if (panel.label() == null) {
            return Double.NaN;
        }
        double within = 0;
        double total = 0;
        for (int k = 0; k < Math.max(1, panel.classes()); k++) {
            TreeMap<String, double[]> sites = new TreeMap<>();
            double[] all = new double[3];
            for (int r = 0; r < panel.rows(); r++) {
                double x = panel.classes() == 0 ? panel.label()[r] : panel.level(r) == k ? 1 : 0;
                add(all, x);
                add(sites.computeIfAbsent(panel.site(r), s -> new double[3]), x);
            }
            total += all[2];
            for (double[] site : sites.values()) {
                within += site[2];
            }
        }
        return within / total;
    }

    /** Count, mean, centred sum of squares. */
    private static void add(double[] sums, double value) {
        sums[0]++;
        double d = value - sums[1];
        sums[1] += d / sums[0];
        sums[2] += d * (value - sums[1]);
    }
}
