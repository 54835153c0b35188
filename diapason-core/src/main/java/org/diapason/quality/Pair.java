package org.diapason.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.diapason.math.LocalMoments;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Two channels on one grid, and which voxels count: those of the mask where both have a value.
 *
 * <p>What is infinite is no value either. {@code offset} is the mean of both, near which sums are
 * taken.
 */
final class Pair {
    private static final double SAME_GRID_VOXELS = 0.01;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    /** Values looked through for infinity at a time; even. */
    private static final int BLOCK = 1 << 16;

    final Geometry g;
    final float[] x;
    final float[] y;
    final boolean[] in;
    final Cells cells;
    final double offset;

    /** Count, sum, least and most of x, then of y. */
    private final double[] ends;

    private Pair(Geometry g, float[] x, float[] y, boolean[] in, Cells cells) {
        this.g = g;
        this.x = x;
        this.y = y;
        this.in = in;
        this.cells = cells;
        ends = ends();
        offset = ends[0] > 0 ? (ends[1] + ends[4]) / (2 * ends[0]) : 0;
    }

    private Pair(Pair like, double offset) {
        g = like.g;
        x = like.x;
        y = like.y;
        in = like.in;
        cells = like.cells;
        ends = like.ends;
        this.offset = offset;
    }

    static Pair of(Geometry g, float[] x, float[] y, boolean[] in) {
        return of(g, x, y, in, Cells.of(g));
    }

    /** Returns a pair parted into as many cells as another grid over the same image. */
    static Pair of(Geometry g, float[] x, float[] y, boolean[] in, Cells like) {
        return new Pair(g, finite(x), finite(y), in, like.on(g.ni(), g.nj(), g.nk()));
    }

    /**
     * Returns the channels of two images beside each other; where one has a single channel, each of
     * the other's beside that.
     *
     * @throws RefusedException if grids or numbers of channels do not fit
     */
    static List<Pair> of(Volume a, Volume b, Optional<Mask> mask) {
        requireSame(a.geometry(), b.geometry(), "images");
        mask.ifPresent(m -> requireSame(a.geometry(), m.geometry(), "image and mask"));
        int many = Math.max(a.channels(), b.channels());
        if (a.channels() != b.channels() && Math.min(a.channels(), b.channels()) > 1) {
            throw new RefusedException(
                    "one image has "
                            + a.channels()
                            + " channels and the other "
                            + b.channels()
                            + "; they must have as many, or one of them one. Take one: diapason"
                            + " convert IN OUT --frame N");
        }
        boolean[] in = mask.map(Mask::voxels).orElse(null);
        List<Pair> pairs = new ArrayList<>();
        for (int c = 0; c < many; c++) {
            float[] x = a.channel(a.channels() == 1 ? 0 : c);
            pairs.add(of(a.geometry(), x, b.channel(b.channels() == 1 ? 0 : c), in));
        }
        return pairs;
    }

    /**
     * Returns the pair continued by a few voxels to either side of every axis that windows span.
     *
     * @param at which voxel of an axis of n stands at a place outside it
     */
    Pair grown(int by, IntBinaryOperator at, boolean bySlices) {
        int[] more = new int[3];
        for (int a = 0; a < (bySlices ? 2 : 3); a++) {
            more[a] = g.size(a) > 1 ? by : 0;
        }
        Geometry to =
                Geometry.of(
                        g.ni() + 2 * more[0], g.nj() + 2 * more[1], g.nk() + 2 * more[2], 1, 1, 1);
        float[] gx = new float[to.voxels()];
        float[] gy = new float[to.voxels()];
        boolean[] grownIn = in == null ? null : new boolean[to.voxels()];
        int v = 0;
        for (int k = 0; k < to.nk(); k++) {
            int fk = at.applyAsInt(k - more[2], g.nk());
            for (int j = 0; j < to.nj(); j++) {
                int row = g.index(0, at.applyAsInt(j - more[1], g.nj()), fk);
                for (int i = 0; i < to.ni(); i++, v++) {
                    int from = row + at.applyAsInt(i - more[0], g.ni());
                    gx[v] = x[from];
                    gy[v] = y[from];
                    if (in != null) {
                        grownIn[v] = in[from];
                    }
                }
            }
        }
        return of(to, gx, gy, grownIn, cells);
    }

