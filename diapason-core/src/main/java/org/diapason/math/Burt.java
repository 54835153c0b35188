package org.diapason.math;

/**
 * REDUCE and EXPAND of Burt and Adelson (1983, IEEE Trans. Commun. 31(4):532–540,
 * doi:10.1109/TCOM.1983.1095851), eqs. 1 and 2, in floats, with the weights {@code (1 4 6 4 1)/16}.
 *
 * <p>n voxels become ⌈n/2⌉, at the places 0, 2, 4 …; beyond the ends the image goes on as its
 * mirror image about the outermost centres.
 *
 * <p>Along k first, then along j, and along i what these leave, so that all but the last are sums
 * of rows that stand aligned; each row is made once and kept in the first cache, nothing as large
 * as the image stands between.
 */
final class Burt {
    /** Floats read by one block of work. */
    private static final int RUN = 1 << 16;

    private Burt() {}

    /** Returns the sizes of a block when the axes are halved. */
    static int[] halved(int[] size, boolean[] axes) {
        int[] half = size.clone();
        for (int a = 0; a < 3; a++) {
            half[a] = axes[a] ? (size[a] + 1) / 2 : size[a];
        }
        return half;
    }

    /** Halves the given axes of a block. Does not modify its input. */
    static float[] reduce(int[] size, boolean[] axes, float[] values) {
        int[] half = halved(size, axes);
        float[] out = new float[half[0] * half[1] * half[2]];
        int rows = half[1] * half[2];
        int each = (int) Math.max(1, (long) RUN * rows / values.length);
        Parallel.forEach(
                (rows + each - 1) / each,
                b -> reduce(size, axes, values, b * each, Math.min(rows, (b + 1) * each), out));
        return out;
    }

    private static void reduce(
            int[] size, boolean[] axes, float[] values, int first, int end, float[] out) {
        int[] half = halved(size, axes);
        int ni = size[0];
        float[][] near = new float[5][axes[2] ? ni : 0];
        float[] sum = new float[ni];
        Kept rows = null;
        for (int r = first; r < end; r++) {
            int k = r / half[1];
            int j = r % half[1];
            if (r == first || j == 0) {
                rows = new Kept(5, ni, (y, to) -> reduceAlongK(size, axes, values, y, k, near, to));
            }
            float[] row = rows.at(axes[1] ? 2 * j : j);
            if (axes[1]) {
                smooth(rows, 2 * j, size[1], sum);
                row = sum;
            }
            if (axes[0]) {
                halve(row, ni, out, r * half[0], half[0]);
            } else {
                System.arraycopy(row, 0, out, r * ni, ni);
            }
        }
    }

    private static void reduceAlongK(
            int[] size, boolean[] axes, float[] values, int j, int k, float[][] near, float[] to) {
        int ni = size[0];
        if (!axes[2]) {
            System.arraycopy(values, (k * size[1] + j) * ni, to, 0, ni);
            return;
        }
        for (int t = -2; t <= 2; t++) {
            int plane = Panels.mirror(2 * k + t, size[2]);
            System.arraycopy(values, (plane * size[1] + j) * ni, near[t + 2], 0, ni);
        }
        smooth(near[0], near[1], near[2], near[3], near[4], to);
    }

    private static void smooth(Kept rows, int x, int n, float[] out) {
        float[] a = rows.at(Panels.mirror(x - 2, n));
        float[] b = rows.at(Panels.mirror(x - 1, n));
        float[] d = rows.at(Panels.mirror(x + 1, n));
        float[] e = rows.at(Panels.mirror(x + 2, n));
        smooth(a, b, rows.at(x), d, e, out);
    }

    private static void smooth(float[] a, float[] b, float[] c, float[] d, float[] e, float[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = 0.375f * c[i] + 0.25f * (b[i] + d[i]) + 0.0625f * (a[i] + e[i]);
        }
    }

    private static void halve(float[] in, int from, float[] out, int o, int to) {
        int last = (from - 3) / 2; // up to here both neighbours on either side are there
        float a = in[0];
        float b = from > 1 ? in[1] : a;
        float c = from > 2 ? in[2] : a;
        for (int x = 1; x <= last; x++) { // each value is loaded once
            float d = in[2 * x + 1];
            float e = in[2 * x + 2];
            out[o + x] = 0.375f * c + 0.25f * (b + d) + 0.0625f * (a + e);
            a = c;
            b = d;
            c = e;
        }
        halve(in, from, out, o, 0, 1);
        halve(in, from, out, o, Math.max(1, last + 1), to);
    }

    private static void halve(float[] in, int from, float[] out, int o, int first, int end) {
        for (int x = first; x < end; x++) {
            float a = in[Panels.mirror(2 * x - 2, from)];
            float b = in[Panels.mirror(2 * x - 1, from)];
            float d = in[Panels.mirror(2 * x + 1, from)];
            float e = in[Panels.mirror(2 * x + 2, from)];
            out[o + x] = 0.375f * in[2 * x] + 0.25f * (b + d) + 0.0625f * (a + e);
        }
    }

