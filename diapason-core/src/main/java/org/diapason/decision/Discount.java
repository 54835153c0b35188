package org.diapason.decision;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.diapason.stats.DeLong;
import org.diapason.stats.Eigen;

/**
 * By what the log likelihood ratios of dependent experts are multiplied before they are added.
 *
 * <p>Calibrated log ratios of Gaussian scores have, within each class, variance s² and means ±
 * s²/2. With their correlation R within classes the log ratio of all together is {@code Σ wᵢ λᵢ},
 * {@code w = D⁻¹ R⁻¹ D 1}, D = diag(s): weights of 1 where R is the identity, and {@code 1/(1 + (k
 * − 1) ρ)} for k alike, which together are worth as much as {@code k/(1 + (k − 1) ρ)} independent
 * ones (Winkler 1981, Management Science 27(4):479–488, doi:10.1287/mnsc.27.4.479; Clemen and
 * Winkler 1985, Operations Research 33(2):427–442, doi:10.1287/opre.33.2.427).
 *
 * <p>Nobody's yes shall count as a no: weights are the best that are not negative, the minimum of
 * {@code ½ w'Σw − w'diag(Σ)} over w ≥ 0 with Σ = D R D. Of two experts the weaker one is left out
 * where its correlation with the other exceeds the ratio of their spreads. In a row that lacks an
 * expert the weights are those of the others among themselves.
 *
 * <p>Ratios that are far from Gaussian can still add up to less than the best of them alone. So the
 * area under the curve of the weighted sum is compared with that of every expert, on the rows of
 * the calibration half in which it speaks; the one that loses most by company then stands alone
 * wherever it speaks.
 */
final class Discount {
    /** The least eigenvalue of the correlations of experts; below it they are pulled apart. */
    private static final double LEAST = 1e-3;

    private static final int MOST_ROUNDS = 10_000;
    private static final int LEAST_PAIRS = 10;
    private static final int NOBODY = -1;

    private final double[][] covariance;

    /** The factor of all; 1 where weights come from the covariance. */
    private final double constant;

    /** The expert that stands alone wherever it speaks, because company only made it worse. */
    private final int alone;

    private final Map<BitSet, double[]> known = new HashMap<>();

    private Discount(double[][] covariance, double constant, int alone) {
        this.covariance = covariance;
        this.constant = constant;
        this.alone = alone;
    }

    /** Multiplies all of so many experts by one factor. */
    static Discount factor(int experts, double factor) {
        double[][] covariance = new double[experts][experts];
        for (int e = 0; e < experts; e++) {
            covariance[e][e] = 1;
        }
        return new Discount(covariance, factor, NOBODY);
    }

