package org.diapason.math;

/**
 * A wavelet by the filters of an orthogonal one, on lines that go on as their mirror image half a
 * voxel beyond the ends: the coefficients of PyWavelets' {@code dwt} in mode {@code symmetric}.
 *
 * <p>{@code low[k] = Σ_j h[L−1−j] x[2k+1−j]}, ⌊(n + L − 1)/2⌋ of them and as many high ones: more
 * than n/2, so that every line is found again. Mallat 1989, IEEE Trans. Pattern Anal.
 * 11(7):674–693, doi:10.1109/34.192463.
 *
 * <p>Planes are split along i and j in one go, by sums of rows that stand aligned in the first
 * cache; in floats, which an orthogonal transform leaves within 10⁻⁶ of the range.
 */
final class FilterBank implements WaveletLines {
    /** Floats made by one block of work. */
    private static final int RUN = 1 << 16;

    /** Floats of a row across k worked on at a time. */
    private static final int WIDTH = 1 << 10;

    private final float[][] analysis = new float[2][];
    private final float[][] synthesis = new float[2][];
    private final int taps;

    /** Takes the low pass of synthesis, of an even number of weights. */
    FilterBank(double[] scaling) {
        taps = scaling.length;
        for (int half = 0; half < 2; half++) {
            analysis[half] = new float[taps];
            synthesis[half] = new float[taps];
        }
        for (int j = 0; j < taps; j++) {
            double high = (j % 2 == 0 ? 1 : -1) * scaling[taps - 1 - j];
            analysis[0][taps - 1 - j] = (float) scaling[j];
            analysis[1][taps - 1 - j] = (float) high;
            // of the voxels of this parity: low and high ones in turn, from the nearest on
            int at = taps - 2 - j / 2 * 2;
            synthesis[j % 2][at] = (float) scaling[j];
            synthesis[j % 2][at + 1] = (float) high;
        }
    }

    @Override
    public int low(int n) {
        return (n + taps - 1) / 2;
    }

    @Override
    public int high(int n) {
        return low(n);
    }

    @Override
    public float[][] split(int[] size, boolean[] axes, float[] values) {
        int[] now = {size[0], size[1], size[2]};
        float[][] bands = {values};
        if (axes[0] || axes[1]) {
            now[0] = axes[0] ? low(size[0]) : size[0];
            now[1] = axes[1] ? low(size[1]) : size[1];
            bands = new float[axes[0] && axes[1] ? 4 : 2][now[0] * now[1] * now[2]];
            splitPlanes(size, axes, values, bands);
        }
        return axes[2] ? splitAlongK(now, bands) : bands;
    }

    private void splitPlanes(int[] size, boolean[] axes, float[] in, float[][] bands) {
        int mi = axes[0] ? low(size[0]) : size[0];
        int mj = axes[1] ? low(size[1]) : size[1];
        int wide = axes[0] ? 2 * mi : mi;
        int rows = mj * size[2];
        int each = Math.max(1, RUN / (wide * (axes[1] ? 2 : 1)));
        int apart = axes[1] ? 2 : 1; // of the low and the high half along i
        Parallel.forEach(
                (rows + each - 1) / each,
                b -> {
                    FilterRow along = new FilterRow(taps, size[0]);
                    float[][] near = new float[taps][];
                    float[] sum = new float[wide];
                    Kept lines = null;
                    for (int r = b * each; r < Math.min(rows, (b + 1) * each); r++) {
                        int y = r % mj;
                        int plane = r / mj * size[1];
                        if (r == b * each || y == 0) {
                            lines =
                                    new Kept(
                                            axes[1] ? taps : 1,
                                            wide,
                                            (j, to) -> {
                                                int at = (plane + j) * size[0];
                                                if (axes[0]) {
                                                    along.split(in, at, analysis, to);
                                                } else {
                                                    System.arraycopy(in, at, to, 0, wide);
                                                }
                                            });
                        }
                        for (int half = 0; half < apart; half++) {
                            float[] row = sum;
                            if (axes[1]) {
                                gather(lines, y, size[1], near);
                                FilterRow.weigh(near, analysis[half], sum, wide);
                            } else {
                                row = lines.at(y);
                            }
                            System.arraycopy(row, 0, bands[half], r * mi, mi);
                            if (axes[0]) {
                                System.arraycopy(row, mi, bands[half + apart], r * mi, mi);
                            }
                        }
                    }
                });
    }

