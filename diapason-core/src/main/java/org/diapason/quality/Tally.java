package org.diapason.quality;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.diapason.math.Rng;
import org.diapason.stats.Estimate;
import org.diapason.stats.Normals;
import org.diapason.stats.Quantiles;
import org.diapason.stats.Students;

/**
 * Sums over the cells of an image. Most figures are a function of such sums, so that the figure of
 * the image is that of their total, and a draw of the bootstrap is a total over drawn cells.
 *
 * @param byCell by cell, i fastest; the first sum counts what was summed
 * @param parts how many cells there are along i, j, k
 */
record Tally(double[][] byCell, int[] parts) {
    /** Fewer cells with something in them say nothing of how a figure varies. */
    private static final int LEAST_CELLS = 8;

    /** Parts of an axis from which on two neighbours are drawn together. */
    private static final int PAIRED = 4;

    /** One draw in so many may be not defined. */
    private static final int MOST_UNDEFINED = 40;

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
                        }),
                cells.parts());
    }

    /** Makes one of no cell. */
    static Tally empty() {
        return new Tally(new double[0][1], new int[3]);
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
            all[c] = Arrays.copyOf(a, behind ? a.length + b.length : a.length);
            for (int m = 0; m < b.length; m++) {
                all[c][behind ? a.length + m : m] += b[m];
            }
        }
        return new Tally(all, parts);
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
     * Returns the total with an interval of 95 % by a bootstrap of moving blocks: two cells along
     * each axis that has four or more, from any cell on, around the end to the start (Künsch 1989,
     * Annals of Statistics 17(3):1217–1241; Politis and Romano 1992), so that voxels and windows on
     * either side of a border of cells vary together. Percentiles lie as far out as a t of the
     * number of blocks asks (Hesterberg 2015, The American Statistician 69(4):371–386), where
     * overlapping blocks count one and a half times an axis. Where there would be fewer than eight,
     * cells are drawn alone.
     *
     * @return nothing where fewer than eight cells hold anything, or where more than a fortieth of
     *     the draws are not defined
     */
    Optional<Estimate> interval(ToDoubleFunction<double[]> finish, int draws, long seed) {
        double[][] held = held(byCell);
        if (draws == 0 || held.length < LEAST_CELLS) {
            return Optional.empty();
        }
        int axes = (int) Arrays.stream(parts).filter(n -> n >= PAIRED).count();
        int many = held.length >> axes;
        if (many < LEAST_CELLS) {
            axes = 0;
            many = held.length;
        }
        double[][] blocks = axes == 0 ? held : held(blocks());
        Rng rng = new Rng(seed);
        double[] values = new double[draws];
        double[] sum = new double[held[0].length];
        int undefined = 0;
        for (int d = 0; d < draws; d++) {
            Arrays.fill(sum, 0);
            for (int b = 0; b < many; b++) {
                add(blocks[rng.nextInt(blocks.length)], sum);
            }
            double value = finish.applyAsDouble(sum);
            values[d] = Double.isFinite(value) ? value : Double.NaN;
            undefined += Double.isFinite(value) ? 0 : 1;
        }
        if (undefined > draws / MOST_UNDEFINED) {
            return Optional.empty();
        }
        double freedom = many * StrictMath.pow(1.5, axes) - 1;
        double reach = Students.t95(freedom) * Math.sqrt(many / (many - 1.0));
        double tail = Normals.twoSided(reach) / 2;
        return Optional.of(
                new Estimate(
                        finish.applyAsDouble(total()),
                        Quantiles.of(values, tail),
                        Quantiles.of(values, 1 - tail)));
    }

    /**
     * Returns the total with an interval of 95 % by leaving out each cell in turn (Tukey's
     * jackknife): for figures of how many different values there are, of which a draw with repeated
     * cells always holds fewer.
     *
     * @return nothing where fewer than eight cells hold anything
     */
    Optional<Estimate> jackknife(ToDoubleFunction<double[]> finish) {
        double[][] held = held(byCell);
        int n = held.length;
        if (n < LEAST_CELLS) {
            return Optional.empty();
        }
        double[] total = total();
        double[] without = new double[n];
        double mean = 0;
        for (int c = 0; c < n; c++) {
            double[] sum = total.clone();
            for (int m = 0; m < sum.length; m++) {
                sum[m] -= held[c][m];
            }
            without[c] = finish.applyAsDouble(sum);
            mean += without[c] / n;
        }
        double squares = 0;
        for (double value : without) {
            squares += (value - mean) * (value - mean);
        }
        double value = finish.applyAsDouble(total);
        double reach = Students.t95(n - 1) * Math.sqrt(squares * (n - 1) / n);
        return Double.isFinite(reach)
                ? Optional.of(new Estimate(value, value - reach, value + reach))
                : Optional.empty();
    }

    private static double[][] held(double[][] cells) {
        return Arrays.stream(cells).filter(c -> c[0] > 0).toArray(double[][]::new);
    }

    /** Returns sums of a cell and those next to it, for each cell. */
    private double[][] blocks() {
        double[][] all = new double[byCell.length][byCell[0].length];
        int[] by = new int[3];
        for (int a = 0; a < 3; a++) {
            by[a] = parts[a] >= PAIRED ? 2 : 1;
        }
        for (int c = 0; c < all.length; c++) {
            int ci = c % parts[0];
            int cj = c / parts[0] % parts[1];
            int ck = c / parts[0] / parts[1];
            for (int n = 0; n < by[0] * by[1] * by[2]; n++) {
                int i = (ci + n % by[0]) % parts[0];
                int j = (cj + n / by[0] % by[1]) % parts[1];
                int k = (ck + n / by[0] / by[1]) % parts[2];
                add(byCell[(k * parts[1] + j) * parts[0] + i], all[c]);
            }
        }
        return all;
    }
}
