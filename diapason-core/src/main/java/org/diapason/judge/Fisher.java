package org.diapason.judge;

import java.util.Map;
import java.util.TreeMap;

/**
 * Fisher's discriminant ratio of two levels within sites: (μ₁ − μ₀)²/(s₁² + s₀²), where the
 * difference is the mean over sites weighted by n₀·n₁/(n₀ + n₁) and each s² is pooled within sites.
 */
final class Fisher {
    private Fisher() {}

    /** Returns NaN where biology is not of two levels or a level has no spread within any site. */
    static double withinSite(Panel panel, int feature) {
        double[] label = panel.label();
        if (label == null) {
            return Double.NaN;
        }
        double low = java.util.Arrays.stream(label).min().getAsDouble();
        double high = java.util.Arrays.stream(label).max().getAsDouble();
        double[] y = panel.column(feature);
        Map<String, double[][]> cells = new TreeMap<>(); // per level: n, mean, squares
        for (int r = 0; r < y.length; r++) {
            if (label[r] != low && label[r] != high) {
                return Double.NaN;
            }
            if (Double.isFinite(y[r])) {
                double[][] cell = cells.computeIfAbsent(panel.site(r), s -> new double[2][3]);
                add(cell[label[r] == low ? 0 : 1], y[r]);
            }
        }
        double difference = 0;
        double weights = 0;
        double[] squares = new double[2];
        double[] df = new double[2];
        for (double[][] cell : cells.values()) {
            double both = cell[0][0] + cell[1][0];
            double weight = cell[0][0] * cell[1][0] / both;
            difference += weight * (cell[1][1] - cell[0][1]);
            weights += weight;
            for (int l = 0; l < 2; l++) {
                squares[l] += cell[l][2];
                df[l] += Math.max(0, cell[l][0] - 1);
            }
        }
        double mean = difference / weights;
        double spread = squares[0] / df[0] + squares[1] / df[1];
        return spread > 0 ? mean * mean / spread : Double.NaN;
    }

    private static void add(double[] cell, double value) {
        cell[0]++;
        double d = value - cell[1];
        cell[1] += d / cell[0];
        cell[2] += d * (value - cell[1]);
    }
}