    private float[][] splitAlongK(int[] size, float[][] bands) {
        int plane = size[0] * size[1];
        int n = size[2];
        int m = low(n);
        float[][] out = new float[2 * bands.length][plane * m];
        int runs = (plane + WIDTH - 1) / WIDTH;
        Parallel.forEach(
                runs * bands.length,
                b -> {
                    float[] in = bands[b / runs];
                    int from = b % runs * WIDTH;
                    int width = Math.min(WIDTH, plane - from);
                    Kept lines = rows(taps, in, from, plane, width);
                    float[][] near = new float[taps][];
                    float[] sum = new float[width];
                    for (int y = 0; y < m; y++) {
                        gather(lines, y, n, near);
                        for (int half = 0; half < 2; half++) {
                            FilterRow.weigh(near, analysis[half], sum, width);
                            float[] to = out[2 * (b / runs) + half];
                            System.arraycopy(sum, 0, to, y * plane + from, width);
                        }
                    }
                });
        return out;
    }

    /** Returns rows of some width that begin {@code step} apart. */
    private static Kept rows(int many, float[] in, int from, int step, int width) {
        return new Kept(
                many, width, (x, to) -> System.arraycopy(in, x * step + from, to, 0, width));
    }

    /** Finds what the coefficients at y are made of. */
    private void gather(Kept lines, int y, int n, float[][] near) {
        for (int j = 0; j < taps; j++) {
            near[j] = lines.at(Boundary.MIRROR.at(2 * y + 1 - j, n));
        }
    }

    @Override
    public float[] merge(int[] size, boolean[] axes, float[][] bands) {
        float[][] flat = bands;
        if (axes[2]) {
            int mi = axes[0] ? low(size[0]) : size[0];
            int mj = axes[1] ? low(size[1]) : size[1];
            flat = mergeAlongK(mi * mj, size[2], bands);
        }
        return axes[0] || axes[1] ? mergePlanes(size, axes, flat) : flat[0];
    }

    private float[][] mergeAlongK(int plane, int n, float[][] bands) {
        float[][] out = new float[bands.length / 2][plane * n];
        int runs = (plane + WIDTH - 1) / WIDTH;
        Parallel.forEach(
                runs * out.length,
                b -> {
                    int from = b % runs * WIDTH;
                    int width = Math.min(WIDTH, plane - from);
                    Kept low = rows(taps / 2, bands[2 * (b / runs)], from, plane, width);
                    Kept high = rows(taps / 2, bands[2 * (b / runs) + 1], from, plane, width);
                    float[][] near = new float[taps][];
                    float[] sum = new float[width];
                    for (int x = 0; x < n; x++) {
                        gather(low, high, x, near);
                        FilterRow.weigh(near, synthesis[x % 2], sum, width);
                        System.arraycopy(sum, 0, out[b / runs], x * plane + from, width);
                    }
                });
        return out;
    }

    /** Finds what voxel x is made of. */
    private void gather(Kept low, Kept high, int x, float[][] near) {
        for (int s = 0; s < taps; s += 2) {
            near[s] = low.at(x / 2 + s / 2);
            near[s + 1] = high.at(x / 2 + s / 2);
        }
    }

    private float[] mergePlanes(int[] size, boolean[] axes, float[][] bands) {
        int ni = size[0];
        int mi = axes[0] ? low(ni) : ni;
        int mj = axes[1] ? low(size[1]) : size[1];
        int wide = axes[0] ? 2 * mi : mi;
        int apart = axes[1] ? 2 : 1;
        float[] out = new float[ni * size[1] * size[2]];
        int rows = size[1] * size[2];
        int each = Math.max(1, RUN / ni);
        Parallel.forEach(
                (rows + each - 1) / each,
                b -> {
                    FilterRow along = new FilterRow(taps, ni);
                    float[][] near = new float[taps][];
                    float[] sum = new float[wide];
                    Kept[] lines = new Kept[2];
                    for (int r = b * each; r < Math.min(rows, (b + 1) * each); r++) {
                        int x = r % size[1];
                        int plane = r / size[1] * mj;
                        for (int half = 0; half < apart && (r == b * each || x == 0); half++) {
                            float[] first = bands[half];
                            float[] second = bands[axes[0] ? half + apart : half];
                            lines[half] =
                                    new Kept(
                                            taps / 2,
                                            wide,
                                            (y, to) -> {
                                                int at = (plane + y) * mi;
                                                System.arraycopy(first, at, to, 0, mi);
                                                System.arraycopy(second, at, to, wide - mi, mi);
                                            });
                        }
                        float[] row = sum;
                        if (axes[1]) {
                            gather(lines[0], lines[1], x, near);
                            FilterRow.weigh(near, synthesis[x % 2], sum, wide);
                        } else {
                            row = lines[0].at(x);
                        }
                        if (axes[0]) {
                            along.merge(row, synthesis, out, r * ni);
                        } else {
                            System.arraycopy(row, 0, out, r * ni, ni);
                        }
                    }
                });
        return out;
    }
}
