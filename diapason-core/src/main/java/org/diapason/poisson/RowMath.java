package org.diapason.poisson;

/**
 * Arithmetic of rows in the one form that JDK 17 runs on vectors: all arrays at the same index, one
 * array written a loop, sums from left to right. Ranges are {@code lo … hi}, hi excluded.
 */
final class RowMath {
    private RowMath() {}

    /**
     * Returns neighbours along i of the points of a half: those in the other half with the number
     * before for even points, after for odd ones. The other neighbour has the same number.
     *
     * @param half which points, by its parity
     * @param other the other half of their row
     * @param out to write them to
     */
    static float[] beside(int half, float[] other, float[] out, int lo, int hi) {
        System.arraycopy(other, (half & 1) == 0 ? lo - 1 : lo + 1, out, lo, hi - lo);
        return out;
    }

    /** {@code out = a}. */
    static void copy(float[] a, float[] out, int lo, int hi) {
        System.arraycopy(a, lo, out, lo, hi - lo);
    }

    /** {@code out *= a}. */
    static void times(float[] a, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] *= a[i];
        }
    }

    /** {@code out = w a}. */
    static void product(float w, float[] a, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = w * a[i];
        }
    }

    /** {@code out += w a}. */
    static void add(float w, float[] a, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] += w * a[i];
        }
    }

    /** {@code out = a − b}. */
    static void difference(float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = a[i] - b[i];
        }
    }

    /** {@code out = a + w out}. */
    static void addTo(float[] a, float w, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = a[i] + w * out[i];
        }
    }

    /** {@code out = w a + w b + v c + v d}. */
    static void cross(
            float w,
            float[] a,
            float[] b,
            float v,
            float[] c,
            float[] d,
            float[] out,
            int lo,
            int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = w * a[i] + w * b[i] + v * c[i] + v * d[i];
        }
    }

    /** {@code out += w a + w b}. */
    static void pair(float w, float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = out[i] + w * a[i] + w * b[i];
        }
    }

    /** {@code out −= a x + b y + c z}. */
    static void subtract(
            float[] a,
            float[] x,
            float[] b,
            float[] y,
            float[] c,
            float[] z,
            float[] out,
            int lo,
            int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = out[i] - a[i] * x[i] - b[i] * y[i] - c[i] * z[i];
        }
    }

    /** {@code out −= a x + b y}. */
    static void subtract(float[] a, float[] x, float[] b, float[] y, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = out[i] - a[i] * x[i] - b[i] * y[i];
        }
    }

    /** {@code out = a b}. */
    static void product(float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = a[i] * b[i];
        }
    }

    /** {@code out = w a b}. */
    static void product(float w, float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = w * a[i] * b[i];
        }
    }

    /** {@code out = a b c}. */
    static void product(float[] a, float[] b, float[] c, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = a[i] * b[i] * c[i];
        }
    }

    /** {@code out += a b}. */
    static void addProduct(float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = out[i] + a[i] * b[i];
        }
    }

    /** {@code out = m (r d + e)}. */
    static void fresh(float[] m, float[] r, float[] d, float[] e, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = m[i] * (r[i] * d[i] + e[i]);
        }
    }

    /** {@code out = m d (r + t)}. */
    static void relaxed(float[] m, float[] d, float[] r, float[] t, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = m[i] * (d[i] * (r[i] + t[i]));
        }
    }

    /**
     * {@code out = w (p − a) + w (p − b) + v (p − c) + v (p − d)}: of neighbours that are nearly
     * alike nothing is lost, as it is in {@code (2w + 2v) p − …}.
     */
    static void differences(
            float[] p,
            float w,
            float[] a,
            float[] b,
            float v,
            float[] c,
            float[] d,
            float[] out,
            int lo,
            int hi) {
        for (int i = lo; i < hi; i++) {
            float x = p[i];
            out[i] = w * ((x - a[i]) + (x - b[i])) + v * ((x - c[i]) + (x - d[i]));
        }
    }

    /** {@code out += w (p − a) + w (p − b)}. */
    static void addDifferences(
            float[] p, float w, float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            float x = p[i];
            out[i] = out[i] + w * ((x - a[i]) + (x - b[i]));
        }
    }

    /** {@code out −= α m (t + λ p)}. */
    static void step(
            float alpha,
            float[] m,
            float[] t,
            float lambda,
            float[] p,
            float[] out,
            int lo,
            int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = out[i] - alpha * m[i] * (t[i] + lambda * p[i]);
        }
    }

    /** {@code out += w (a − b)²}. */
    static void addSquare(float w, float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            float d = a[i] - b[i];
            out[i] = out[i] + w * d * d;
        }
    }

    /** {@code out = (a + b)/2}. */
    static void mean(float[] a, float[] b, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = 0.5f * (a[i] + b[i]);
        }
    }

    /** Restricts: {@code out = a + (b + c)/2}. */
    static void halve(float[] a, float[] b, float[] c, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = a[i] + 0.5f * (b[i] + c[i]);
        }
    }

    /** Parts a row of n points, the first of which is {@code a[1]}, into its halves. */
    static void part(float[] a, float[] even, float[] odd, int n) {
        for (int i = 1; i <= n / 2; i++) {
            even[i] = a[2 * i - 1];
            odd[i] = a[2 * i];
        }
        if ((n & 1) == 1) {
            even[n / 2 + 1] = a[n];
        }
    }

    /** Joins halves to a row of n points, the first of which is {@code out[1]}. */
    static void join(float[] even, float[] odd, float[] out, int n) {
        for (int i = 1; i <= n / 2; i++) {
            out[2 * i - 1] = even[i];
            out[2 * i] = odd[i];
        }
        if ((n & 1) == 1) {
            out[n] = even[n / 2 + 1];
        }
    }
}
