package org.diapason.judge;

import java.util.TreeMap;

/** Mean variance of biology within sites over its total variance. */
final class WithinOverTotal {
    private WithinOverTotal() {}

    /** Returns NaN where biology does not vary. */
    static double of(Panel panel) {
        double[] label = panel.label();
        if (label == null) {
            return Double.NaN;
        }
        TreeMap<String, double[]> sites = new TreeMap<>();
        double[] all = new double[3];
        for (int r = 0; r < label.length; r++) {
            add(all, label[r]);
            add(sites.computeIfAbsent(panel.site(r), s -> new double[3]), label[r]);
        }
        double within = 0;
        for (double[] site : sites.values()) {
            within += site[2];
        }
        return within / all[2];
    }

    /** Count, mean, centred sum of squares. */
    private static void add(double[] sums, double value) {
        sums[0]++;
        double d = value - sums[1];
        sums[1] += d / sums[0];
        sums[2] += d * (value - sums[1]);
    }
}
