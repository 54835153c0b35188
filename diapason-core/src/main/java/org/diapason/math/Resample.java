package org.diapason.math;

import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;

/**
 * Puts values onto another grid: one axis after the other where the axes of both point the same
 * way, else voxel by voxel ({@link Oblique}).
 *
 * <p>Samples outside the input grid take the value at its nearest point, and the cubic B-spline
 * mirrors at the centres of the border voxels; or the grid goes on by another {@link Boundary}: its
 * mirror image, or zeros. Arithmetic in float, in a fixed order: the same bits on any number of
 * threads.
 *
 * <p>NaN means no measurement. Linear: NaN wherever a NaN has weight. Cubic and sinc: NaN is
 * replaced by the smallest finite value first, and the output is NaN where the nearest input voxel
 * is. Nearest: NaN travels like any value.
 */
public final class Resample {
    /** Floats worked on at a time along k. */
    private static final int RUN = 1024;

    /** A half that rounding has made a little less still belongs to the mask. */
    private static final float HALF = 0.5f - 1e-6f;

    private Resample() {}

    /** Fills {@code row} with the {@code row.length} values that start at {@code from}. */
    private interface Rows {
        void read(int from, float[] row);
    }

    /** Returns the values on the new grid, border values outside the old. */
    public static float[] onto(Geometry from, float[] values, Geometry to, Interpolation how) {
        return onto(from, values, to, how, Boundary.NEAREST);
    }

    /**
     * Returns the values on the new grid. Does not modify its input.
     *
     * @throws IllegalArgumentException if the boundary is periodic
     */
    public static float[] onto(
            Geometry from, float[] values, Geometry to, Interpolation how, Boundary boundary) {
        return onto(from, values, to, Affine.IDENTITY, how, boundary);
    }

    /**
     * Returns the values on the new grid, whose places a transform leads to those of the old one:
     * one interpolation, whatever the transform is made of. Does not modify its input.
     *
     * @param transform new mm to old mm (LPS)
     * @throws IllegalArgumentException if the boundary is periodic
     */
    public static float[] onto(
            Geometry from,
            float[] values,
            Geometry to,
            Transform transform,
            Interpolation how,
            Boundary boundary) {
        return onto(values, new Move(from, to, transform, how, boundary, true));
    }

    /**
     * Returns the values on the new grid; NaN where the transform leads more than half a voxel
     * beyond the centres of the border voxels of the old one.
     */
    public static float[] within(
            Geometry from, float[] values, Geometry to, Transform transform, Interpolation how) {
        Move move = new Move(from, to, transform, how, Boundary.NEAREST, false);
        float[] out = onto(values, move);
        if (move.isSeparable()) {
            boolean[] in = Grid.inField(from, to);
            for (int v = 0; v < out.length; v++) {
                out[v] = in[v] ? out[v] : Float.NaN;
            }
        }
        return out;
    }

    private static float[] onto(float[] values, Move move) {
        if (move.how() == Interpolation.NEAREST || move.how() == Interpolation.LINEAR) {
            return plain(values, move);
        }
        float filler = filler(values);
        boolean gaps = filler == filler;
        Rows input =
                (at, row) -> {
                    System.arraycopy(values, at, row, 0, row.length);
                    if (gaps) {
                        fill(row, filler);
                    }
                };
        float[] out;
        if (move.isSeparable()) {
            out = separable(move.from(), input, move.axes());
        } else if (move.how() == Interpolation.CUBIC) {
            out = Oblique.sample(separable(move.from(), input, move.coefficients()), move);
        } else {
            float[] sound = values;
            if (gaps) {
                sound = values.clone();
                fill(sound, filler);
            }
            out = Oblique.sample(sound, move);
        }
        if (gaps) {
            float[] next = plain(values, move.by(Interpolation.NEAREST));
            for (int v = 0; v < out.length; v++) {
                out[v] = next[v] == next[v] ? out[v] : next[v];
            }
        }
        return out;
    }

    /** Returns the smallest finite value, which stands in for what is missing; NaN for nothing. */
    private static float filler(float[] values) {
        float lowest = Float.POSITIVE_INFINITY;
        boolean gaps = false;
        for (float v : values) {
            gaps |= v != v;
            lowest = v < lowest && v > Float.NEGATIVE_INFINITY ? v : lowest;
        }
        return gaps ? lowest < Float.POSITIVE_INFINITY ? lowest : 0 : Float.NaN;
    }

    /**
     * Returns the coefficients of the cubic B-spline through the values, which goes on as its
     * mirror image at the centres of the border voxels, for weights that add up to 1; a NaN counts
     * as the smallest value.
     */
    public static float[] coefficients(Geometry g, float[] values) {
        float filler = filler(values);
        Move here = new Move(g, g, Affine.IDENTITY, Interpolation.CUBIC, Boundary.NEAREST, true);
        float[] sixths =
                separable(
                        g,
                        (at, row) -> {
                            System.arraycopy(values, at, row, 0, row.length);
                            fill(row, filler);
                        },
                        here.coefficients());
        for (int v = 0; v < sixths.length; v++) {
            sixths[v] *= 216;
        }
        return sixths;
    }

    private static float[] plain(float[] values, Move move) {
        if (!move.isSeparable()) {
            return Oblique.sample(values, move);
        }
        return move.how() == Interpolation.NEAREST
                ? nearest(values, move.axes(), move.from())
                : separable(
                        move.from(),
                        (at, row) -> System.arraycopy(values, at, row, 0, row.length),
                        move.axes());
    }

    /**
     * Returns a mask on the new grid: linear interpolation of 0 and 1, then 0.5 or more (IBSI 1).
     * Outside the old grid it goes on as at its border.
     */
    public static boolean[] mask(Geometry from, boolean[] mask, Geometry to) {
        return mask(from, mask, to, Affine.IDENTITY);
    }

