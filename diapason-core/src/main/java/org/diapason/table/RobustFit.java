package org.diapason.table;

import java.util.Arrays;
import org.diapason.stats.Robust;
import org.diapason.step.Trace;

/**
 * β, location and scale of every feature that outliers do not move.
 *
 * <p>β is an M-estimate on [batches | C] by weighted least squares again and again: Huber's weights
 * min(1, 1.345·s/|e|), s = median|e|/0.6745 in every round, until nothing moves; from there Tukey's
 * (1 − (e/4.685s)²)² with the last s. Huber 1964, doi:10.1214/aoms/1177703732; Beaton and Tukey
 * 1974, doi:10.1080/00401706.1974.10489171. Outliers in C itself (leverage) are not found.
 *
 * <p>Of y − C·β: α is the mean of the medians of the batches, weighted by their exams, σ² the
 * biweight midvariance about these medians; γ̂ and δ̂² are median and biweight midvariance of z.
 */
final class RobustFit implements Refinement {
    private static final double HUBER = 1.345;
    private static final double TUKEY = 4.685;
    private static final double NORMAL = 0.6745;
    private static final int MOST_ROUNDS = 200;
    private static final double SETTLED = 1e-11;

    private final int reference;
    private final int batches;
    private final HeldRows rows;
    private final boolean[] tied;
    private final boolean[] unsettled;

    RobustFit(ComBatFit fit, HeldRows rows) {
        this.rows = rows;
        batches = fit.batches().size();
        reference = fit.settings().reference().map(fit.batches()::indexOf).orElse(-1);
        tied = new boolean[fit.columns().size()];
        unsettled = new boolean[tied.length];
    }

    @Override
    public void refine(Regression regression, int from, int to) {
        RowFit least = regression.rowFit(rows);
        for (int f = from; f < to; f++) {
            if (regression.sigma[f] > 0) {
                double[] y = rows.column(f);
                tied[f] = !(regress(regression, least, y, f) && write(regression, least, y, f));
                if (tied[f]) {
                    regression.leaveOut(f, 0);
                }
            }
        }
    }

    /** Fits β; returns false where more than half of what is left is one value. */
    private boolean regress(Regression regression, RowFit least, double[] y, int f) {
        double[] w = new double[y.length];
        for (int r = 0; r < y.length; r++) {
            w[r] = Double.isFinite(y[r]) ? 1 : 0;
        }
        least.fit(y, w, regression.chosen, f);
        if (least.beta.length == 0) {
            return true;
        }
        double[] e = residuals(least, y);
        double scale = 0;
        double moved = Double.POSITIVE_INFINITY;
        for (int n = 0; n < MOST_ROUNDS && moved > SETTLED; n++) {
            scale = median(e) / NORMAL;
            if (!(scale > 0)) {
                return false;
            }
            for (int r = 0; r < y.length; r++) {
                w[r] = Double.isNaN(e[r]) ? 0 : Math.min(1, HUBER * scale / Math.abs(e[r]));
            }
            moved = again(regression, least, y, w, e, f) / scale;
        }
        moved = Double.POSITIVE_INFINITY;
        for (int n = 0; n < MOST_ROUNDS && moved > SETTLED; n++) {
            for (int r = 0; r < y.length; r++) {
                double u = e[r] / (TUKEY * scale);
                w[r] = Math.abs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
            }
            moved = again(regression, least, y, w, e, f) / scale;
        }
        unsettled[f] = moved > SETTLED;
        return true;
    }

    /** Fits with weights; returns how far the residuals moved, 0 where these rows do not do. */
    private double again(
            Regression regression, RowFit least, double[] y, double[] w, double[] e, int f) {
        if (!least.fit(y, w, regression.chosen, f)) {
            return 0;
        }
        double[] next = residuals(least, y);
        double moved = 0;
        for (int r = 0; r < e.length; r++) {
            moved = Double.isNaN(e[r]) ? moved : Math.max(moved, Math.abs(next[r] - e[r]));
            e[r] = next[r];
        }
        return moved;
    }

    private static double[] residuals(RowFit least, double[] y) {
        double[] e = new double[y.length];
        Arrays.setAll(e, r -> Double.isFinite(y[r]) ? least.residual(r, y[r]) : Double.NaN);
        return e;
    }

    private static double median(double[] e) {
        return Robust.median(
                Arrays.stream(e).filter(v -> !Double.isNaN(v)).map(Math::abs).toArray());
    }

    /** Hands over medians and midvariances; returns false where there is no scale. */
    private boolean write(Regression regression, RowFit least, double[] y, int f) {
        double[][] left = left(regression, least, y, f);
        double[] location = new double[batches];
        double sum = 0;
        int n = 0;
        for (int i = 0; i < batches; i++) {
            location[i] = left[i].length == 0 ? Double.NaN : Robust.median(left[i]);
            if (left[i].length > 0 && (reference < 0 || reference == i)) {
                sum += left[i].length * location[i];
                n += left[i].length;
            }
        }
        double[] about = new double[n];
        int at = 0;
        for (int i = 0; i < batches; i++) {
            for (int r = 0; r < left[i].length && (reference < 0 || reference == i); r++) {
                about[at++] = left[i][r] - location[i];
            }
        }
        double sigma = Math.sqrt(Robust.midvariance(about, 0));
        double alpha = sum / n;
        double[] variance = new double[batches];
        for (int i = 0; i < batches; i++) {
            double centre = location[i];
            variance[i] =
                    left[i].length < 2 ? 0 : Robust.midvariance(left[i], centre) / (sigma * sigma);
            location[i] = (centre - alpha) / sigma;
        }
        if (sigma > 0) {
            regression.take(f, alpha, least.beta, sigma, location, variance);
        }
        return sigma > 0;
    }

    /** Returns y − C·β of the rows of each batch. */
    private double[][] left(Regression regression, RowFit least, double[] y, int f) {
        double[][] left = new double[batches][];
        for (int i = 0; i < batches; i++) {
            left[i] = new double[regression.count[i][f]];
        }
        int[] at = new int[batches];
        for (int r = 0; r < y.length; r++) {
            if (Double.isFinite(y[r])) {
                int i = rows.batch(r);
                left[i][at[i]++] = y[r] - least.effect(r);
            }
        }
        return left;
    }

    @Override
    public void report(Trace trace) {
        int passing = count(tied);
        if (passing > 0) {
            trace.warn(
                    passing
                            + (passing == 1 ? " feature has" : " features have")
                            + " one value in more than half of the exams, no robust scale, and "
                            + (passing == 1 ? "passes" : "pass")
                            + " unchanged.");
        }
        int moving = count(unsettled);
        if (moving > 0) {
            trace.warn(
                    "the robust effects of the protected columns on "
                            + moving
                            + (moving == 1 ? " feature" : " features")
                            + " did not settle in "
                            + MOST_ROUNDS
                            + " rounds; those of the last are taken.");
        }
    }

    private static int count(boolean[] of) {
        int count = 0;
        for (boolean b : of) {
            count += b ? 1 : 0;
        }
        return count;
    }
}