    /** Brings a block that was halved back to {@code size}. Does not modify its input. */
    static float[] expand(int[] size, boolean[] axes, float[] halved) {
        int ni = size[0];
        float[] out = new float[ni * size[1] * size[2]];
        int rows = size[1] * size[2];
        int each = Math.max(1, RUN / ni);
        Parallel.forEach(
                (rows + each - 1) / each,
                b -> {
                    int from = b * each * ni;
                    int n = Math.min(each, rows - b * each) * ni;
                    Row to = (row, at) -> System.arraycopy(row, 0, out, from + at, ni);
                    expand(size, axes, halved, from, n, to);
                });
        return out;
    }

    /** Takes rows. */
    interface Row {
        /** Takes a row that begins {@code at} voxels after the first; does not keep it. */
        void take(float[] row, int at);
    }

    /**
     * Hands over some rows of what a halved block is when it is brought back to {@code size}.
     *
     * @param from the first voxel of the first row, in the large block
     * @param n voxels, of whole rows
     */
    static void expand(int[] size, boolean[] axes, float[] halved, int from, int n, Row out) {
        int ni = size[0];
        int[] half = halved(size, axes);
        float[][] near = new float[3][axes[2] ? half[0] : 0];
        float[] sum = new float[half[0]];
        float[] line = new float[ni];
        Kept rows = null;
        for (int r = from / ni; r < (from + n) / ni; r++) {
            int k = r / size[1];
            int j = r % size[1];
            if (r == from / ni || j == 0) {
                rows =
                        new Kept(
                                3,
                                half[0],
                                (y, to) -> expandAlongK(size, half, axes, halved, y, k, near, to));
            }
            float[] row = axes[1] ? expandAlongJ(rows, j, size[1], sum) : rows.at(j);
            if (axes[0]) {
                twice(row, half[0], line, ni);
            }
            out.take(axes[0] ? line : row, r * ni - from);
        }
    }

    private static float[] expandAlongJ(Kept rows, int j, int n, float[] out) {
        boolean even = j % 2 == 0;
        float[] b = rows.at(Panels.mirror(even ? j + 2 : j + 1, n) / 2);
        float[] a = even ? rows.at(Panels.mirror(j - 2, n) / 2) : b;
        between(a, rows.at(j / 2), b, even, out);
        return out;
    }

    private static void expandAlongK(
            int[] size,
            int[] half,
            boolean[] axes,
            float[] halved,
            int j,
            int k,
            float[][] near,
            float[] to) {
        int n = half[0];
        if (!axes[2]) {
            System.arraycopy(halved, (k * half[1] + j) * n, to, 0, n);
            return;
        }
        boolean even = k % 2 == 0;
        int[] planes = {
            Panels.mirror(even ? k - 2 : k - 1, size[2]) / 2,
            k / 2,
            Panels.mirror(even ? k + 2 : k + 1, size[2]) / 2
        };
        for (int t = 0; t < 3; t++) {
            System.arraycopy(halved, (planes[t] * half[1] + j) * n, near[t], 0, n);
        }
        between(near[0], near[1], near[2], even, to);
    }

    /** Writes the row at c, or the one half way from c to b. */
    private static void between(float[] a, float[] c, float[] b, boolean even, float[] out) {
        if (even) {
            for (int i = 0; i < out.length; i++) {
                out[i] = 0.75f * c[i] + 0.125f * (a[i] + b[i]);
            }
        } else {
            for (int i = 0; i < out.length; i++) {
                out[i] = 0.5f * (c[i] + b[i]);
            }
        }
    }

    private static void twice(float[] in, int from, float[] out, int to) {
        for (int x = 1; x < from - 1; x++) {
            float a = in[x - 1];
            float b = in[x];
            float c = in[x + 1];
            out[2 * x] = 0.75f * b + 0.125f * (a + c);
            out[2 * x + 1] = 0.5f * (b + c);
        }
        twice(in, out, to, 0, Math.min(2, to));
        twice(in, out, to, Math.max(2, 2 * from - 2), to);
    }

    private static void twice(float[] in, float[] out, int to, int first, int end) {
        for (int x = first; x < end; x++) {
            float c = in[x / 2];
            if (x % 2 == 0) {
                float a = in[Panels.mirror(x - 2, to) / 2];
                float b = in[Panels.mirror(x + 2, to) / 2];
                out[x] = 0.75f * c + 0.125f * (a + b);
            } else {
                out[x] = 0.5f * (c + in[Panels.mirror(x + 1, to) / 2]);
            }
        }
    }

    /** Writes the weighted mean of five rows that stand {@code step} apart. */
    static void smooth(double[][] in, int n, int x, int step, double[] out, int width) {
        double[] a = in[Panels.mirror(x - 2 * step, n)];
        double[] b = in[Panels.mirror(x - step, n)];
        double[] c = in[x];
        double[] d = in[Panels.mirror(x + step, n)];
        double[] e = in[Panels.mirror(x + 2 * step, n)];
        for (int i = 0; i < width; i++) {
            out[i] = 0.375 * c[i] + 0.25 * (b[i] + d[i]) + 0.0625 * (a[i] + e[i]);
        }
    }
}
