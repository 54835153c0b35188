package org.diapason.math;

import java.util.Arrays;

/** Sums of a few values by the weights of {@link Taps}: of whole rows, or along one line. */
final class TapSums {
    private TapSums() {}

    /** Writes output row {@code x} of an axis that runs over whole rows. */
    static void blend(float[][] rows, Taps t, int x, float[] out, int n) {
        if (t.identity) {
            System.arraycopy(rows[x], 0, out, 0, n);
        } else if (t.line) {
            blend2(rows[t.index[0][x]], rows[t.index[1][x]], t.weight[1][x], out, n);
        } else if (t.index.length == 4) {
            blend4(
                    rows[t.index[0][x]],
                    rows[t.index[1][x]],
                    rows[t.index[2][x]],
                    rows[t.index[3][x]],
                    new float[] {t.weight[0][x], t.weight[1][x], t.weight[2][x], t.weight[3][x]},
                    out,
                    n);
        } else {
            Arrays.fill(out, 0, n, 0);
            for (int q = 0; q < t.index.length; q++) {
                if (t.weight[q][x] != 0) {
                    blendOne(rows[t.index[q][x]], t.weight[q][x], out, n);
                }
            }
        }
    }

    private static void blendOne(float[] a, float w, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += w * a[i];
        }
    }

    private static void blend2(float[] a, float[] b, float f, float[] out, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = a[i] + f * (b[i] - a[i]);
        }
    }

    private static void blend4(
            float[] a, float[] b, float[] c, float[] d, float[] w, float[] out, int n) {
        float wa = w[0];
        float wb = w[1];
        float wc = w[2];
        float wd = w[3];
        for (int i = 0; i < n; i++) {
            out[i] = wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
        }
    }

    /** Writes the outputs of an axis that runs along the line. */
    static void gather(float[] line, Taps t, float[] out, int at) {
        if (t.identity) {
            System.arraycopy(line, 0, out, at, t.length);
        } else if (t.line) {
            gather2(line, t.index[0], t.index[1], t.weight[1], out, at);
        } else if (t.index.length == 4) {
            gather4(line, t.index, t.weight, out, at);
        } else {
            gatherMany(line, t, out, at);
        }
    }

    private static void gatherMany(float[] line, Taps t, float[] out, int at) {
        for (int x = 0; x < t.length; x++) {
            float sum = 0;
            for (int q = 0; q < t.index.length; q++) {
                float w = t.weight[q][x];
                if (w != 0) {
                    sum += w * line[t.index[q][x]];
                }
            }
            out[at + x] = sum;
        }
    }

    private static void gather2(float[] line, int[] lo, int[] hi, float[] f, float[] out, int at) {
        for (int x = 0; x < lo.length; x++) {
            float a = line[lo[x]];
            out[at + x] = a + f[x] * (line[hi[x]] - a);
        }
    }

    private static void gather4(float[] line, int[][] index, float[][] w, float[] out, int at) {
        int[] ia = index[0];
        int[] ib = index[1];
        int[] ic = index[2];
        int[] id = index[3];
        float[] wa = w[0];
        float[] wb = w[1];
        float[] wc = w[2];
        float[] wd = w[3];
        for (int x = 0; x < ia.length; x++) {
            out[at + x] =
                    wa[x] * line[ia[x]]
                            + wb[x] * line[ib[x]]
                            + wc[x] * line[ic[x]]
                            + wd[x] * line[id[x]];
        }
    }
}
