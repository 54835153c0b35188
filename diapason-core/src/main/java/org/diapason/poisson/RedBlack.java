package org.diapason.poisson;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * A grid's pixels kept as two colours, so that no two of one colour are neighbours: red where i + j
 * + k is even, black where it is odd. Every row of a colour is contiguous.
 *
 * <p>Only the box around the mask is kept. Rows are computed in scratch lines that begin where
 * their arrays begin, without which JDK 17 adds one number at a time. A block of slices (rows of a
 * picture, planes of a volume) updates red slice s and then black slice s − 1, which goes through
 * memory once; black slices beside another block wait until all blocks are done.
 */
final class RedBlack {
    /** Pixels that are worth a block of their own, and the most blocks. */
    private static final int BLOCK = 1 << 14;

    private static final int MOST_BLOCKS = 16;

    private final PoissonGrid grid;
    private final int[] low;
    private final int[] sizes;

    /** Numbers of a row of one colour, and from one row to the next, one unused on either side. */
    private final int half;

    private final int stride;

    /** One over the diagonal, 0 outside the mask. */
    private final double[][] inverse;

    /** The first number of each row that is in the mask, and after the last. */
    private final int[][] first = new int[2][];

    private final int[][] end = new int[2][];

    /** The diagonal of each row away from the ends of i. */
    private final double[] diagonal;

    private final int slices;
    private final int rowsOfSlice;
    private final int blocks;
    private final Lines[] lines;

    private static final class Lines {
        final double[] before;
        final double[] after;
        final double[] below;
        final double[] above;
        final double[] sum;
        final double[] own;
        final double[] right;
        final double[] scale;

        Lines(int n) {
            before = new double[n];
            after = new double[n];
            below = new double[n];
            above = new double[n];
            sum = new double[n];
            own = new double[n];
            right = new double[n];
            scale = new double[n];
        }
    }

    RedBlack(PoissonGrid grid) {
        this.grid = grid;
        Box box = Box.of(grid);
        low = box.low;
        sizes = box.sizes;
        half = (sizes[0] + 1) / 2;
        stride = half + 2;
        int rows = sizes[1] * sizes[2];
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
                // A pixel alone in its image has no neighbour and no screen to divide by.
                double d = along + across + grid.screen();
                reciprocals[p] = grid.inside()[p] && d > 0 ? 1 / d : 0;
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
        long work = (long) sizes[0] * rows / BLOCK;
        blocks = (int) Math.max(1, Math.min(Math.min(work, MOST_BLOCKS), slices / 2));
        lines = new Lines[blocks];
        Arrays.setAll(lines, block -> new Lines(half));
    }

    private void spans(int colour, int row) {
        int at = start(row);
        int from = 0;
        int to = half;
        while (from < to && inverse[colour][at + from] == 0) {
            from++;
        }
        while (to > from && inverse[colour][at + to - 1] == 0) {
            to--;
        }
        first[colour][row] = from;
        end[colour][row] = to;
    }

