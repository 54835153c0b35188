package org.diapason.quality;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.diapason.math.Rng;
import org.diapason.stats.Estimate;

/**
 * Sums over the cells of an image. Most figures are a function of such sums, so that the figure of
 * the image is that of their total, and a draw of the bootstrap is a total over drawn cells.
 *
 * @param byCell by cell; the first sum counts what was summed
 */
record Tally(double[][] byCell) {
    /** Fewer cells with something in them say nothing of how a figure varies. */
    private static final int LEAST_CELLS = 8;

    /** Adds what the voxels i0 … i1 − 1 of a row bring. */
    interface Voxels {
        void add(int i0, int i1, int j, int k, double[] sums);
    }

    /** Sums over all voxels. */
    static Tally overVoxels(Cells cells, int many, Voxels voxels) {
        return new Tally(
                cells.sums(
                        many,
                        (j0, j1, k0, k1, sums) -> {
                            for (int k = k0; k < k1; k++) {
                                for (int j = j0; j < j1; j++) {
                                    for (int c = 0; c < sums.length; c++) {
                                        int from = cells.start(0, c);
                                        voxels.add(from, cells.start(0, c + 1), j, k, sums[c]);
                                    }
                                }
                            }
                        }));
    }

    /** Makes one of no cell. */
    static Tally empty() {
        return new Tally(new double[0][1]);
    }

    /** Adds those of another channel. */
    Tally plus(Tally other) {
        return merge(other, false);
    }

    /** Puts those of another tally of the same cells behind them. */
    Tally beside(Tally other) {
        return merge(other, true);
    }

    private Tally merge(Tally other, boolean behind) {
        double[][] all = new double[byCell.length][];
        for (int c = 0; c < all.length; c++) {
            double[] a = byCell[c];
            double[] b = other.byCell[c];
            all[c] = java.util.Arrays.copyOf(a, behind ? a.length + b.length : a.length);
            for (int m = 0; m < b.length; m++) {
                all[c][behind ? a.length + m : m] += b[m];
            }
        }
        return new Tally(all);
    }

    double[] total() {
        double[] sum = new double[byCell.length == 0 ? 1 : byCell[0].length];
        for (double[] cell : byCell) {
            add(cell, sum);
        }
        return sum;
    }

    private static void add(double[] cell, double[] sum) {
        for (int m = 0; m < sum.length; m++) {
            sum[m] += cell[m];
        }
    }

    /**
     * Returns a value with the percentiles 2.5 and 97.5 of draws of as many cells as there are,
     * with replacement; nothing where fewer than eight hold anything.
     */
    Optional<Estimate> interval(ToDoubleFunction<double[]> finish, int draws, long seed) {
        double[][] held =
                java.util.Arrays.stream(byCell).filter(c -> c[0] > 0).toArray(double[][]::new);
        if (draws == 0 || held.length < LEAST_CELLS) {
            return Optional.empty();
        }
        Rng rng = new Rng(seed);
        double[] values = new double[draws];
        double[] sum = new double[held[0].length];
        for (int d = 0; d < draws; d++) {
            java.util.Arrays.fill(sum, 0);
            for (int c = 0; c < held.length; c++) {
                add(held[rng.nextInt(held.length)], sum);
            }
            double value = finish.applyAsDouble(sum);
            values[d] = Double.isFinite(value) ? value : Double.NaN;
        }
        return Optional.of(Estimate.ofDraws(finish.applyAsDouble(total()), values));
    }
}
