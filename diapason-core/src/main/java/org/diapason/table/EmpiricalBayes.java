package org.diapason.table;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.table.ComBat.MeanOnly;
import org.diapason.table.ComBat.Method;
import org.diapason.volume.RefusedException;

/**
 * Shrinks the location and scale of every feature in one batch towards what the features have in
 * common (Johnson, Li and Rabinovic 2007, Biostatistics 8(1):118–127, sections 3.2 and 3.3).
 *
 * <p>Only sums are needed: Σ(z − g)² = (n − 1)·δ̂² + n·(γ̂ − g)².
 */
final class EmpiricalBayes {
    private static final double TOLERANCE = 1e-10;
    private static final double ORIGINAL_TOLERANCE = 1e-4;
    private static final int MAX_ITERATIONS = 10_000;
    private static final int BLOCK = 64;

    /** Logarithm of a weight that 20,000 features together do not notice: e⁻⁶⁰. */
    private static final double NOTHING = -60;

    /** Location after shrinking, NaN where the batch has no finite row of the feature. */
    final double[] gamma;

    /** Squared scale after shrinking. */
    final double[] delta;

    /** Standard error of the location in units of σ. */
    final double[] error;

    /** Features whose scale in the batch is 0. */
    int constant;

    /** Features with too few values in the batch for a scale of their own. */
    int thin;

    int iterations;

    private final double[] gammaHat;
    private final double[] deltaHat;
    private final int[] n;
    private final int fewest;
    private final boolean ownMean;

    private double meanGamma;
    private double varGamma;
    private double meanDelta;
    private double varDelta;
    private double shape;
    private double rate;
    private boolean shrinkGamma;
    private boolean shrinkDelta;

    /**
     * @param gammaHat mean of the standardised feature in the batch, NaN where undefined
     * @param deltaHat variance (divisor n − 1) of it, unused where n is below min-scale-exams
     * @param n finite rows per feature
     * @param exams rows of the batch
     * @param settings method, mean-only, min-scale-exams and stop
     */
    EmpiricalBayes(double[] gammaHat, double[] deltaHat, int[] n, int exams, ComBat settings) {
        this.gammaHat = gammaHat;
        this.deltaHat = deltaHat;
        this.n = n;
        fewest = settings.minScaleExams();
        ownMean = settings.meanOnly() != MeanOnly.SVA;
        gamma = gammaHat.clone();
        delta = new double[gammaHat.length];
        error = new double[gammaHat.length];
        boolean scale = settings.meanOnly() == MeanOnly.NO && exams >= fewest;
        priors(settings.method() != Method.NONE);
        if (settings.method() == Method.NONPARAMETRIC && shrinkGamma) {
            integrate(scale);
            return;
        }
        start(scale);
        if (scale && shrinkDelta && settings.originalStop()) {
            iterateTogether();
        } else if (scale && shrinkDelta) {
            for (int f = 0; f < gamma.length; f++) {
                if (iterates(f)) {
                    iterate(f);
                }
            }
        }
        for (int f = 0; f < error.length; f++) {
            error[f] = error(f);
        }
    }

    /** Whether a feature without a scale of its own takes it from the others. */
    boolean shrinks() {
        return shrinkGamma;
    }

    private boolean usable(int f) {
        return n[f] >= fewest && deltaHat[f] > 1e-20;
    }

    private boolean iterates(int f) {
        return n[f] >= fewest && !Double.isNaN(gammaHat[f]);
    }

    private void priors(boolean shrink) {
        double[] g = new double[gamma.length];
        double[] d = new double[gamma.length];
        int gs = 0;
        int ds = 0;
        for (int f = 0; f < gamma.length; f++) {
            if (!Double.isNaN(gammaHat[f])) {
                g[gs++] = gammaHat[f];
                if (usable(f)) {
                    d[ds++] = deltaHat[f];
                } else if (n[f] >= fewest) {
                    constant++;
                } else {
                    thin++;
                }
            }
        }
        meanGamma = mean(g, gs);
        varGamma = variance(g, gs, meanGamma);
        meanDelta = ds == 0 ? 1 : mean(d, ds);
        varDelta = variance(d, ds, meanDelta);
        shape = (2 * varDelta + meanDelta * meanDelta) / varDelta;
        rate = (meanDelta * varDelta + meanDelta * meanDelta * meanDelta) / varDelta;
        shrinkGamma = shrink && gs > 1;
        shrinkDelta = shrinkGamma && ds > 1 && varDelta > 0;
    }

    /** Sets what needs no iteration, and where the iteration starts. */
    private void start(boolean scale) {
        for (int f = 0; f < gamma.length; f++) {
            if (Double.isNaN(gammaHat[f])) {
                delta[f] = Double.NaN;
                continue;
            }
            if (!scale) {
                delta[f] = 1;
            } else if (n[f] < fewest) {
                delta[f] = shrinkGamma ? meanDelta : 1;
            } else if (shrinkDelta) {
                delta[f] = usable(f) ? deltaHat[f] : meanDelta;
                continue;
            } else if (shrinkGamma && varDelta == 0) {
                delta[f] = meanDelta;
            } else {
                delta[f] = usable(f) ? deltaHat[f] : 1;
            }
            if (shrinkGamma) {
                gamma[f] = location(f, delta[f]);
            }
        }
    }

    private double location(int f, double deltaNow) {
        double weight = (ownMean ? n[f] : 1) * varGamma;
        return (weight * gammaHat[f] + deltaNow * meanGamma) / (weight + deltaNow);
    }

