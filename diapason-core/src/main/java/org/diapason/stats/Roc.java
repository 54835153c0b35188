package org.diapason.stats;

import java.util.Arrays;
import org.diapason.volume.Numbers;

/**
 * The ROC curve of a score of which high values speak for positive: sensitivity and specificity of
 * {@code score ≥ threshold} at every place where they change.
 *
 * <p>Thresholds lie half way between neighbouring scores, from −∞ (all called positive) to ∞
 * (none). Between its points the curve is straight, so that equal scores of both classes count
 * half.
 *
 * @param positives how many rows are positive
 * @param negatives how many are not
 * @param threshold rising
 * @param sensitivity share of the positive rows at or above each threshold; falling
 * @param specificity share of the negative rows below each threshold; rising
 */
public record Roc(
        int positives, int negatives, Numbers threshold, Numbers sensitivity, Numbers specificity) {

    /** A point of the curve. */
    public record Point(double threshold, double sensitivity, double specificity) {}

    /** The axis on which a part of the curve is chosen. */
    public enum Axis {
        SPECIFICITY,
        SENSITIVITY
    }

    /**
     * Returns the curve; the arrays are not modified.
     *
     * @throws IllegalArgumentException if a score is NaN or a class is empty
     */
    public static Roc of(double[] scores, boolean[] positive) {
        int positives = Placements.check(scores, positive);
        int[] rank = new int[scores.length];
        double[] steps = ranks(scores, rank);
        double[] high = new double[steps.length];
        double[] low = new double[steps.length];
        for (int r = 0; r < scores.length; r++) {
            (positive[r] ? high : low)[rank[r]]++;
        }
        double[] threshold = new double[steps.length + 1];
        threshold[0] = Double.NEGATIVE_INFINITY;
        threshold[steps.length] = Double.POSITIVE_INFINITY;
        for (int s = 1; s < steps.length; s++) {
            double middle = steps[s - 1] / 2 + steps[s] / 2;
            // between neighbouring doubles there is no middle: the upper one is called positive
            threshold[s] = middle > steps[s - 1] ? middle : steps[s];
        }
        return curve(threshold, high, low, positives, scores.length - positives);
    }

    /** Writes the rank of every score among the distinct ones, which are returned. */
    static double[] ranks(double[] scores, int[] rank) {
        double[] steps = new double[scores.length];
        for (int r = 0; r < scores.length; r++) {
            steps[r] = scores[r] + 0.0; // -0 is 0
        }
        Arrays.sort(steps);
        int distinct = 0;
        for (int r = 0; r < steps.length; r++) {
            if (r == 0 || steps[r] != steps[distinct - 1]) {
                steps[distinct++] = steps[r];
            }
        }
        steps = Arrays.copyOf(steps, distinct);
        for (int r = 0; r < scores.length; r++) {
            rank[r] = Arrays.binarySearch(steps, scores[r] + 0.0);
        }
        return steps;
    }

    /** Returns the curve of counts per distinct score. */
    private static Roc curve(
            double[] threshold, double[] high, double[] low, int positives, int negatives) {
        double[] sensitivity = new double[threshold.length];
        double[] specificity = new double[threshold.length];
        axes(high, low, positives, negatives, sensitivity, specificity);
        return new Roc(
                positives,
                negatives,
                Numbers.of(threshold),
                Numbers.of(sensitivity),
                Numbers.of(specificity));
    }

    static void axes(
            double[] high,
            double[] low,
            int positives,
            int negatives,
            double[] sensitivity,
            double[] specificity) {
        double missed = 0;
        double cleared = 0;
        for (int s = 0; s <= high.length; s++) {
            sensitivity[s] = (positives - missed) / positives;
            specificity[s] = cleared / negatives;
            if (s < high.length) {
                missed += high[s];
                cleared += low[s];
            }
        }
    }

    /**
     * Returns the area under a part of the curve: sensitivity over {@code from} ≤ specificity ≤
     * {@code to}, or specificity over such a range of sensitivity. The whole range gives the area
     * under the curve.
     */
    public double area(Axis axis, double from, double to) {
        double[] sens = sensitivity.toArray();
        double[] spec = specificity.toArray();
        return axis == Axis.SPECIFICITY
                ? part(spec, sens, from, to)
                : part(reversed(sens), reversed(spec), from, to);
    }

    static double[] reversed(double[] values) {
        double[] turned = new double[values.length];
        for (int n = 0; n < turned.length; n++) {
            turned[n] = values[turned.length - 1 - n];
        }
        return turned;
    }

    /** Integrates the lines through (x, y), x rising, over a range of x. */
    static double part(double[] x, double[] y, double from, double to) {
        double area = 0;
        for (int n = 1; n < x.length; n++) {
            double low = Math.max(from, x[n - 1]);
            double high = Math.min(to, x[n]);
            if (high > low) {
                double slope = (y[n] - y[n - 1]) / (x[n] - x[n - 1]);
                double middle = y[n - 1] + slope * ((low + high) / 2 - x[n - 1]);
                area += (high - low) * middle;
            }
        }
        return area;
    }

    /** Returns the point with the largest sum of sensitivity and specificity (Youden 1950). */
    public Point best() {
        int best = 0;
        for (int n = 1; n < threshold.size(); n++) {
            if (sensitivity.get(n) + specificity.get(n)
                    > sensitivity.get(best) + specificity.get(best) + 1e-12) {
                best = n;
            }
        }
        return new Point(threshold.get(best), sensitivity.get(best), specificity.get(best));
    }
}
