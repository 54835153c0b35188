package org.diapason.math;

/**
 * REDUCE and EXPAND of Burt and Adelson (1983, IEEE Trans. Commun. 31(4):532–540,
 * doi:10.1109/TCOM.1983.1095851), eqs. 1 and 2, with the weights {@code (1 4 6 4 1)/16}.
 *
 * <p>n voxels become ⌈n/2⌉, at the places 0, 2, 4 …; beyond the ends the image goes on as its
 * mirror image about the outermost centres.
 */
final class Burt {
    private Burt() {}

    /** Halves the given axes of a block, one after the other. Does not modify its input. */
    static float[] reduce(int[] size, boolean[] axes, float[] values) {
        int[] now = size.clone();
        float[] in = values;
        for (int axis = 2; axis >= 0; axis--) { // rows last: they are turned to stand side by side
            if (axes[axis]) {
                int n = now[axis];
                now[axis] = (n + 1) / 2;
                float[] out = new float[now[0] * now[1] * now[2]];
                Panels.along(now, axis, in, n, out, now[axis], (a, b, w) -> reduce(a, n, b, w));
                in = out;
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
                int n = size[axis];
                now[axis] = n;
                float[] out = new float[now[0] * now[1] * now[2]];
                Panels.along(now, axis, in, m, out, n, (a, b, w) -> expand(a, n, b, w));
                in = out;
            }
        }
        return in;
    }

    private static void reduce(double[][] in, int n, double[][] out, int width) {
        for (int x = 0; x < n; x += 2) {
            smooth(in, n, x, 1, out[x / 2], width);
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

    private static void expand(double[][] in, int n, double[][] out, int width) {
        for (int x = 0; x < n; x++) {
            double[] to = out[x];
            if (x % 2 == 0) {
                double[] a = in[Panels.mirror(x - 2, n) / 2];
                double[] b = in[x / 2];
                double[] c = in[Panels.mirror(x + 2, n) / 2];
                for (int i = 0; i < width; i++) {
                    to[i] = 0.75 * b[i] + 0.125 * (a[i] + c[i]);
                }
            } else {
                double[] a = in[x / 2];
                double[] b = in[Panels.mirror(x + 1, n) / 2];
                for (int i = 0; i < width; i++) {
                    to[i] = 0.5 * (a[i] + b[i]);
                }
            }
        }
    }
}
