package org.diapason.table;

import java.util.Arrays;
import java.util.List;
import org.diapason.stats.MixedModel;
import org.diapason.volume.Design;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * The mixed model of some rows: an intercept and batches, covariates, curves, effects per subject.
 *
 * <p>A penalised curve is its straight line and second differences d ~ N(0, τ²·σ²) of its
 * coefficients. d = τ·c turns them into columns τ·X with one more row per c, which says 0 = c + ε
 * and which no subject has an effect on: the restricted likelihood of these rows is that of the
 * curve, at any τ, 0 (a straight line) included. Its slope in ln τ² is r − Σ(ĉ² + var ĉ)/σ², for
 * everything else is at its best (Robinson 1991, Statistical Science 6(1):15–32,
 * doi:10.1214/ss/1177011926, section 5).
 */
final class SubjectModel {
    private static final double LOWEST = -10;
    private static final double HIGHEST = 18;
    private static final double STEP = 4;
    private static final int MOST_ROUNDS = 100;

    private final RepeatedRows rows;
    private final int[] which;

    /** Column of X of each batch; 0, that of the intercept, for the first and for those absent. */
    private final int[] column;

    private final int[] count;
    private final int first;

    /** X without penalised curves scaled. */
    private final double[][] x;

    /** The penalised curve of each column, −1 for none. */
    private final int[] curve;

    private final List<Design.Smooth> smooths;

    /** Mean sum of squares of the columns of a curve. */
    private final double[] typical;

    /** With at most one curve, the models that every feature needs: straight line, then a grid. */
    private final MixedModel[] grid;

    SubjectModel(RepeatedRows rows, int[] which, ComBat.Smoothing smoothing) {
        this.rows = rows;
        this.which = which;
        count = new int[rows.batches.size()];
        Arrays.stream(which).forEach(r -> count[rows.batchOf[r]]++);
        long met = Arrays.stream(which).map(r -> rows.subjectOf[r]).distinct().count();
        if (met * rows.width() >= which.length) {
            throw new RefusedException(
                    "mixed model: "
                            + met * rows.width()
                            + " effects of subjects cannot be told apart from the residuals of "
                            + which.length
                            + " rows. Measure subjects more often.");
        }
        column = new int[count.length];
        int at = -1;
        int dummies = 0;
        for (int b = 0; b < count.length; b++) {
            column[b] = count[b] > 0 && at >= 0 ? ++dummies : 0;
            at = count[b] > 0 && at < 0 ? b : at;
        }
        first = at;
        smooths = smoothing == ComBat.Smoothing.NONE ? List.of() : rows.design.smooths();
        curve = new int[1 + dummies + rows.design.size()];
        Arrays.fill(curve, -1);
        x = new double[which.length][curve.length];
        for (int k = 0; k < which.length; k++) {
            int r = which[k];
            x[k][0] = 1;
            x[k][column[rows.batchOf[r]]] = 1;
            System.arraycopy(rows.codes[r], 0, x[k], 1 + dummies, rows.design.size());
        }
        typical = new double[smooths.size()];
        for (int j = 0; j < typical.length; j++) {
            bend(j, 1 + dummies + smooths.get(j).start());
        }
        grid = new MixedModel[smooths.isEmpty() ? 1 : smooths.size() == 1 ? 2 + steps() : 0];
        for (int g = 0; g < grid.length; g++) {
            grid[g] = model(g == 0 ? new double[typical.length] : new double[] {tau(0, at(g - 1))});
        }
    }

    private static int steps() {
        return (int) Math.rint((HIGHEST - LOWEST) / STEP);
    }

    private static double at(int step) {
        return LOWEST + step * STEP;
    }

    private double tau(int j, double logarithm) {
        return Math.sqrt(StrictMath.exp(logarithm) / typical[j]);
    }

