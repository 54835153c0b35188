package org.diapason.math;

/**
 * REDUCE and EXPAND of Burt and Adelson (1983, IEEE Trans. Commun. 31(4):532–540,
 * doi:10.1109/TCOM.1983.1095851), eqs. 1 and 2, in floats, with the weights {@code (1 4 6 4 1)/16}.
 *
 * <p>n voxels become ⌈n/2⌉, at the places 0, 2, 4 …; beyond the ends the image goes on as its
 * mirror image about the outermost centres.
 */
final class Burt {
    /** Floats written by one block of work. */
    private static final int RUN = 1 << 15;

    private Burt() {}

    /** Halves the given axes of a block, one after the other. Does not modify its input. */
    static float[] reduce(int[] size, boolean[] axes, float[] values) {
        int[] now = size.clone();
        float[] in = values;
        for (int axis = 2; axis >= 0; axis--) { // rows last, of what is left
            if (axes[axis]) {
                int n = now[axis];
                now[axis] = (n + 1) / 2;
                in = rows(now, axis, in, n, now[axis], Burt::reduced, Burt::halved);
            }
        }
        return in;
    }

    /** Brings a block that was halved back to {@code size}. Does not modify its input. */
    static float[] expand(int[] size, boolean[] axes, float[] values) {
        int[] now = size.clone();
        for (int a = 0; a < 3; a++) {
            now[a] = axes[a] ? (size[a] + 1) / 2 : size[a];
        }
        float[] in = values;
        for (int axis = 0; axis < 3; axis++) {
            if (axes[axis]) {
                int m = now[axis];
                now[axis] = size[axis];
                in = rows(now, axis, in, m, size[axis], Burt::expanded, Burt::doubled);
            }
        }
        return in;
    }

    /** Writes one row across the axis, place x of {@code to} along it. */
    private interface Across {
        void write(
                float[] in, int at, int step, int from, float[] out, int o, int x, int to, int n);
    }

    /** Writes one line along i. */
    private interface Along {
        void write(float[] in, int at, int from, float[] out, int o, int to);
    }

    /**
     * Changes an axis of {@code from} voxels into one of {@code to}, the others being those of
     * size.
     */
    private static float[] rows(
            int[] size, int axis, float[] in, int from, int to, Across across, Along along) {
        float[] out = new float[size[0] * size[1] * size[2]];
        int length = axis == 0 ? to : axis == 1 ? size[0] : size[0] * size[1];
        int rows = out.length / length;
        int each = Math.max(1, RUN / length);
        Parallel.forEach(
                (rows + each - 1) / each,
                b -> {
                    for (int r = b * each; r < Math.min(rows, (b + 1) * each); r++) {
                        if (axis == 0) {
                            along.write(in, r * from, from, out, r * to, to);
                        } else {
                            int at = r / to * from * length;
                            across.write(in, at, length, from, out, r * length, r % to, to, length);
                        }
                    }
                });
        return out;
    }

    private static void reduced(
            float[] in, int at, int step, int from, float[] out, int o, int x, int to, int n) {
        int a = at + Panels.mirror(2 * x - 2, from) * step;
        int b = at + Panels.mirror(2 * x - 1, from) * step;
        int c = at + 2 * x * step;
        int d = at + Panels.mirror(2 * x + 1, from) * step;
        int e = at + Panels.mirror(2 * x + 2, from) * step;
        for (int i = 0; i < n; i++) {
            out[o + i] =
                    0.375f * in[c + i]
                            + 0.25f * (in[b + i] + in[d + i])
                            + 0.0625f * (in[a + i] + in[e + i]);
        }
    }

    private static void expanded(
            float[] in, int at, int step, int from, float[] out, int o, int x, int to, int n) {
        int c = at + x / 2 * step;
        if (x % 2 == 0) {
            int a = at + Panels.mirror(x - 2, to) / 2 * step;
            int b = at + Panels.mirror(x + 2, to) / 2 * step;
            for (int i = 0; i < n; i++) {
                out[o + i] = 0.75f * in[c + i] + 0.125f * (in[a + i] + in[b + i]);
            }
        } else {
            int b = at + Panels.mirror(x + 1, to) / 2 * step;
            for (int i = 0; i < n; i++) {
                out[o + i] = 0.5f * (in[c + i] + in[b + i]);
            }
        }
    }

    private static void halved(float[] in, int at, int from, float[] out, int o, int to) {
        int last = (from - 3) / 2; // up to here both neighbours on either side are there
        for (int x = 1; x <= last; x++) {
            int c = at + 2 * x;
            out[o + x] =
                    0.375f * in[c]
                            + 0.25f * (in[c - 1] + in[c + 1])
                            + 0.0625f * (in[c - 2] + in[c + 2]);
        }
        reduced(in, at, 1, from, out, o, 0, to, 1);
        for (int x = Math.max(1, last + 1); x < to; x++) {
            reduced(in, at, 1, from, out, o + x, x, to, 1);
        }
    }

    private static void doubled(float[] in, int at, int from, float[] out, int o, int to) {
        for (int x = 1; x < from - 1; x++) {
            float a = in[at + x - 1];
            float b = in[at + x];
            float c = in[at + x + 1];
            out[o + 2 * x] = 0.75f * b + 0.125f * (a + c);
            out[o + 2 * x + 1] = 0.5f * (b + c);
        }
        for (int x = 0; x < Math.min(2, to); x++) {
            expanded(in, at, 1, from, out, o + x, x, to, 1);
        }
        for (int x = Math.max(2, 2 * from - 2); x < to; x++) {
            expanded(in, at, 1, from, out, o + x, x, to, 1);
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