    /**
     * Of γ̂, √(δ²/n); of γ* = w·γ̂ + (1 − w)·γ̄, √(w²·δ²/n + (1 − w)²·τ²), which for the weight of
     * the posterior mean is √(δ²·τ²/(n·τ² + δ²)).
     */
    private double error(int f) {
        double d = delta[f];
        double weight = (ownMean ? n[f] : 1) * varGamma;
        double own = shrinkGamma ? weight / (weight + d) : 1;
        return Math.sqrt(own * own * d / n[f] + (1 - own) * (1 - own) * varGamma);
    }

    private double squaredScale(int f, double gammaNow) {
        return (0.5 * squares(f, gammaNow) + rate) / (0.5 * n[f] + shape - 1);
    }

    /** Σ(z − g)² over the finite rows of a feature. */
    private double squares(int f, double g) {
        double off = gammaHat[f] - g;
        return (n[f] < 2 ? 0 : (n[f] - 1) * deltaHat[f]) + n[f] * off * off;
    }

    private void iterate(int f) {
        boolean moving = true;
        for (int count = 1; moving; count++) {
            double g = location(f, delta[f]);
            double d = squaredScale(f, g);
            moving =
                    Math.abs(g - gamma[f]) > TOLERANCE * Math.max(Math.abs(gamma[f]), 1e-8)
                            || Math.abs(d - delta[f]) > TOLERANCE * delta[f];
            gamma[f] = g;
            delta[f] = d;
            countIteration(count);
        }
    }

    /** The rule of sva: divides by a signed γ and stops all features at once. */
    private void iterateTogether() {
        double change;
        int count = 0;
        do {
            change = Double.NEGATIVE_INFINITY;
            for (int f = 0; f < gamma.length; f++) {
                if (iterates(f)) {
                    double g = location(f, delta[f]);
                    double d = squaredScale(f, g);
                    if (g != gamma[f]) {
                        change = Math.max(change, Math.abs(g - gamma[f]) / gamma[f]);
                    }
                    change = Math.max(change, Math.abs(d - delta[f]) / delta[f]);
                    gamma[f] = g;
                    delta[f] = d;
                }
            }
            countIteration(++count);
        } while (change > ORIGINAL_TOLERANCE);
    }

    private void countIteration(int count) {
        iterations = Math.max(iterations, count);
        if (count > MAX_ITERATIONS) {
            throw new RefusedException(
                    "ComBat: the empirical Bayes estimates did not settle in "
                            + MAX_ITERATIONS
                            + " rounds. Set method to none, or leave out features that are nearly"
                            + " constant.");
        }
    }

    /**
     * Weighs γ̂ and δ̂² of every other feature by how likely they make the values of this one, the
     * likeliest first brought to 1: a product of densities is 0 from some 700 values on.
     */
    private void integrate(boolean scale) {
        int[] others = new int[gamma.length];
        int count = 0;
        for (int f = 0; f < others.length; f++) {
            if (!Double.isNaN(gammaHat[f]) && (!scale || usable(f))) {
                others[count++] = f;
            }
        }
        int[] candidates = Arrays.copyOf(others, count);
        double[] d = new double[gamma.length];
        double[] logarithm = new double[gamma.length];
        for (int f : candidates) {
            d[f] = scale ? deltaHat[f] : 1;
            logarithm[f] = StrictMath.log(d[f]);
        }
        Parallel.forEach(
                (gamma.length + BLOCK - 1) / BLOCK,
                block -> {
                    double[] likely = new double[candidates.length];
                    int end = Math.min(gamma.length, (block + 1) * BLOCK);
                    for (int f = block * BLOCK; f < end; f++) {
                        integrate(f, candidates, d, logarithm, likely);
                    }
                });
    }

    private void integrate(
            int f, int[] candidates, double[] d, double[] logarithm, double[] likely) {
        if (Double.isNaN(gammaHat[f])) {
            delta[f] = Double.NaN;
            error[f] = Double.NaN;
            return;
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < candidates.length; c++) {
            int g = candidates[c];
            if (g != f) {
                likely[c] = -0.5 * (n[f] * logarithm[g] + squares(f, gammaHat[g]) / d[g]);
                best = Math.max(best, likely[c]);
            }
        }
        double sum = 0;
        double location = 0;
        double square = 0;
        double scale = 0;
        for (int c = 0; c < candidates.length; c++) {
            int g = candidates[c];
            double log = likely[c] - best;
            if (g != f && log > NOTHING) {
                double weight = StrictMath.exp(log);
                sum += weight;
                location += weight * gammaHat[g];
                square += weight * gammaHat[g] * gammaHat[g];
                scale += weight * d[g];
            }
        }
        if (sum == 0) {
            delta[f] = usable(f) && d[f] > 0 ? d[f] : 1;
            error[f] = Math.sqrt(delta[f] / n[f]);
            return;
        }
        gamma[f] = location / sum;
        delta[f] = scale / sum;
        error[f] = Math.sqrt(Math.max(0, square / sum - gamma[f] * gamma[f]));
    }

    private static double mean(double[] values, int count) {
        double sum = 0;
        for (int c = 0; c < count; c++) {
            sum += values[c];
        }
        return sum / count;
    }

    private static double variance(double[] values, int count, double mean) {
        double sum = 0;
        for (int c = 0; c < count; c++) {
            sum += (values[c] - mean) * (values[c] - mean);
        }
        return count < 2 ? 0 : sum / (count - 1);
    }
}
