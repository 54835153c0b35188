package org.diapason.poisson;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * A grid's pixels kept as two colours, so that no two of one colour are neighbours: red where i + j
 * + k is even, black where it is odd.
 *
 * <p>Only the box around the mask is kept. Every row of a colour is an array of its own with a 0
 * before and after it, so that loops run on vectors: the neighbours across rows have the same
 * index.
 *
 * <p>Several sweeps go through memory together: half sweep h follows one slice (row of a picture,
 * plane of a volume) behind half sweep h − 1. Blocks of slices do so side by side, each half sweep
 * staying one slice further away from the next block than the one before; what is left at the
 * borders is done when all blocks are through.
 */
final class RedBlack {
    /** Pixels that are worth a block of their own, and the most blocks. */
    private static final int BLOCK = 1 << 14;

    private static final int MOST_BLOCKS = 16;

    /** The most sweeps that go together, and the pixels that may be between the first and last. */
    private static final int MOST_TOGETHER = 4;

    private static final int NEAR = 1 << 15;

    private final PoissonGrid grid;
    private final int[] low;
    private final int[] sizes;

    /** Numbers of a row of one colour, which are 1 … half of its array. */
    private final int half;

    private final int rows;

    /** One over the diagonal, 0 outside the mask; by colour and row. */
    private final double[][][] inverse;

    /** The first number of each row that is in the mask, and after the last. */
    private final int[][] first = new int[2][];

    private final int[][] end = new int[2][];

    /** The diagonal of each row away from the ends of i. */
    private final double[] diagonal;

    private final int slices;
    private final int rowsOfSlice;
    private final int together;
    private final int blocks;

    /** Rows for each block and each border of two. */
    private final double[][][] scratch;

    RedBlack(PoissonGrid grid) {
        this.grid = grid;
        Box box = Box.of(grid);
        low = box.low;
        sizes = box.sizes;
        half = (sizes[0] + 1) / 2;
        rows = sizes[1] * sizes[2];
        diagonal = new double[rows];
        double[] reciprocals = new double[grid.inside().length];
        for (int row = 0; row < rows; row++) {
            int j = low[1] + row % sizes[1];
            int k = low[2] + row / sizes[1];
            double across = (j > 0 ? grid.wj() : 0) + (j < grid.nj() - 1 ? grid.wj() : 0);
            across += (k > 0 ? grid.wk() : 0) + (k < grid.nk() - 1 ? grid.wk() : 0);
            diagonal[row] = 2 * grid.wi() + across + grid.screen();
            for (int i = low[0]; i < low[0] + sizes[0]; i++) {
                int p = (k * grid.nj() + j) * grid.ni() + i;
                double along = (i > 0 ? grid.wi() : 0) + (i < grid.ni() - 1 ? grid.wi() : 0);
                reciprocals[p] = grid.inside()[p] ? 1 / (along + across + grid.screen()) : 0;
            }
        }
        inverse = split(reciprocals);
        for (int colour = 0; colour < 2; colour++) {
            first[colour] = new int[rows];
            end[colour] = new int[rows];
            for (int row = 0; row < rows; row++) {
                spans(colour, row);
            }
        }
        slices = sizes[2] > 1 ? sizes[2] : sizes[1];
        rowsOfSlice = rows / slices;
        int slice = sizes[0] * rowsOfSlice;
        together = Math.max(1, Math.min(MOST_TOGETHER, NEAR / slice / 2));
        long work = (long) slice * slices / BLOCK;
        // Borders of two blocks must not meet: 2 together − 1 slices on either side.
        blocks = (int) Math.max(1, Math.min(Math.min(work, MOST_BLOCKS), slices / (4 * together)));
        scratch = new double[2 * blocks - 1][3 + 2 * together][half + 2];
    }

    private void spans(int colour, int row) {
        double[] line = inverse[colour][row];
        int from = 1;
        int to = half + 1;
        while (from < to && line[from] == 0) {
            from++;
        }
        while (to > from && line[to - 1] == 0) {
            to--;
        }
        first[colour][row] = from;
        end[colour][row] = to;
    }

    /** Returns how many sweeps go through memory together; any number up to it may be asked for. */
    int together() {
        return together;
    }