    /**
     * Fits the correlations within classes.
     *
     * @param ratios log likelihood ratios, expert by row, NaN where one said nothing
     * @param event whether the finding is there, of each row
     */
    static Discount fitted(double[][] ratios, boolean[] event) {
        int k = ratios.length;
        double[][] c = new double[k][k];
        double[] correlation = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                double[] own = within(ratios[i], ratios[j], event);
                double r = i == j ? 1 : own[2] / Math.sqrt(own[0] * own[1]);
                c[i][i] = i == j ? own[0] : c[i][i];
                correlation[i * k + j] = own[0] > 0 && own[1] > 0 && own[3] >= LEAST_PAIRS ? r : 0;
                correlation[i * k + j] = i == j ? 1 : correlation[i * k + j];
                correlation[j * k + i] = correlation[i * k + j];
            }
        }
        double least = Eigen.of(correlation, k).value(0);
        double apart = least < LEAST ? (LEAST - least) / (1 - least) : 0;
        for (int i = 0; i < k; i++) {
            for (int j = 0; j < i; j++) {
                double s = Math.sqrt(c[i][i] * c[j][j]);
                c[i][j] = (1 - apart) * correlation[i * k + j] * s;
                c[j][i] = c[i][j];
            }
        }
        Discount together = new Discount(c, 1, NOBODY);
        return new Discount(c, 1, together.loser(ratios, event));
    }

    /**
     * Returns the expert whose own area exceeds that of all together by most; nobody if none does.
     */
    private int loser(double[][] ratios, boolean[] event) {
        double[] sum = new double[event.length];
        boolean[] present = new boolean[ratios.length];
        for (int r = 0; r < sum.length; r++) {
            for (int e = 0; e < present.length; e++) {
                present[e] = !Double.isNaN(ratios[e][r]);
            }
            double[] w = weights(present);
            for (int e = 0; e < present.length; e++) {
                sum[r] += present[e] ? w[e] * ratios[e][r] : 0;
            }
        }
        int loser = NOBODY;
        double most = 0;
        for (int e = 0; e < ratios.length; e++) {
            double[] own = ratios[e];
            int[] rows =
                    IntStream.range(0, own.length).filter(r -> !Double.isNaN(own[r])).toArray();
            double loss =
                    covariance[e][e] > 0 ? area(own, event, rows) - area(sum, event, rows) : 0;
            if (loss > most) {
                most = loss;
                loser = e;
            }
        }
        return loser;
    }

    private static double area(double[] of, boolean[] event, int[] rows) {
        double[] score = new double[rows.length];
        boolean[] own = new boolean[rows.length];
        for (int n = 0; n < rows.length; n++) {
            score[n] = of[rows[n]];
            own[n] = event[rows[n]];
        }
        return DeLong.of(score, own).auc();
    }

    /**
     * Returns variances and covariance about the means of the classes, over rows that have both,
     * and how many.
     */
    private static double[] within(double[] a, double[] b, boolean[] event) {
        double[] n = new double[2];
        double[] meanA = new double[2];
        double[] meanB = new double[2];
        for (int r = 0; r < a.length; r++) {
            if (!Double.isNaN(a[r]) && !Double.isNaN(b[r])) {
                int side = event[r] ? 1 : 0;
                n[side]++;
                meanA[side] += (a[r] - meanA[side]) / n[side];
                meanB[side] += (b[r] - meanB[side]) / n[side];
            }
        }
        double freedom = Math.max(1, n[0] + n[1] - 2);
        double[] sums = {0, 0, 0, n[0] + n[1]};
        for (int r = 0; r < a.length; r++) {
            if (!Double.isNaN(a[r]) && !Double.isNaN(b[r])) {
                int side = event[r] ? 1 : 0;
                double offA = a[r] - meanA[side];
                double offB = b[r] - meanB[side];
                sums[0] += offA * offA / freedom;
                sums[1] += offB * offB / freedom;
                sums[2] += offA * offB / freedom;
            }
        }
        return sums;
    }

    /** Returns the correlation of two within classes. */
    double correlation(int i, int j) {
        return covariance[i][j] / Math.sqrt(covariance[i][i] * covariance[j][j]);
    }

    /** Returns the weight of every expert where those marked said something; 0 of the others. */
    double[] weights(boolean[] present) {
        BitSet heard = new BitSet(present.length);
        for (int e = 0; e < present.length; e++) {
            heard.set(e, present[e]);
        }
        return known.computeIfAbsent(heard, k -> solve(present));
    }

    /** Coordinate descent: each weight in turn the best for the others, until none moves. */
    private double[] solve(boolean[] present) {
        double[] w = new double[present.length];
        if (alone != NOBODY && present[alone]) {
            w[alone] = 1;
            return w;
        }
        for (int i = 0; i < w.length; i++) {
            w[i] = present[i] && covariance[i][i] > 0 ? constant : 0;
        }
        double moved = 1;
        for (int round = 0; round < MOST_ROUNDS && moved > 1e-12 && constant == 1; round++) {
            moved = 0;
            for (int i = 0; i < w.length; i++) {
                if (!present[i] || !(covariance[i][i] > 0)) {
                    continue;
                }
                double others = 0;
                for (int j = 0; j < w.length; j++) {
                    others += j == i ? 0 : covariance[i][j] * w[j];
                }
                double next = Math.max(0, 1 - others / covariance[i][i]);
                moved = Math.max(moved, Math.abs(next - w[i]));
                w[i] = next;
            }
        }
        return w;
    }
}
