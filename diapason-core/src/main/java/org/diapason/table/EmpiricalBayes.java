package org.diapason.table;

import org.diapason.volume.RefusedException;

/**
 * Shrinks the location and scale of every feature in one batch towards what the features have in
 * common (Johnson, Li and Rabinovic 2007, Biostatistics 8(1):118–127, section 3.2).
 *
 * <p>Only sums are needed: Σ(z − γ*)² = (n − 1)·δ̂² + n·(γ̂ − γ*)².
 */
final class EmpiricalBayes {
    private static final double TOLERANCE = 1e-10;
    private static final double ORIGINAL_TOLERANCE = 1e-4;
    private static final int MAX_ITERATIONS = 10_000;

    /** Location after shrinking, NaN where the batch has no finite row of the feature. */
    final double[] gamma;

    /** Squared scale after shrinking. */
    final double[] delta;

    /** Features whose scale in the batch is 0. */
    int constant;

    /** Features with too few values in the batch for a scale of their own. */
    int thin;

    int iterations;

    private final double[] gammaHat;
    private final double[] deltaHat;
    private final int[] n;
    private final int fewest;

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
     * @param deltaHat variance (divisor n − 1) of it, unused where n is below {@code fewest}
     * @param n finite rows per feature
     * @param fewest values that a scale needs, at least 2
     * @param scale whether the batch has so many rows
     * @param shrink whether to shrink at all
     * @param originalStop whether to iterate as sva does, all features together
     */
    EmpiricalBayes(
            double[] gammaHat,
            double[] deltaHat,
            int[] n,
            int fewest,
            boolean scale,
            boolean shrink,
            boolean originalStop) {
        this.gammaHat = gammaHat;
        this.deltaHat = deltaHat;
        this.n = n;
        this.fewest = fewest;
        gamma = gammaHat.clone();
        delta = new double[gammaHat.length];
        priors(shrink);
        start(scale);
        if (scale && shrinkDelta && originalStop) {
            iterateTogether();
        } else if (scale && shrinkDelta) {
            for (int f = 0; f < gamma.length; f++) {
                if (iterates(f)) {
                    iterate(f);
                }
            }
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
        double weight = n[f] * varGamma;
        return (weight * gammaHat[f] + deltaNow * meanGamma) / (weight + deltaNow);
    }

    private double squaredScale(int f, double gammaNow) {
        double off = gammaHat[f] - gammaNow;
        double sum = (n[f] - 1) * deltaHat[f] + n[f] * off * off;
        return (0.5 * sum + rate) / (0.5 * n[f] + shape - 1);
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
                    change = Math.max(change, Math.abs(g - gamma[f]) / gamma[f]);
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
                            + " rounds. Set empirical-bayes to false, or leave out features that are"
                            + " nearly constant.");
        }
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
