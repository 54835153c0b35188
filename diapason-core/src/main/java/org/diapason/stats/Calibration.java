package org.diapason.stats;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;

/**
 * Whether predicted probabilities are those with which events happen.
 *
 * <p>Slope and intercept are those of the joint fit {@code logit P(event) = intercept + slope ·
 * logit p} (1 and 0 where right; Cox 1958, Biometrika 45(3/4):562–565); calibration in the large is
 * the intercept with slope 1 held fixed, another number. Probabilities of 0 and 1 have no log odds:
 * for these three fits (and the log loss) they are moved to 1e-12 from the end and counted.
 *
 * <p>The expected calibration error is {@code Σ n_b/n |mean p − share of events|} over ten bins of
 * equal width, closed below (p = 1 is in the last). The integrated calibration index is the mean of
 * {@code |p − smooth(p)|} with the smoother {@link Loess} (share 0.75, degree 2), cut to 0 … 1:
 * Austin and Steyerberg 2019, Statistics in Medicine 38(21):4051–4065, doi:10.1002/sim.8281; the
 * smoother is evaluated at every distinct p, above 1,000 of them at 1,001 quantiles and straight
 * between; above 20,000 rows it is fitted to 5,000 groups of equal size. Hosmer-Lemeshow takes ten
 * groups of equal size in the order of p, equal p in the order of rows, against χ² of 8; it is
 * printed because people ask for it, is never judged and knows no clusters.
 *
 * <p>Intervals of slope, intercept and calibration in the large are Wald's, of the Brier score
 * {@code ± 1.96 SE} of its mean; of the two errors, percentiles of a bootstrap (they are biased
 * upward at small n, and so are these). Of rows in clusters the variances are those that clusters
 * leave ({@link Logistic#of(double[], double[], Clusters, double[][])}, {@link Clusters#mean}) with
 * Student's t on one degree of freedom less than there are of clusters, and the bootstrap draws
 * clusters. What is not defined is NaN: slope and intercept where the outcomes are separated or all
 * p are one number (but for 1 part in 10⁵), Hosmer-Lemeshow below 20 rows.
 *
 * @param n rows
 * @param events rows with the event
 * @param clipped rows with p of 0 or 1
 * @param brier mean of (p − event)²
 * @param scaledBrier 1 − brier/(share of events · share without)
 * @param logLoss mean of −log of the probability given to what happened
 * @param auc area under the ROC curve of p
 * @param slope 1 where right; less where predictions are too extreme
 * @param intercept of the joint fit
 * @param inTheLarge calibration in the large: above 0 where there are more events than predicted
 * @param observedOverExpected events over the sum of p
 * @param ece expected calibration error
 * @param ici integrated calibration index
 * @param e90 the 90th percentile of {@code |p − smooth(p)|}
 * @param eMax its largest value
 * @param hosmerLemeshow the statistic
 * @param hosmerLemeshowP its p-value
 */
