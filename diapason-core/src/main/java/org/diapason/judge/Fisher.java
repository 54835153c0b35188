package org.diapason.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.diapason.stats.ShrunkDiscriminant;

/**
 * Fisher's discriminant ratio within sites. Of two levels per feature: (μ₁ − μ₀)²/(s₁² + s₀²),
 * where the difference is the mean over sites weighted by n₀·n₁/(n₀ + n₁) and each s² is pooled
 * within sites. Of more levels, or of a number, per feature: the variance of what is biology's in
 * the model with site, over the variance of what is left. Of all features together: tr(Sw⁻¹·Sb), Sb
 * the covariance of what is biology's, Sw that of what is left, shrunk.
 */
final class Fisher {
    private Fisher() {}

    /** Returns NaN where biology does not vary or nothing is left beside it. */
    static double withinSite(Panel panel, int feature) {
        if (panel.label() == null) {
            return Double.NaN;
        }
        if (panel.classes() != 2) {
            double[] part = panel.biologyPart(feature);
            double left = part == null ? 0 : squares(panel.residualsWithinSite(feature));
            return left > 0 ? squares(part) / left : Double.NaN;
        }
        double[] y = panel.column(feature);
        Map<String, double[][]> cells = new TreeMap<>(); // per level: n, mean, squares
        for (int r = 0; r < y.length; r++) {
            if (Double.isFinite(y[r])) {
                double[][] cell = cells.computeIfAbsent(panel.site(r), s -> new double[2][3]);
                add(cell[panel.level(r)], y[r]);
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

    private static double squares(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v;
        }
        return sum;
    }

    /**
     * Returns tr(Sw⁻¹·Sb) over the features that count and are complete; NaN where there is none or
     * biology does not vary.
     */
    static double trace(Panel panel, Predicate<String> counts) {
        List<double[]> left = new ArrayList<>();
        List<double[]> parts = new ArrayList<>();
        for (int f = 0; f < panel.features().size(); f++) {
            double[] part = counts.test(panel.features().get(f)) ? panel.biologyPart(f) : null;
            if (part != null && part.length == panel.rows()) {
                left.add(panel.residualsWithinSite(f));
                parts.add(part);
            }
        }
        if (left.isEmpty()) {
            return Double.NaN;
        }
        // a row that stands for those with the same biology, and how many
        Map<Double, int[]> kinds = new TreeMap<>();
        for (int r = 0; r < panel.rows(); r++) {
            int row = r;
            kinds.computeIfAbsent(panel.label()[r], k -> new int[] {row, 0})[1]++;
        }
        double[][] between = new double[kinds.size()][left.size()];
        double[] weights = new double[kinds.size()];
        int k = 0;
        for (int[] kind : kinds.values()) {
            for (int f = 0; f < left.size(); f++) {
                between[k][f] = parts.get(f)[kind[0]];
            }
            weights[k++] = (double) kind[1] / panel.rows();
        }
        double[][] within = new double[panel.rows()][left.size()];
        for (int r = 0; r < within.length; r++) {
            for (int f = 0; f < left.size(); f++) {
                within[r][f] = left.get(f)[r];
            }
        }
        return ShrunkDiscriminant.ratio(within, between, weights);
    }

    private static void add(double[] cell, double value) {
        cell[0]++;
        double d = value - cell[1];
        cell[1] += d / cell[0];
        cell[2] += d * (value - cell[1]);
    }
}
