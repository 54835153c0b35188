package org.diapason.poisson;

/**
 * Arithmetic of rows in the one form that JDK 17 runs on vectors: all arrays at the same index, one
 * array written a loop, sums from left to right. Neighbours along a row come from copies shifted by
 * one. Ranges are {@code lo … hi}, hi excluded.
 */
final class RowMath {
    private RowMath() {}

    /** {@code out[i] = a[i − 1]}. */
    static void west(float[] a, float[] out, int lo, int hi) {
        System.arraycopy(a, lo - 1, out, lo, hi - lo);
    }

    /** {@code out[i] = a[i + 1]}. */
    static void east(float[] a, float[] out, int lo, int hi) {
        System.arraycopy(a, lo + 1, out, lo, hi - lo);
    }

    /** {@code out[i] = w a[i + step]}. */
    static void shifted(float w, float[] a, int step, float[] out, int lo, int hi) {
        System.arraycopy(a, lo + step, out, lo, hi - lo);
        for (int i = lo; i < hi; i++) {
            out[i] *= w;
        }
    }

    /** {@code out *= a}. */
    static void times(float[] a, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] *= a[i];
        }
    }

    /** {@code out += w a}. */
    static void add(float w, float[] a, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] += w * a[i];
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

    /** {@code out = b + m d (r + t)}. */
    static void relaxed(
            float[] b, float[] m, float[] d, float[] r, float[] t, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = b[i] + m[i] * (d[i] * (r[i] + t[i]));
        }
    }

    /** {@code out = k out + c d t}. */
    static void replace(float[] k, float[] c, float[] d, float[] t, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = k[i] * out[i] + c[i] * d[i] * t[i];
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

    /** {@code out += w (a − b)² + v (a − c)²}. */
    static void addSquares(
            float w, float[] a, float[] b, float v, float[] c, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            float d = a[i] - b[i];
            float e = a[i] - c[i];
            out[i] = out[i] + w * d * d + v * e * e;
        }
    }

    /** The mean of four rows, some of which may be the same. */
    static void mean(float[] a, float[] b, float[] c, float[] d, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = 0.25f * a[i] + 0.25f * b[i] + 0.25f * c[i] + 0.25f * d[i];
        }
    }

    /** Restricts a row, {@code t[1]} being its first point, to one of half the points. */
    static void halve(float[] t, float[] out, int lo, int hi) {
        for (int i = lo; i < hi; i++) {
            out[i] = t[2 * i - 1] + 0.5f * (t[2 * i - 2] + t[2 * i]);
        }
    }

    /** Interpolates a row of half the points at every point {@code lo … hi}. */
    static void spread(float[] t, float[] out, int lo, int hi) {
        spread(t, 0, out, lo, hi);
        spread(t, 1, out, lo, hi);
    }

    /** Interpolates a row of half the points at those of {@code lo … hi} of one parity. */
    static void spread(float[] t, int parity, float[] out, int lo, int hi) {
        int begin = lo + (lo + parity & 1);
        if (parity == 1) {
            for (int i = begin; i < hi; i += 2) {
                out[i] = t[(i + 1) / 2];
            }
        } else {
            for (int i = begin; i < hi; i += 2) {
                out[i] = 0.5f * (t[i / 2] + t[i / 2 + 1]);
            }
        }
    }
}