    /** Returns where i stands of the first number of a row. */
    private int offset(int colour, int row) {
        return (row % sizes[1] + row / sizes[1] + colour) & 1;
    }

    private int pixel(int row) {
        int j = low[1] + row % sizes[1];
        int k = low[2] + row / sizes[1];
        return (k * grid.nj() + j) * grid.ni() + low[0];
    }

    /** Returns zeros: two colours, the rows of each, and one more row that stays 0. */
    double[][][] zeros() {
        return new double[2][rows + 1][half + 2];
    }

    /** Returns an image as its two colours. */
    double[][][] split(double[] image) {
        double[][][] colours = zeros();
        for (int colour = 0; colour < 2; colour++) {
            for (int row = 0; row < rows; row++) {
                int at = 1;
                for (int i = offset(colour, row); i < sizes[0]; i += 2) {
                    colours[colour][row][at++] = image[pixel(row) + i];
                }
            }
        }
        return colours;
    }

    double[] join(double[][][] colours) {
        double[] image = new double[grid.inside().length];
        for (int colour = 0; colour < 2; colour++) {
            for (int row = 0; row < rows; row++) {
                int at = 1;
                for (int i = offset(colour, row); i < sizes[0]; i += 2) {
                    image[pixel(row) + i] = colours[colour][row][at++];
                }
            }
        }
        return image;
    }

    /**
     * Updates red, black, red, black …: {@code e ← e + ω r/d} with {@code r = b − L e} as it
     * stands.
     *
     * @param omegas one per half sweep, an even number of them, at most twice {@link #together}
     * @return Σ r² of the colour of each half sweep, before it was updated
     */
    double[] sweep(double[][][] e, double[][][] b, double... omegas) {
        double[][] squares = new double[2 * blocks - 1][];
        Parallel.forEach(
                blocks,
                block -> {
                    Work work = new Work(scratch[block], e, b, omegas);
                    int from = border(block);
                    int to = border(block + 1);
                    for (int s = from; s < to + omegas.length - 1; s++) {
                        for (int h = 0; h < omegas.length; h++) {
                            int least = from == 0 ? 0 : from + h;
                            int most = to == slices ? to : to - h;
                            if (s - h >= least && s - h < most) {
                                work.slice(h, s - h);
                            }
                        }
                    }
                    squares[block] = work.squares();
                });
        Parallel.forEach(
                blocks - 1,
                block -> {
                    Work work = new Work(scratch[blocks + block], e, b, omegas);
                    int border = border(block + 1);
                    for (int h = 1; h < omegas.length; h++) {
                        for (int s = border - h; s < border + h; s++) {
                            work.slice(h, s);
                        }
                    }
                    squares[blocks + block] = work.squares();
                });
        double[] sums = new double[omegas.length];
        for (double[] part : squares) {
            for (int h = 0; h < sums.length; h++) {
                sums[h] += part[h];
            }
        }
        return sums;
    }

    private int border(int block) {
        return (int) ((long) slices * block / blocks);
    }

    /** Returns {@code 1 − x·W x / x·D x}, W the weights between pixels and D the diagonal. */
    double rayleigh(double[][][] x) {
        double[][] none = new double[rows][];
        Arrays.fill(none, new double[half + 2]);
        Work work = new Work(scratch[0], x, new double[][][] {none, none}, 0);
        double energy = 0;
        double all = 0;
        for (int colour = 0; colour < 2; colour++) {
            for (int row = 0; row < rows; row++) {
                int lo = first[colour][row];
                int hi = end[colour][row];
                work.residual(colour, row, lo, hi);
                energy -= SweepMath.dot(x[colour][row], work.left, lo, hi);
                all +=
                        SweepMath.squares(
                                x[colour][row], inverse[colour][row], diagonal[row], lo, hi);
            }
        }
        return energy / all;
    }

    /** Half sweeps of one thread, and the neighbours of the row it is at. */
    private final class Work {
        private final double[][][] e;
        private final double[][][] b;
        private final double[] omegas;

        /** Of each half sweep Σ r² d/d', d being the row's diagonal and d' the pixel's. */
        private final double[][] sums;