    private int start(int row) {
        return row * stride + 1;
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

    /** Returns an image as its two colours, with a row of zeros after the last. */
    double[][] split(double[] image) {
        int rows = diagonal.length;
        double[][] colours = new double[2][(rows + 1) * stride];
        for (int row = 0; row < rows; row++) {
            for (int colour = 0; colour < 2; colour++) {
                int at = start(row);
                for (int i = offset(colour, row); i < sizes[0]; i += 2) {
                    colours[colour][at++] = image[pixel(row) + i];
                }
            }
        }
        return colours;
    }

    double[] join(double[][] colours) {
        double[] image = new double[grid.inside().length];
        for (int row = 0; row < diagonal.length; row++) {
            for (int colour = 0; colour < 2; colour++) {
                int at = start(row);
                for (int i = offset(colour, row); i < sizes[0]; i += 2) {
                    image[pixel(row) + i] = colours[colour][at++];
                }
            }
        }
        return image;
    }

    /**
     * Updates red, then black: {@code e ← e + ω r/d} with {@code r = b − L e} as it stands.
     *
     * @param omega of red and of black
     * @return Σ r² of red and of black, before each was updated
     */
    double[] sweep(double[][] e, double[][] b, double redOmega, double blackOmega) {
        double[] red = new double[diagonal.length];
        double[] black = new double[diagonal.length];
        Parallel.forEach(
                blocks,
                block -> {
                    int from = border(block);
                    int to = border(block + 1);
                    for (int s = from; s < to; s++) {
                        slice(e, b, 0, s, redOmega, lines[block], red);
                        if (s > from + (from == 0 ? 0 : 1)) {
                            slice(e, b, 1, s - 1, blackOmega, lines[block], black);
                        }
                    }
                    if (to == slices && (from == 0 || to > from + 1)) {
                        slice(e, b, 1, to - 1, blackOmega, lines[block], black);
                    }
                });
        Parallel.forEach(
                blocks - 1,
                block -> {
                    int s = border(block + 1);
                    slice(e, b, 1, s - 1, blackOmega, lines[block], black);
                    slice(e, b, 1, s, blackOmega, lines[block], black);
                });
        return new double[] {sum(red), sum(black)};
    }

    private int border(int block) {
        return (int) ((long) slices * block / blocks);
    }

    private void slice(
            double[][] e,
            double[][] b,
            int colour,
            int slice,
            double omega,
            Lines l,
            double[] squares) {
        for (int row = slice * rowsOfSlice; row < (slice + 1) * rowsOfSlice; row++) {
            int n = end[colour][row] - first[colour][row];
            if (n == 0) {
                continue;
            }
            int at = start(row) + first[colour][row];
            System.arraycopy(e[colour], at, l.own, 0, n);
            System.arraycopy(b[colour], at, l.right, 0, n);
            System.arraycopy(inverse[colour], at, l.scale, 0, n);
            neighbours(e[1 - colour], colour, row, l);
            relax(l.own, l.right, l.scale, l.sum, diagonal[row], omega, n);
            System.arraycopy(l.own, 0, e[colour], at, n);
            squares[row] = diagonal[row] * sum(l.sum, n) - endSquares(colour, row, l.sum);
        }
    }

    /** Leaves r²/d in {@code sum}, which held the neighbours. */
    private static void relax(
            double[] own,
            double[] right,
            double[] scale,
            double[] sum,
            double diagonal,
            double omega,
            int n) {
        for (int h = 0; h < n; h++) {
            double r = right[h] + sum[h] - diagonal * own[h];
            double change = scale[h] * r;
            own[h] = own[h] + omega * change;
            sum[h] = change * r;
        }
    }

    /**
     * Writes {@code Σ w e_q} into the sum of lines whose own part is there. Where the grid ends, a
     * pixel takes its own value for its neighbour's, which leaves the diagonal the same all along.
     */
    private void neighbours(double[] other, int colour, int row, Lines l) {
        int from = first[colour][row];
        int n = end[colour][row] - from;
        int offset = offset(colour, row);
        int at = start(row) + from + offset;
        System.arraycopy(other, at - 1, l.before, 0, n);
        System.arraycopy(other, at, l.after, 0, n);
        if (endsLow(colour, row)) {
            l.before[0] = l.own[0];
        }
        if (endsHigh(colour, row)) {
            l.after[n - 1] = l.own[n - 1];
        }
        int j = row % sizes[1];
        int k = row / sizes[1];
        System.arraycopy(other, start(j > 0 ? row - 1 : diagonal.length) + from, l.below, 0, n);
        int next = j < sizes[1] - 1 ? row + 1 : diagonal.length;
        System.arraycopy(other, start(next) + from, l.above, 0, n);
        add(l.before, l.after, l.below, l.above, grid.wi(), grid.wj(), l.sum, n);
        if (sizes[2] > 1) {
            int under = k > 0 ? row - sizes[1] : diagonal.length;
            System.arraycopy(other, start(under) + from, l.below, 0, n);
            int over = k < sizes[2] - 1 ? row + sizes[1] : diagonal.length;
            System.arraycopy(other, start(over) + from, l.above, 0, n);
            add(l.below, l.above, grid.wk(), l.sum, n);
        }
    }

    private static void add(
            double[] a,
            double[] b,
            double[] c,
            double[] d,
            double wi,
            double wj,
            double[] sum,
            int n) {
        for (int h = 0; h < n; h++) {
            sum[h] = wi * (a[h] + b[h]) + wj * (c[h] + d[h]);
        }
    }

    private static void add(double[] a, double[] b, double w, double[] sum, int n) {
        for (int h = 0; h < n; h++) {
            sum[h] = sum[h] + w * (a[h] + b[h]);
        }
    }

    /** Whether the first number of a row is a pixel at which the grid begins. */
    private boolean endsLow(int colour, int row) {
        return low[0] == 0 && first[colour][row] == 0 && offset(colour, row) == 0;
    }

    private boolean endsHigh(int colour, int row) {
        int i = 2 * (end[colour][row] - 1) + offset(colour, row);
        return low[0] + i == grid.ni() - 1;
    }

    /** Returns how much less than the row's diagonal the pixels at the ends of i count. */
    private double endSquares(int colour, int row, double[] squares) {
        int n = end[colour][row] - first[colour][row];
        return (endsLow(colour, row) ? grid.wi() * squares[0] : 0)
                + (endsHigh(colour, row) ? grid.wi() * squares[n - 1] : 0);
    }

    /** Returns {@code x·W x / x·D x}, W the weights between pixels and D the diagonal. */
    double rayleigh(double[][] x) {
        double edges = 0;
        double all = 0;
        Lines l = lines[0];
        for (int colour = 0; colour < 2; colour++) {
            for (int row = 0; row < diagonal.length; row++) {
                int n = end[colour][row] - first[colour][row];
                if (n == 0) {
                    continue;
                }
                System.arraycopy(x[colour], start(row) + first[colour][row], l.own, 0, n);
                neighbours(x[1 - colour], colour, row, l);
                double squares = 0;
                for (int h = 0; h < n; h++) {
                    edges += l.own[h] * l.sum[h];
                    squares += l.own[h] * l.own[h];
                    l.right[h] = l.own[h] * l.own[h];
                }
                double ends = endSquares(colour, row, l.right);
                edges -= ends;
                all += diagonal[row] * squares - ends;
            }
        }
        return edges / all;
    }

    private static double sum(double[] a, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int h = 0;
        for (; h + 3 < n; h += 4) {
            s0 += a[h];
            s1 += a[h + 1];
            s2 += a[h + 2];
            s3 += a[h + 3];
        }
        for (; h < n; h++) {
            s0 += a[h];
        }
        return s0 + s1 + (s2 + s3);
    }

    private static double sum(double[] rows) {
        return sum(rows, rows.length);
    }
}
