package org.diapason.math;

/** Splits and merges single rows along i: shifted copies turn the filter into rows that add up. */
final class FilterRow {
    private final int n;
    private final int m;
    private final int taps;
    private final float[][] near;
    private final float[] even;
    private final float[] odd;
    private final float[] sum;

    /** Takes the number of weights and of voxels of a row. */
    FilterRow(int taps, int n) {
        this.n = n;
        this.taps = taps;
        m = (n + taps - 1) / 2;
        near = new float[taps][m];
        even = new float[m + taps / 2];
        odd = new float[even.length];
        sum = new float[m];
    }

    /** Writes the low coefficients of a row and behind them the high ones. */
    void split(float[] in, int at, float[][] analysis, float[] out) {
        int pad = taps / 2 - 1;
        for (int x = 0; x < n / 2; x++) {
            even[pad + x] = in[at + 2 * x];
            odd[pad + x] = in[at + 2 * x + 1];
        }
        for (int x = -pad; x < 0; x++) {
            beyond(in, at, x, pad);
        }
        for (int x = n / 2; x < m; x++) {
            beyond(in, at, x, pad);
        }
        for (int s = 0; s <= pad; s++) {
            System.arraycopy(odd, pad - s, near[2 * s], 0, m);
            System.arraycopy(even, pad - s, near[2 * s + 1], 0, m);
        }
        for (int half = 0; half < 2; half++) {
            weigh(near, analysis[half], sum, m);
            System.arraycopy(sum, 0, out, half * m, m);
        }
    }

    private void beyond(float[] in, int at, int x, int pad) {
        even[pad + x] = in[at + Boundary.MIRROR.at(2 * x, n)];
        odd[pad + x] = in[at + Boundary.MIRROR.at(2 * x + 1, n)];
    }

    /** Writes the row of which these are the low coefficients and behind them the high ones. */
    void merge(float[] in, float[][] synthesis, float[] out, int at) {
        int half = (n + 1) / 2;
        for (int s = 0; s < taps; s += 2) {
            System.arraycopy(in, s / 2, near[s], 0, half);
            System.arraycopy(in, m + s / 2, near[s + 1], 0, half);
        }
        weigh(near, synthesis[0], even, half);
        weigh(near, synthesis[1], odd, n / 2);
        for (int x = 0; x < n / 2; x++) {
            out[at + 2 * x] = even[x];
            out[at + 2 * x + 1] = odd[x];
        }
        if (n % 2 == 1) {
            out[at + n - 1] = even[half - 1];
        }
    }

    /** Writes {@code Σ_t w[t] rows[t]}, two or four rows a pass. */
    static void weigh(float[][] rows, float[] w, float[] out, int n) {
        int t = 2;
        if (w.length == 2) {
            start(rows[0], rows[1], w[0], w[1], out, n);
        } else {
            start(rows[0], rows[1], rows[2], rows[3], w, out, n);
            t = 4;
        }
        for (; t < w.length; t += 2) {
            add(rows[t], rows[t + 1], w[t], w[t + 1], out, n);
        }
    }

    private static void start(float[] a, float[] b, float wa, float wb, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = wa * a[i] + wb * b[i];
        }
    }

    private static void start(
            float[] a, float[] b, float[] c, float[] d, float[] w, float[] out, int n) {
        float wa = w[0];
        float wb = w[1];
        float wc = w[2];
        float wd = w[3];
        for (int i = 0; i < n; i++) {
            out[i] =
                    wa * a[i] + wb * b[i] + wc * c[i]
                            + wd * d[i]; // (…) + (…) stays scalar in JDK 17
        }
    }

    private static void add(float[] a, float[] b, float wa, float wb, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += wa * a[i] + wb * b[i];
        }
    }
}