        /** What these are too large by at the ends of rows. */
        private final double[] excess;

        private final double[] shifted;
        private final double[] other;
        private final double[] left;
        private double[] before;
        private double[] after;
        private double[] below;
        private double[] above;
        private double[] under;
        private double[] over;

        Work(double[][] scratch, double[][][] e, double[][][] b, double... omegas) {
            this.e = e;
            this.b = b;
            this.omegas = omegas;
            shifted = scratch[0];
            other = scratch[1];
            left = scratch[2];
            sums = Arrays.copyOfRange(scratch, 3, 3 + omegas.length);
            for (double[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            excess = new double[omegas.length];
        }

        double[] squares() {
            double[] squares = new double[omegas.length];
            for (int h = 0; h < squares.length; h++) {
                squares[h] = SweepMath.sum(sums[h]) - excess[h];
            }
            return squares;
        }

        void slice(int half, int slice) {
            int colour = half & 1;
            for (int row = slice * rowsOfSlice; row < (slice + 1) * rowsOfSlice; row++) {
                int lo = first[colour][row];
                int hi = end[colour][row];
                if (lo < hi) {
                    residual(colour, row, lo, hi);
                    excess[half] += ends(inverse[colour][row], diagonal[row], lo, hi);
                    SweepMath.relax(
                            e[colour][row],
                            inverse[colour][row],
                            left,
                            sums[half],
                            diagonal[row],
                            omegas[half],
                            lo,
                            hi);
                }
            }
        }

        /** Returns what {@code diagonal r²/d'} is too large by where the grid ends. */
        private double ends(double[] inverse, double diagonal, int lo, int hi) {
            double excess = end(inverse, diagonal, lo);
            return hi - 1 > lo ? excess + end(inverse, diagonal, hi - 1) : excess;
        }

        private double end(double[] inverse, double diagonal, int h) {
            return (diagonal * inverse[h] - 1) * left[h] * left[h];
        }

        /** Writes the residual of a row into {@code left}. */
        void residual(int colour, int row, int lo, int hi) {
            look(colour, row);
            double[] own = e[colour][row];
            SweepMath.along(
                    own, before, after, b[colour][row], left, grid.wi(), grid.screen(), lo, hi);
            SweepMath.across(own, below, above, left, grid.wj(), lo, hi);
            if (grid.nk() > 1) {
                SweepMath.across(own, under, over, left, grid.wk(), lo, hi);
            }
        }

        /**
         * Finds the neighbours of a row. Where the grid ends, a pixel takes its own value for its
         * neighbour's, from which it does not differ.
         */
        void look(int colour, int row) {
            double[] own = e[colour][row];
            double[][] others = e[1 - colour];
            double[] beside = others[row];
            int begin = offset(colour, row);
            System.arraycopy(beside, begin == 0 ? 0 : 2, shifted, 1, half);
            before = begin == 0 ? shifted : beside;
            after = begin == 0 ? beside : shifted;
            if (low[0] == 0 && begin == 0) {
                before[1] = own[1];
            }
            int last = sizes[0] - 1 - begin;
            if (low[0] + sizes[0] == grid.ni() && last >= 0 && last % 2 == 0) {
                if (begin == 0) {
                    System.arraycopy(beside, 1, other, 1, half);
                    after = other;
                }
                after[last / 2 + 1] = own[last / 2 + 1];
            }
            int j = row % sizes[1];
            int k = row / sizes[1];
            below = across(others, own, 1, j - 1, row - 1);
            above = across(others, own, 1, j + 1, row + 1);
            under = across(others, own, 2, k - 1, row - sizes[1]);
            over = across(others, own, 2, k + 1, row + sizes[1]);
        }

        /**
         * Returns the row at some place of an axis; one of zeros beside the box, own at the end.
         */
        private double[] across(double[][] others, double[] own, int axis, int place, int row) {
            if (place >= 0 && place < sizes[axis]) {
                return others[row];
            }
            int n = axis == 1 ? grid.nj() : grid.nk();
            return low[axis] + place >= 0 && low[axis] + place < n ? others[rows] : own;
        }
    }
}
