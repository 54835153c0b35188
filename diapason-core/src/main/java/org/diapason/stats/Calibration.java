package org.diapason.stats;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;

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
 * printed because people ask for it and is never judged.
 *
 * <p>Intervals of slope, intercept and calibration in the large are Wald's, of the Brier score
 * {@code ± 1.96 SE} of its mean; of the two errors, percentiles of a bootstrap (they are biased
 * upward at small n, and so are these). What is not defined is NaN: slope and intercept where the
 * outcomes are separated or p is one number, Hosmer-Lemeshow below 20 rows.
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
    private static final int BINS = 10;
    private static final int PLACES = 1001;
    private static final int BOOTSTRAP_PLACES = 101;
    private static final int MOST_POINTS = 20_000;
    private static final int GROUPS = 5000;
    private static final double SHARE = 0.75;
    private static final double END = 1e-12;

    /**
     * Compares probabilities with events; arrays are not modified.
     *
     * @param draws of the bootstrap of the two errors; 0 for none
     * @throws IllegalArgumentException if a probability is not within 0 … 1, or there are no events
     *     or only events
     */
    public static Calibration of(double[] p, boolean[] event, int draws, long seed) {
        int n = p.length;
        DeLong auc = DeLong.of(p, event);
        double[] y = new double[n];
        double[] logit = new double[n];
        double[] squares = new double[n];
        double expected = 0;
        int clipped = 0;
        for (int r = 0; r < n; r++) {
            y[r] = event[r] ? 1 : 0;
            logit[r] = logit(p[r]);
            squares[r] = (p[r] - y[r]) * (p[r] - y[r]);
            expected += p[r];
            clipped += p[r] == 0 || p[r] == 1 ? 1 : 0;
        }
        double share = (double) auc.positives() / n;
        double brier = mean(squares);
        Estimate[] line = line(y, logit);
        double[] off = distances(p, curve(p, y, places(p, PLACES)));
        double hosmer = hosmerLemeshow(p, y);
        double[][] drawn = bootstrap(p, y, draws, seed);
        return new Calibration(
                n,
                auc.positives(),
                clipped,
                Estimate.of(brier, meanError(squares, brier)),
                1 - brier / (share * (1 - share)),
                -Logistic.logLikelihood(y, logit) / n,
                auc,
                line[1],
                line[0],
                inTheLarge(y, logit),
                auc.positives() / expected,
                Estimate.ofDraws(ece(p, y), drawn[0]),
                Estimate.ofDraws(mean(off), drawn[1]),
                Quantiles.of(off, 0.9),
                Quantiles.of(off, 1),
                hosmer,
                !Double.isFinite(hosmer)
                        ? Double.isNaN(hosmer) ? Double.NaN : 0
                        : 1 - new ChiSquaredDistribution(BINS - 2).cumulativeProbability(hosmer));
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

    private static double meanError(double[] values, double mean) {
        double squares = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
        }
        return Math.sqrt(squares / (values.length - 1.0) / values.length);
    }

    private static Estimate[] line(double[] y, double[] logit) {
        double least = Arrays.stream(logit).min().orElseThrow();
        double most = Arrays.stream(logit).max().orElseThrow();
        if (least == most) {
            return new Estimate[] {Estimate.NONE, Estimate.NONE};
        }
        try {
            Logistic fit = Logistic.of(y, null, logit);
            return new Estimate[] {
                Estimate.of(fit.coefficients().get(0), fit.standardError(0)),
                Estimate.of(fit.coefficients().get(1), fit.standardError(1))
            };
        } catch (Logistic.Separated e) {
            return new Estimate[] {Estimate.NONE, Estimate.NONE};
        }
    }

    private static Estimate inTheLarge(double[] y, double[] logit) {
        Logistic fit = Logistic.of(y, logit);
        return Estimate.of(fit.coefficients().get(0), fit.standardError(0));
    }

    private static int bin(double p) {
        return Math.min(BINS - 1, (int) (p * BINS));
    }

    private static double ece(double[] p, double[] y) {
        double[] off = new double[BINS];
        for (int r = 0; r < p.length; r++) {
            off[bin(p[r])] += p[r] - y[r];
        }
        double sum = 0;
        for (double o : off) {
            sum += Math.abs(o);
        }
        return sum / p.length;
    }

    private static double hosmerLemeshow(double[] p, double[] y) {
        int n = p.length;
        if (n < 2 * BINS) {
            return Double.NaN;
        }
        Integer[] order = new Integer[n];
        Arrays.setAll(order, r -> r);
        Arrays.sort(order, (a, b) -> Double.compare(p[a], p[b]));
        double sum = 0;
        for (int g = 0; g < BINS; g++) {
            int from = (int) ((long) g * n / BINS);
            int to = (int) ((g + 1L) * n / BINS);
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

    /** Returns the distinct probabilities in order, or as many quantiles of all. */
    static double[] places(double[] p, int most) {
        double[] sorted = p.clone();
        Arrays.sort(sorted);
        double[] distinct = distinct(sorted);
        if (distinct.length < most) {
            return distinct;
        }
        double[] places = new double[most];
        for (int q = 0; q < most; q++) {
            places[q] = sorted[(int) ((long) q * (sorted.length - 1) / (most - 1))];
        }
        return distinct(places);
    }

    private static double[] distinct(double[] sorted) {
        double[] distinct = new double[sorted.length];
        int n = 0;
        for (double v : sorted) {
            if (n == 0 || v != distinct[n - 1]) {
                distinct[n++] = v + 0.0; // -0 is 0
            }
        }
        return Arrays.copyOf(distinct, n);
    }

    /** Returns places and the smooth share of events at them, cut to 0 … 1. */
    private static double[][] curve(double[] p, double[] y, double[] places) {
        double[][] points = p.length > MOST_POINTS ? grouped(p, y) : new double[][] {p, y};
        double[] smooth = Loess.smooth(points[0], points[1], SHARE, places);
        for (int n = 0; n < smooth.length; n++) {
            smooth[n] = Math.max(0, Math.min(1, smooth[n]));
        }
        return new double[][] {places, smooth};
    }

    /** Returns the mean p and share of events of groups of equal size in the order of p. */
    private static double[][] grouped(double[] p, double[] y) {
        long[] sorted = new long[p.length]; // the bits of p ≥ 0 sort as p does; y is the last bit
        for (int r = 0; r < sorted.length; r++) {
            sorted[r] = Double.doubleToRawLongBits(p[r] + 0.0) << 1 | (y[r] > 0.5 ? 1 : 0);
        }
        Arrays.sort(sorted);
        double[][] means = new double[2][GROUPS];
        for (int g = 0; g < GROUPS; g++) {
            int from = (int) ((long) g * sorted.length / GROUPS);
            int to = (int) ((g + 1L) * sorted.length / GROUPS);
            for (int r = from; r < to; r++) {
                means[0][g] += Double.longBitsToDouble(sorted[r] >>> 1) / (to - from);
                means[1][g] += (sorted[r] & 1) / (double) (to - from);
            }
        }
        return means;
    }

    /** Returns |p − smooth(p)| of every row, straight between places. */
    private static double[] distances(double[] p, double[][] curve) {
        double[] off = new double[p.length];
        for (int r = 0; r < off.length; r++) {
            int at = Arrays.binarySearch(curve[0], p[r] + 0.0);
            double smooth;
            if (at >= 0) {
                smooth = curve[1][at];
            } else {
                int next = Math.max(1, Math.min(curve[0].length - 1, -at - 1));
                double part = (p[r] - curve[0][next - 1]) / (curve[0][next] - curve[0][next - 1]);
                smooth = curve[1][next - 1] + part * (curve[1][next] - curve[1][next - 1]);
            }
            off[r] = Math.abs(p[r] - smooth);
        }
        return off;
    }

    private static double[][] bootstrap(double[] p, double[] y, int draws, long seed) {
        double[][] drawn = new double[2][draws];
        Parallel.forEach(
                draws,
                d -> {
                    Rng rng = new Rng(Rng.seed(seed, "draw " + d));
                    double[] q = new double[p.length];
                    double[] z = new double[p.length];
                    for (int r = 0; r < q.length; r++) {
                        int row = rng.nextInt(p.length);
                        q[r] = p[row];
                        z[r] = y[row];
                    }
                    drawn[0][d] = ece(q, z);
                    drawn[1][d] = mean(distances(q, curve(q, z, places(q, BOOTSTRAP_PLACES))));
                });
        return drawn;
    }

    /** Returns the smooth curve for a picture: places and the share of events at them. */
    public static double[][] curve(double[] p, boolean[] event) {
        return curve(p, outcomes(event), places(p, BOOTSTRAP_PLACES));
    }

    private static double[] outcomes(boolean[] event) {
        double[] y = new double[event.length];
        for (int r = 0; r < y.length; r++) {
            y[r] = event[r] ? 1 : 0;
        }
        return y;
    }

    /**
     * A bin of the reliability diagram.
     *
     * @param n rows in it
     * @param predicted their mean probability
     * @param observed their share of events, with the interval of Wilson
     */
    public record Bin(int n, double predicted, Estimate observed) {}

    /** Returns the ten bins of equal width, those without rows left out. */
    public static java.util.List<Bin> bins(double[] p, boolean[] event) {
        int[] n = new int[BINS];
        double[] sum = new double[BINS];
        double[] events = new double[BINS];
        for (int r = 0; r < p.length; r++) {
            n[bin(p[r])]++;
            sum[bin(p[r])] += p[r];
            events[bin(p[r])] += event[r] ? 1 : 0;
        }
        java.util.List<Bin> bins = new java.util.ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            if (n[b] > 0) {
                bins.add(new Bin(n[b], sum[b] / n[b], Estimate.ofShare(events[b], n[b])));
            }
        }
        return bins;
    }
}