    static void requireSame(Geometry g, Geometry other, String what) {
        if (!g.isClose(other, SAME_GRID_VOXELS)) {
            throw new RefusedException(
                    "the "
                            + what
                            + " lie on different grids ("
                            + size(g)
                            + " and "
                            + size(other)
                            + " voxels, or other places). Bring one onto the other: diapason register,"
                            + " then diapason warp.");
        }
    }

    private static String size(Geometry g) {
        return g.ni() + " × " + g.nj() + " × " + g.nk();
    }

    private static float[] finite(float[] values) {
        float[] out = values;
        for (int from = 0; from < values.length; from += BLOCK) {
            int end = Math.min(values.length, from + BLOCK);
            if (doubtful(values, from, end)) {
                for (int v = from; v < end; v++) {
                    if (Float.isInfinite(values[v])) {
                        out = out == values ? values.clone() : out;
                        out[v] = Float.NaN;
                    }
                }
            }
        }
        return out;
    }

    /** Says whether there may be a value that is not finite: times 0 it does not vanish. */
    private static boolean doubtful(float[] values, int from, int end) {
        float a = 0;
        float b = 0;
        int v = from;
        for (; v + 1 < end; v += 2) {
            a += values[v] * 0;
            b += values[v + 1] * 0;
        }
        return !(a + b == 0) || v < end;
    }

    boolean counts(int v) {
        return x[v] == x[v] && y[v] == y[v] && (in == null || in[v]);
    }

    private double[] ends() {
        double[] all = {
            0, 0, INFINITE, -INFINITE, 0, INFINITE, -INFINITE,
        };
        double[][] parts =
                cells.sums(
                        7,
                        (j0, j1, k0, k1, sums) -> {
                            for (int c = 1; c < 7; c++) {
                                sums[0][c] = all[c];
                            }
                            for (int k = k0; k < k1; k++) {
                                for (int j = j0; j < j1; j++) {
                                    ends(g.index(0, j, k), sums[0]);
                                }
                            }
                        });
        double[] out = all.clone();
        for (int p = 0; p < parts.length; p += cells.alongI()) {
            for (int m : new int[] {0, 1, 4}) {
                out[m] += parts[p][m];
            }
            for (int m : new int[] {2, 5}) {
                out[m] = Math.min(out[m], parts[p][m]);
                out[m + 1] = Math.max(out[m + 1], parts[p][m + 1]);
            }
        }
        return out;
    }

    /** Adds count, sum, least and most of a row; of their own variables, for speed. */
    private void ends(int from, double[] s) {
        int n = 0;
        double sumX = 0;
        double sumY = 0;
        float leastX = Float.POSITIVE_INFINITY;
        float mostX = Float.NEGATIVE_INFINITY;
        float leastY = Float.POSITIVE_INFINITY;
        float mostY = Float.NEGATIVE_INFINITY;
        for (int v = from; v < from + g.ni(); v++) {
            if (counts(v)) {
                float a = x[v];
                float b = y[v];
                n++;
                sumX += a;
                sumY += b;
                leastX = a < leastX ? a : leastX;
                mostX = a > mostX ? a : mostX;
                leastY = b < leastY ? b : leastY;
                mostY = b > mostY ? b : mostY;
            }
        }
        s[0] += n;
        s[1] += sumX;
        s[2] = Math.min(s[2], leastX);
        s[3] = Math.max(s[3], mostX);
        s[4] += sumY;
        s[5] = Math.min(s[5], leastY);
        s[6] = Math.max(s[6], mostY);
    }

