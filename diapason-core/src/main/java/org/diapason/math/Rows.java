package org.diapason.math;

import java.util.Arrays;

/** The rows of voxels that a kernel reaches from where it stands, and their weighted sum. */
interface Rows {
    /** Returns the row at distance t; {@code slot}, 0 to 4, differs within one pass. */
    float[] at(int t, int slot);

    /**
     * Writes {@code Σ_t w[t] rows(t)} for the n values of a row. At most five streams a pass: with
     * more in one loop the compiler of JDK 17 no longer vectorises it.
     */
    static void combine(Rows rows, Kernel kernel, float[] out, int n) {
        if (kernel.half != null) {
            pairs(rows, kernel.half, out, n);
        } else if (kernel.odd != null) {
            differences(rows, kernel.odd, out, n);
        } else {
            taps(rows, kernel.places, kernel.taps, out, n);
        }
    }

    private static void taps(Rows rows, int[] places, float[] w, float[] out, int n) {
        if (w.length == 0) {
            Arrays.fill(out, 0, n, 0);
            return;
        }
        float[] a = rows.at(places[0], 0);
        int m = 1;
        if (w.length == 1) {
            scale(out, a, w[0], n);
        } else {
            scale(out, a, rows.at(places[1], 1), w[0], w[1], n);
            m = 2;
        }
        for (; m + 1 < w.length; m += 2) {
            add(out, rows.at(places[m], 0), rows.at(places[m + 1], 1), w[m], w[m + 1], n);
        }
        if (m < w.length) {
            add(out, rows.at(places[m], 0), w[m], n);
        }
    }

    private static void scale(float[] out, float[] a, float w, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = w * a[i];
        }
    }

    private static void scale(float[] out, float[] a, float[] b, float wa, float wb, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = wa * a[i] + wb * b[i];
        }
    }

    private static void add(float[] out, float[] a, float w, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += w * a[i];
        }
    }

    private static void add(float[] out, float[] a, float[] b, float wa, float wb, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += wa * a[i] + wb * b[i];
        }
    }

    /** Adds what stands at t and −t before it is weighted: a mirrored image gives mirrored bits. */
    private static void pairs(Rows rows, float[] w, float[] out, int n) {
        int r = w.length - 1;
        float[] c = rows.at(0, 0);
        if (r == 0) {
            scale(out, c, w[0], n);
            return;
        }
        if (r == 1) {
            first(out, c, rows.at(-1, 1), rows.at(1, 2), w[0], w[1], n);
            return;
        }
        first(out, c, rows.at(-1, 1), rows.at(1, 2), rows.at(-2, 3), rows.at(2, 4), w, n);
        int t = 3;
        for (; t < r; t += 2) {
            float[] a1 = rows.at(-t, 0);
            float[] b1 = rows.at(t, 1);
            float[] a2 = rows.at(-t - 1, 2);
            float[] b2 = rows.at(t + 1, 3);
            addPairs(out, a1, b1, a2, b2, w[t], w[t + 1], n);
        }
        if (t == r) {
            addPair(out, rows.at(-r, 0), rows.at(r, 1), w[r], n);
        }
    }

    private static void first(
            float[] out, float[] c, float[] a, float[] b, float w0, float w1, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = w0 * c[i] + w1 * (a[i] + b[i]);
        }
    }

    private static void first(
            float[] out,
            float[] c,
            float[] a1,
            float[] b1,
            float[] a2,
            float[] b2,
            float[] w,
            int n) {
        float w0 = w[0];
        float w1 = w[1];
        float w2 = w[2];
        for (int i = 0; i < n; i++) {
            out[i] = w0 * c[i] + w1 * (a1[i] + b1[i]) + w2 * (a2[i] + b2[i]);
        }
    }

    private static void addPair(float[] out, float[] a, float[] b, float w, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += w * (a[i] + b[i]);
        }
    }

    private static void addPairs(
            float[] out,
            float[] a1,
            float[] b1,
            float[] a2,
            float[] b2,
            float w1,
            float w2,
            int n) {
        for (int i = 0; i < n; i++) {
            out[i] += w1 * (a1[i] + b1[i]) + w2 * (a2[i] + b2[i]);
        }
    }

    /** Takes what stands at −t off what stands at t: a mirrored image gives the other sign. */
    private static void differences(Rows rows, float[] w, float[] out, int n) {
        Arrays.fill(out, 0, n, 0);
        int t = 1;
        for (; t + 1 < w.length; t += 2) {
            float[] a1 = rows.at(t, 0);
            float[] b1 = rows.at(-t, 1);
            float[] a2 = rows.at(t + 1, 2);
            float[] b2 = rows.at(-t - 1, 3);
            addDifferences(out, a1, b1, a2, b2, w[t], w[t + 1], n);
        }
        if (t < w.length) {
            addDifference(out, rows.at(t, 0), rows.at(-t, 1), w[t], n);
        }
    }

    private static void addDifference(float[] out, float[] a, float[] b, float w, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += w * (a[i] - b[i]);
        }
    }

    private static void addDifferences(
            float[] out,
            float[] a1,
            float[] b1,
            float[] a2,
            float[] b2,
            float w1,
            float w2,
            int n) {
        for (int i = 0; i < n; i++) {
            out[i] += w1 * (a1[i] - b1[i]) + w2 * (a2[i] - b2[i]);
        }
    }
}