    /** Turns columns of a basis into those of its line and its second differences, in place. */
    private void bend(int j, int start) {
        int width = smooths.get(j).width();
        for (double[] row : x) {
            double[] own = Arrays.copyOfRange(row, start, start + width);
            for (int m = 0; m < width; m++) {
                double sum = 0;
                for (int k = m; k < width; k++) {
                    sum += (k - m + 1) * own[k];
                }
                row[start + m] = sum;
            }
        }
        for (int m = 1; m < width; m++) {
            curve[start + m] = j;
            double mean = 0;
            for (double[] row : x) {
                mean += row[start + m] / x.length;
            }
            for (double[] row : x) {
                typical[j] += (row[start + m] - mean) * (row[start + m] - mean) / (width - 1);
            }
        }
        typical[j] = typical[j] > 0 ? typical[j] : 1;
    }

    private MixedModel model(double[] tau) {
        int more = (int) Arrays.stream(curve).filter(j -> j >= 0).count();
        double[][] all = new double[x.length + more][curve.length];
        int pseudo = x.length;
        for (int c = 0; c < curve.length; c++) {
            double times = curve[c] < 0 ? 1 : tau[curve[c]];
            for (int r = 0; r < x.length; r++) {
                all[r][c] = times * x[r][c];
            }
            if (curve[c] >= 0) {
                all[pseudo++][c] = 1;
            }
        }
        return MixedModel.of(all, List.of(rows.random(which, more)), true);
    }

    /** Returns whether a response has anything left beside the fixed effects. */
    boolean varies(double[] y) {
        return (grid.length > 0 ? grid[0] : model(new double[typical.length])).varies(padded(y));
    }

    private double[] padded(double[] y) {
        int more = (int) Arrays.stream(curve).filter(j -> j >= 0).count();
        return Arrays.copyOf(y, y.length + more);
    }