    boolean none() {
        return ends[0] == 0;
    }

    /** Says whether no voxel of any channel counts. */
    static boolean none(List<Pair> channels) {
        return channels.stream().allMatch(Pair::none);
    }

    /**
     * Returns the mean of one side of all channels: that value itself, to the last bit, where there
     * is but one; 0 where nothing counts.
     */
    static double mean(List<Pair> channels, boolean ofX) {
        double n = 0;
        double sum = 0;
        double least = INFINITE;
        double most = -INFINITE;
        for (Pair pair : channels) {
            n += pair.ends[0];
            sum += pair.ends[ofX ? 1 : 4];
            least = Math.min(least, pair.least(ofX));
            most = Math.max(most, pair.most(ofX));
        }
        return n == 0 ? 0 : Math.max(least, Math.min(most, sum / n));
    }

    /** Returns the largest absolute value of one side of all channels. */
    static double largest(List<Pair> channels, boolean ofX) {
        return channels.stream()
                .filter(p -> !p.none())
                .mapToDouble(p -> Math.max(Math.abs(p.least(ofX)), Math.abs(p.most(ofX))))
                .max()
                .orElse(0);
    }

    double least(boolean ofX) {
        return ends[ofX ? 2 : 5];
    }

    double most(boolean ofX) {
        return ends[ofX ? 3 : 6];
    }

    /** Returns the same with sums taken near another value. */
    Pair around(double newOffset) {
        return new Pair(this, newOffset);
    }

    /** Writes what a formula makes of each window of a row; NaN where a window does not count. */
    interface Formula {
        void write(double[][] means, int n, double[][] out);
    }

    /**
     * Sums what a formula makes of every window whose middle is in the mask.
     *
     * @param weights of the window along i, j, k
     * @param packed see {@link LocalMoments}
     * @param many numbers that the formula writes a window; a window counts where the first is one
     * @param step voxels from one window to the next, along i and j
     * @return nothing counted where no window fits, or where a window is a single voxel, which has
     *     no structure
     */
    Tally overWindows(double[][] weights, boolean packed, int many, int step, Formula formula) {
        int ni = g.ni() - weights[0].length + 1;
        int nj = g.nj() - weights[1].length + 1;
        int nk = g.nk() - weights[2].length + 1;
        if (ni < 1 || nj < 1 || nk < 1 || Windows.voxels(weights) == 1) {
            return new Tally(new double[cells.count()][1 + many], cells.parts());
        }
        Cells on = cells.on(ni, nj, nk);
        int middle =
                g.index(
                        (weights[0].length - 1) / 2,
                        (weights[1].length - 1) / 2,
                        (weights[2].length - 1) / 2);
        LocalMoments moments = new LocalMoments(g, x, y, offset, weights, packed);
        return new Tally(
                on.sums(
                        1 + many,
                        (j0, j1, k0, k1, sums) -> {
                            double[][] out = new double[many][ni];
                            moments.rows(
                                    j0,
                                    j1,
                                    k0,
                                    k1,
                                    (j, k, means, n) -> {
                                        if (j % step == 0) {
                                            formula.write(means, n, out);
                                            int at = g.index(0, j, k) + middle;
                                            for (int c = 0; c < sums.length; c++) {
                                                add(on, c, at, step, out, sums[c]);
                                            }
                                        }
                                    });
                        }),
                on.parts());
    }

    private void add(Cells on, int cell, int at, int step, double[][] out, double[] sums) {
        int from = (on.start(0, cell) + step - 1) / step * step;
        int end = on.start(0, cell + 1);
        for (int m = 0; m < out.length; m++) {
            double[] values = out[m];
            double sum = 0;
            double count = 0;
            for (int i = from; i < end; i += step) {
                double v = values[i];
                if (v == v && (in == null || in[at + i])) {
                    sum += v;
                    count++;
                }
            }
            sums[1 + m] += sum;
            sums[0] += m == 0 ? count : 0;
        }
    }
}