public record Calibration(
        int n,
        int events,
        int clipped,
        Estimate brier,
        double scaledBrier,
        double logLoss,
        DeLong auc,
        Estimate slope,
        Estimate intercept,
        Estimate inTheLarge,
        double observedOverExpected,
        Estimate ece,
        Estimate ici,
        double e90,
        double eMax,
        double hosmerLemeshow,
        double hosmerLemeshowP) {
    private static final int GROUPS = 10;
    private static final double END = 1e-12;

    /**
     * Compares probabilities with events; arrays are not modified.
     *
     * @param draws of the bootstrap of the two errors; 0 for none
     * @throws IllegalArgumentException if a probability is not within 0 … 1, or there are no events
     *     or only events
     */
    public static Calibration of(double[] p, boolean[] event, int draws, long seed) {
        return of(p, event, Clusters.single(p.length), draws, seed);
    }

    /** Compares probabilities with events of rows that lie in clusters. */
    public static Calibration of(
            double[] p, boolean[] event, Clusters clusters, int draws, long seed) {
        int n = p.length;
        DeLong auc = DeLong.of(p, event, clusters);
        double[] y = CalibrationCurve.outcomes(event);
        double[] logit = new double[n];
        double[] squares = new double[n];
        double expected = 0;
        int clipped = 0;
        for (int r = 0; r < n; r++) {
            logit[r] = logit(p[r]);
            squares[r] = (p[r] - y[r]) * (p[r] - y[r]);
            expected += p[r];
            clipped += p[r] == 0 || p[r] == 1 ? 1 : 0;
        }
        double share = (double) auc.positives() / n;
        Estimate brier = clusters.mean(squares);
        Estimate[] line = line(y, logit, clusters);
        double[] off = distances(p, y, CalibrationCurve.PLACES);
        double hosmer = hosmerLemeshow(p, y);
        double[][] drawn = bootstrap(p, y, clusters, draws, seed);
        return new Calibration(
                n,
                auc.positives(),
                clipped,
                brier,
                1 - brier.value() / (share * (1 - share)),
                -Logistic.logLikelihood(y, logit) / n,
                auc,
                line[1],
                line[0],
                inTheLarge(y, logit, clusters),
                auc.positives() / expected,
                Estimate.ofDraws(CalibrationCurve.ece(p, y), drawn[0]),
                Estimate.ofDraws(mean(off), drawn[1]),
                Quantiles.of(off, 0.9),
                Quantiles.of(off, 1),
                hosmer,
                Tails.chiSquared(hosmer, GROUPS - 2));
    }

    /** Returns the log likelihood of events under their probabilities. */
    public static double logLikelihood(double[] p, boolean[] event) {
        double[] logit = new double[p.length];
        for (int r = 0; r < p.length; r++) {
            logit[r] = logit(p[r]);
        }
        return Logistic.logLikelihood(CalibrationCurve.outcomes(event), logit);
    }

    /** Returns the log odds of a probability, 0 and 1 moved to 1e-12 from the end. */
    public static double logit(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a probability must be 0 … 1, got " + p);
        }
        double inside = Math.max(END, Math.min(1 - END, p));
        return StrictMath.log(inside) - StrictMath.log1p(-inside);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        return sum / values.length;
    }

    private static double[] distances(double[] p, double[] y, int places) {
        return CalibrationCurve.distances(
                p, CalibrationCurve.of(p, y, CalibrationCurve.places(p, places)));
    }

    private static Estimate[] line(double[] y, double[] logit, Clusters clusters) {
        try {
            Logistic fit = fit(y, null, clusters, logit);
            return new Estimate[] {
                Estimate.of(fit.coefficients().get(0), fit.standardError(0), clusters.reach()),
                Estimate.of(fit.coefficients().get(1), fit.standardError(1), clusters.reach())
            };
        } catch (Logistic.Separated | Logistic.Dependent e) {
            return new Estimate[] {Estimate.NONE, Estimate.NONE};
        }
    }

    private static Estimate inTheLarge(double[] y, double[] logit, Clusters clusters) {
        Logistic fit = fit(y, logit, clusters);
        return Estimate.of(fit.coefficients().get(0), fit.standardError(0), clusters.reach());
    }

    private static Logistic fit(
            double[] y, double[] offset, Clusters clusters, double[]... columns) {
        return clusters.apart()
                ? Logistic.of(y, offset, columns)
                : Logistic.of(y, offset, clusters, columns);
    }

    private static double hosmerLemeshow(double[] p, double[] y) {
        int n = p.length;
        if (n < 2 * GROUPS) {
            return Double.NaN;
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
        double sum = 0;
        for (int g = 0; g < GROUPS; g++) {
            int from = (int) ((long) g * n / GROUPS);
            int to = (int) ((g + 1L) * n / GROUPS);
            double expected = 0;
            double observed = 0;
            for (int r = from; r < to; r++) {
                expected += p[order[r]];
                observed += y[order[r]];
            }
            double off = observed - expected;
            double spread = expected * (1 - expected / (to - from));
            sum += off == 0 ? 0 : off * off / spread;
        }
        return sum;
    }

    private static double[][] bootstrap(
            double[] p, double[] y, Clusters clusters, int draws, long seed) {
        double[][] drawn = new double[2][draws];
        Parallel.forEach(
                draws,
                d -> {
                    int[] rows = clusters.draw(new Rng(Rng.seed(seed, "draw " + d)));
                    double[] q = new double[rows.length];
                    double[] z = new double[rows.length];
                    for (int r = 0; r < q.length; r++) {
                        q[r] = p[rows[r]];
                        z[r] = y[rows[r]];
                    }
                    drawn[0][d] = CalibrationCurve.ece(q, z);
                    drawn[1][d] = mean(distances(q, z, CalibrationCurve.BOOTSTRAP_PLACES));
                });
        return drawn;
    }
}