    /** Returns a mask on the new grid, whose places a transform leads to those of the old one. */
    public static boolean[] mask(Geometry from, boolean[] mask, Geometry to, Transform transform) {
        Move move = new Move(from, to, transform, Interpolation.LINEAR, Boundary.NEAREST, true);
        if (!move.isSeparable()) {
            float[] share = Oblique.sample(floats(mask), move);
            boolean[] out = new boolean[share.length];
            for (int v = 0; v < out.length; v++) {
                out[v] = share[v] >= HALF;
            }
            return out;
        }
        Taps[] axes = move.axes();
        float[] planes =
                planes(
                        from,
                        (at, row) -> {
                            for (int i = 0; i < row.length; i++) {
                                row[i] = mask[at + i] ? 1 : 0;
                            }
                        },
                        axes);
        int plane = axes[0].length * axes[1].length;
        boolean[] out = new boolean[Math.multiplyExact(plane, axes[2].length)];
        down(
                planes,
                from.nk(),
                axes[2],
                plane,
                (line, at, n) -> {
                    for (int v = 0; v < n; v++) {
                        out[at + v] = line[v] >= HALF;
                    }
                });
        return out;
    }

    /** Returns a mask on the new grid: each voxel as the nearest one of the old. */
    public static boolean[] nearest(Geometry from, boolean[] mask, Geometry to) {
        float[] moved = onto(from, floats(mask), to, Interpolation.NEAREST);
        boolean[] out = new boolean[moved.length];
        for (int v = 0; v < out.length; v++) {
            out[v] = moved[v] == 1;
        }
        return out;
    }

    private static float[] floats(boolean[] mask) {
        float[] values = new float[mask.length];
        for (int v = 0; v < mask.length; v++) {
            values[v] = mask[v] ? 1 : 0;
        }
        return values;
    }

    private static void fill(float[] row, float filler) {
        for (int i = 0; i < row.length; i++) {
            row[i] = row[i] == row[i] ? row[i] : filler;
        }
    }

    private static float[] separable(Geometry from, Rows input, Taps[] axes) {
        float[] planes = planes(from, input, axes);
        if (axes[2].identity && !axes[2].cubic) {
            return planes;
        }
        int plane = axes[0].length * axes[1].length;
        float[] out = new float[Math.multiplyExact(plane, axes[2].length)];
        down(
                planes,
                from.nk(),
                axes[2],
                plane,
                (line, at, n) -> System.arraycopy(line, 0, out, at, n));
        return out;
    }

    private static float[] planes(Geometry from, Rows input, Taps[] axes) {
        int nk = from.nk();
        float[] planes = new float[Math.multiplyExact(axes[0].length * axes[1].length, nk)];
        Parallel.forEach(nk, k -> plane(from, k, input, axes[0], axes[1], planes));
        return planes;
    }

    /** Takes {@code n} values that belong at {@code at} and the places after it. */
    private interface Sink {
        void put(float[] line, int at, int n);
    }

    /** Resamples along k, a run of each plane at a time. */
    private static void down(float[] planes, int nk, Taps depth, int plane, Sink sink) {
        Parallel.forEach(
                (plane + RUN - 1) / RUN,
                b -> {
                    int n = Math.min(RUN, plane - b * RUN);
                    float[][] rows = new float[nk][n];
                    for (int k = 0; k < nk; k++) {
                        System.arraycopy(planes, k * plane + b * RUN, rows[k], 0, n);
                    }
                    float[] line = new float[n];
                    prefilter(rows, depth, n);
                    for (int z = 0; z < depth.length; z++) {
                        TapSums.blend(rows, depth, z, line, n);
                        sink.put(line, z * plane + b * RUN, n);
                    }
                });
    }

    /** Resamples one plane along j, then i. */
    private static void plane(Geometry g, int k, Rows input, Taps ti, Taps tj, float[] out) {
        int ni = g.ni();
        float[][] rows = new float[g.nj()][ni];
        for (int j = 0; j < rows.length; j++) {
            input.read((k * g.nj() + j) * ni, rows[j]);
        }
        prefilter(rows, tj, ni);
        Spline spline = new Spline(ni, ti.boundary);
        float[][] lines = new float[Spline.LINES][ni];
        for (int y = 0; y < tj.length; y += lines.length) {
            int many = Math.min(lines.length, tj.length - y);
            for (int l = 0; l < many; l++) {
                TapSums.blend(rows, tj, y + l, lines[l], ni);
            }
            if (ti.cubic) {
                spline.along(lines, ni);
            }
            for (int l = 0; l < many; l++) {
                TapSums.gather(lines[l], ti, out, (k * tj.length + y + l) * ti.length);
            }
        }
    }

    private static void prefilter(float[][] rows, Taps taps, int n) {
        if (taps.cubic) {
            new Spline(rows.length, taps.boundary).down(rows, n);
        }
    }

    private static float[] nearest(float[] values, Taps[] axes, Geometry from) {
        int ni = axes[0].length;
        int nj = axes[1].length;
        float[] out = new float[Math.multiplyExact(ni * nj, axes[2].length)];
        Parallel.forEach(
                axes[2].length,
                z -> {
                    int k = axes[2].index[0][z];
                    for (int y = 0; y < nj; y++) {
                        int j = axes[1].index[0][y];
                        int row = from.index(0, j, k);
                        int at = (z * nj + y) * ni;
                        for (int x = 0; x < ni; x++) {
                            int i = axes[0].index[0][x];
                            out[at + x] = i < 0 || j < 0 || k < 0 ? 0 : values[row + i];
                        }
                    }
                });
        return out;
    }
}
