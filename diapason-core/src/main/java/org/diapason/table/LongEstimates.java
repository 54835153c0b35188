package org.diapason.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.Numbers;

/** What the mixed models of all features gave, and what batches add and multiply in units of σ. */
final class LongEstimates {
    private final RepeatedRows rows;
    private final LongComBat.Scale scale;

    final double[] alpha;

    /** 0 where a feature passes unchanged, NaN where it has no fit. */
    final double[] sigma;

    /** {@code [covariate number][feature]}. */
    final double[][] beta;

    /** Fixed effects of batches, their mean over the rows 0: {@code [batch][feature]}. */
    final double[][] shift;

    /** What not telling batches from subjects adds to the variance of γ̂, in units of σ². */
    final double[][] between;

    final double[][] gammaHat;
    final double[][] deltaHat;
    final int[][] count;

    /** {@code [which][feature]}, in the order of {@link LongComBat#varianceNames}. */
    final double[][] variances;

    /** {@code [subject · width + effect][feature]}. */
    final double[][] effects;

    /** {@code [curve][feature]}. */
    final double[][] freedom;

    final boolean[] singular;

    /** Why a feature has no fit. */
    final String[] reasons;

    LongEstimates(RepeatedRows rows, LongComBat settings, int features) {
        this.rows = rows;
        scale = settings.scale();
        int m = rows.batches.size();
        alpha = new double[features];
        sigma = new double[features];
        beta = new double[rows.design.size()][features];
        shift = new double[m][features];
        between = new double[m][features];
        gammaHat = new double[m][features];
        deltaHat = new double[m][features];
        count = new int[m][features];
        variances = new double[settings.varianceNames().size()][features];
        effects = new double[rows.subjects.size() * rows.width()][features];
        int curves = new Curves(rows.design, settings.smoothing()).count();
        freedom = new double[curves][features];
        singular = new boolean[features];
        reasons = new String[features];
    }

    /** Passes a feature on unchanged (σ 0) or leaves it undefined (σ NaN). */
    void leaveOut(int f, double sd) {
        sigma[f] = sd;
        alpha[f] = sd == 0 ? 0 : Double.NaN;
        for (int i = 0; i < gammaHat.length; i++) {
            gammaHat[i][f] = Double.NaN;
            deltaHat[i][f] = Double.NaN;
        }
    }

    void take(int f, int[] which, SubjectFit fit) {
        singular[f] = fit.singular();
        put(beta, f, fit.beta());
        put(effects, f, fit.effects());
        put(variances, f, fit.variances());
        put(freedom, f, fit.freedom());
        double mean = 0;
        for (int i = 0; i < shift.length; i++) {
            mean += count[i][f] == 0 ? 0 : fit.shift()[i] * count[i][f] / which.length;
        }
        alpha[f] = fit.intercept() + mean;
        for (int i = 0; i < shift.length; i++) {
            shift[i][f] = fit.shift()[i] - mean;
        }
        sigma[f] =
                Math.sqrt(
                        scale == LongComBat.Scale.REML
                                ? fit.variances()[0]
                                : meanSquare(fit.rest()));
        standardise(f, which, fit);
    }

    private static void put(double[][] into, int f, double[] values) {
        for (int k = 0; k < values.length; k++) {
            into[k][f] = values[k];
        }
    }

    private static double meanSquare(double[] rest) {
        double mean = 0;
        for (double e : rest) {
            mean += e / rest.length;
        }
        double squares = 0;
        for (double e : rest) {
            squares += (e - mean) * (e - mean) / rest.length;
        }
        return squares;
    }

    /** z = (residual + γ)/σ: its mean and variance in every batch. */
    private void standardise(int f, int[] which, SubjectFit fit) {
        double[] z = new double[which.length];
        for (int r = 0; r < which.length; r++) {
            int i = rows.batchOf[which[r]];
            z[r] = (fit.rest()[r] + shift[i][f]) / sigma[f];
            gammaHat[i][f] += z[r] / count[i][f];
        }
        for (int r = 0; r < which.length; r++) {
            int i = rows.batchOf[which[r]];
            double off = z[r] - gammaHat[i][f];
            deltaHat[i][f] += off * off / Math.max(1, count[i][f] - 1);
        }
        for (int i = 0; i < shift.length; i++) {
            if (count[i][f] == 0) {
                gammaHat[i][f] = Double.NaN;
            } else {
                double more = fit.shiftVariance()[i] - fit.variances()[0] / count[i][f];
                between[i][f] = Math.max(0, more) / (sigma[f] * sigma[f]);
            }
        }
    }

    /** Returns the batches after shrinking. */
    List<ComBatModel.Batch> batches(EmpiricalBayes[] shrunk) {
        List<ComBatModel.Batch> all = new ArrayList<>();
        for (int i = 0; i < shrunk.length; i++) {
            all.add(
                    withError(
                            new ComBatModel.Batch(
                                    rows.batches.get(i),
                                    rows.exams[i],
                                    Numbers.of(shrunk[i].gamma),
                                    Numbers.of(shrunk[i].delta),
                                    Numbers.of(shrunk[i].error)),
                            count[i],
                            between[i]));
        }
        return all;
    }

    /**
     * Returns a batch with the standard error √(w·δ*²/n + w²·b) of γ*, where w is the weight of γ̂
     * in it and b what subjects add to the variance of γ̂.
     */
    static ComBatModel.Batch withError(ComBatModel.Batch batch, int[] n, double[] between) {
        double[] error = batch.error().toArray();
        for (int f = 0; f < error.length; f++) {
            double own = batch.delta().get(f) / n[f];
            double weight = own > 0 ? error[f] * error[f] / own : 1;
            error[f] = Math.sqrt(weight * own + weight * weight * between[f]);
        }
        return new ComBatModel.Batch(
                batch.name(), batch.exams(), batch.gamma(), batch.delta(), Numbers.of(error));
    }

    /** Returns rows of numbers under their names. */
    static List<ComBatModel.Effect> named(List<String> names, double[][] values) {
        List<ComBatModel.Effect> all = new ArrayList<>();
        for (int k = 0; k < names.size(); k++) {
            all.add(new ComBatModel.Effect(names.get(k), Numbers.of(values[k])));
        }
        return all;
    }

    List<LongComBatModel.Subject> subjects() {
        List<LongComBatModel.Subject> all = new ArrayList<>();
        int w = rows.width();
        for (int s = 0; s < rows.subjects.size(); s++) {
            all.add(
                    new LongComBatModel.Subject(
                            rows.subjects.get(s),
                            Numbers.of(effects[s * w]),
                            w == 1 ? Numbers.of() : Numbers.of(effects[s * w + 1])));
        }
        return all;
    }

    /** Returns how many features have a standard deviation that is a given number. */
    int count(double sd) {
        return (int) Arrays.stream(sigma).filter(s -> Double.compare(s, sd) == 0).count();
    }
}