    /** Returns the fit of a response of finite numbers, one per row. */
    SubjectFit fit(double[] y) {
        double[] all = padded(y);
        if (smooths.isEmpty()) {
            return result(grid[0].fit(all), new double[0], y);
        }
        double[] tau = new double[typical.length];
        Found found = null;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            double moved = 0;
            for (int j = 0; j < tau.length; j++) {
                double before = tau[j];
                found = round > 0 ? near(j, tau, all) : best(j, tau, all);
                tau[j] = found.tau;
                moved = Math.max(moved, Math.abs(tau[j] - before) / (tau[j] + before + 1e-300));
            }
            if (tau.length == 1 || moved < 1e-7) {
                break;
            }
        }
        return result(found.fit, tau, y);
    }

    private record Found(double tau, MixedModel.Fit fit) {}

    /** The same from where the curve is, which the others hardly move. */
    private Found near(int j, double[] tau, double[] y) {
        double now = StrictMath.log(tau[j] * tau[j] * typical[j]);
        if (tau[j] > 0) {
            double[] at = tau.clone();
            at[j] = tau(j, now - 0.5);
            double low = slope(model(at).fit(y), j);
            at[j] = tau(j, now + 0.5);
            if (low < 0 && slope(model(at).fit(y), j) > 0) {
                return root(j, at, now - 0.5, now + 0.5, low, y);
            }
        }
        return best(j, tau, y);
    }

    /** Returns the best τ of a curve for those of the others. */
    private Found best(int j, double[] tau, double[] y) {
        double[] at = tau.clone();
        at[j] = 0;
        Found best = new Found(0, (grid.length > 0 ? grid[0] : model(at)).fit(y));
        MixedModel.Fit low = fit(j, at, 0, y);
        for (int step = 1; step <= steps(); step++) {
            MixedModel.Fit high = fit(j, at, step, y);
            if (slope(low, j) < 0 && (slope(high, j) >= 0 || step == steps())) {
                Found root = root(j, at, at(step - 1), at(step), slope(low, j), y);
                best = root.fit.criterion() < best.fit.criterion() - 1e-10 ? root : best;
            }
            low = high;
        }
        return best;
    }

    private MixedModel.Fit fit(int j, double[] tau, int step, double[] y) {
        if (grid.length > 0) {
            return grid[step + 1].fit(y);
        }
        tau[j] = tau(j, at(step));
        return model(tau).fit(y);
    }

    /** Returns where the slope turns positive, by false position (Illinois), or the upper end. */
    private Found root(int j, double[] tau, double from, double to, double slopeFrom, double[] y) {
        double low = from;
        double high = to;
        double atLow = slopeFrom;
        tau[j] = tau(j, to);
        Found found = new Found(tau[j], model(tau).fit(y));
        double atHigh = slope(found.fit, j);
        if (atHigh <= 0) {
            return found;
        }
        int side = 0;
        for (int n = 0; n < MOST_ROUNDS && high - low > 1e-8; n++) {
            double middle = (low * atHigh - high * atLow) / (atHigh - atLow);
            double next = middle > low && middle < high ? middle : (low + high) / 2;
            tau[j] = tau(j, next);
            found = new Found(tau[j], model(tau).fit(y));
            double slope = slope(found.fit, j);
            if (Math.abs(slope) < 1e-8) {
                return found;
            }
            if (slope > 0) {
                high = next;
                atHigh = slope;
                atLow = side > 0 ? atLow / 2 : atLow;
                side = 1;
            } else {
                low = next;
                atLow = slope;
                atHigh = side < 0 ? atHigh / 2 : atHigh;
                side = -1;
            }
        }
        return found;
    }

    /** Returns the slope of the criterion in ln τ². */
    private double slope(MixedModel.Fit fit, int j) {
        double slope = 0;
        for (int c = 0; c < curve.length; c++) {
            if (curve[c] == j) {
                double square = fit.coefficients().get(c) * fit.coefficients().get(c);
                double error = fit.standardError(c);
                slope += 1 - (square + error * error) / fit.residualVariance();
            }
        }
        return slope;
    }

    private SubjectFit result(MixedModel.Fit fit, double[] tau, double[] y) {
        double[] b = fit.coefficients().toArray();
        double[] shift = new double[count.length];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = count[i] == 0 ? Double.NaN : i == first ? 0 : b[column[i]];
        }
        double[] rest = new double[which.length];
        Arrays.setAll(rest, r -> y[r] - fit.fitted().get(r));
        Numbers spread = fit.random().get(0).covariance();
        double[] variances = {fit.residualVariance(), spread.get(0)};
        if (rows.width() == 2) {
            variances = new double[] {variances[0], spread.get(0), spread.get(1), spread.get(3)};
        }
        double[] freedom = new double[tau.length];
        Arrays.fill(freedom, 1);
        for (int c = 0; c < curve.length; c++) {
            if (curve[c] >= 0) {
                double error = fit.standardError(c);
                freedom[curve[c]] += 1 - error * error / fit.residualVariance();
                b[c] *= tau[curve[c]];
            }
        }
        double[] beta = Arrays.copyOfRange(b, b.length - rows.design.size(), b.length);
        smooths.forEach(s -> straighten(beta, s));
        return new SubjectFit(
                b[0],
                shift,
                shiftVariance(fit.covariance(), b.length),
                beta,
                fit.random().get(0).effects().toArray(),
                variances,
                rest,
                freedom,
                fit.singular(),
                fit.criterion());
    }

    /** Turns the slope and second differences of a curve into coefficients of its basis. */
    private static void straighten(double[] beta, Design.Smooth s) {
        double[] own = Arrays.copyOfRange(beta, s.start(), s.start() + s.width());
        for (int k = 0; k < s.width(); k++) {
            double sum = 0;
            for (int m = 0; m <= k; m++) {
                sum += (k - m + 1) * own[m];
            }
            beta[s.start() + k] = sum;
        }
    }

    private double[] shiftVariance(Numbers covariance, int p) {
        double[] variance = new double[count.length];
        double[] mean = new double[p];
        for (int i = 0; i < count.length; i++) {
            if (count[i] > 0 && i != first) {
                mean[column[i]] = count[i] / (double) which.length;
            }
        }
        for (int i = 0; i < count.length; i++) {
            double[] a = mean.clone();
            if (count[i] > 0 && i != first) {
                a[column[i]] -= 1;
            }
            for (int k = 0; k < p; k++) {
                for (int l = 0; l < p; l++) {
                    variance[i] += a[k] * a[l] * covariance.get(k * p + l);
                }
            }
        }
        return variance;
    }
}
