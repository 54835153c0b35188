package org.diapason.math;

/**
 * Cosine transforms along the axes of a box: the Fourier transform of a box continued by {@link
 * Boundary#MIRROR}, in the place of the box itself.
 *
 * <p>Forward, along an axis of n: {@code C(u) = 2 Σ_t x(t) cos(πu(2t + 1)/2n)}, u = 0 … n − 1,
 * which is at u/2n cycles a voxel. Two real lines are one complex line of n (Makhoul 1980, IEEE
 * Trans. Acoust. Speech Signal Process. 28(1):27–34, doi:10.1109/TASSP.1980.1163351). Each axis is
 * computed in double and stored in float; the same bits on any number of threads.
 */
public final class Cosines {
    private static final int LINES = 32;

    private final int n;
    private final int stride;
    private final int lines;
    private final double[] cos;
    private final double[] sin;

    private Cosines(int ni, int nj, int nk, int axis) {
        n = axis == 0 ? ni : axis == 1 ? nj : nk;
        stride = axis == 0 ? 1 : axis == 1 ? ni : ni * nj;
        lines = ni * nj * nk / n;
        cos = new double[n];
        sin = new double[n];
        for (int u = 0; u < n; u++) {
            double angle = Math.PI * u / (2.0 * n);
            cos[u] = StrictMath.cos(angle);
            sin[u] = StrictMath.sin(angle);
        }
    }

    /** Transforms a box of ni × nj × nk along axis 0 (i), 1 (j) or 2 (k), in place. */
    public static void forward(float[] box, int ni, int nj, int nk, int axis) {
        new Cosines(ni, nj, nk, axis).blocks((c, pair, at) -> c.forward(box, pair, at));
    }

    /**
     * Transforms back along an axis, in place; undoes {@link #forward}. When odd, what is there is
     * the spectrum of an odd signal: {@code x(t) = 1/n Σ_u C(u) sin(πu(2t + 1)/2n)}, u ≥ 1.
     */
    public static void inverse(float[] box, int ni, int nj, int nk, int axis, boolean odd) {
        new Cosines(ni, nj, nk, axis).blocks((c, pair, at) -> c.inverse(box, pair, at, odd));
    }

    private interface Body {
        void run(Cosines axis, FftLines pairs, int[] at);
    }

    /** Cuts the lines into blocks: the first half are real parts, the second imaginary. */
    private void blocks(Body body) {
        Parallel.forEach(
                (lines + 2 * LINES - 1) / (2 * LINES),
                b -> {
                    int first = b * 2 * LINES;
                    int[] at = new int[Math.min(2 * LINES, lines - first)];
                    for (int l = 0; l < at.length; l++) {
                        int line = first + l;
                        at[l] = line / stride * stride * n + line % stride;
                    }
                    body.run(this, new FftLines(n, (at.length + 1) / 2), at);
                });
    }

    private void forward(float[] box, FftLines f, int[] at) {
        int p = (at.length + 1) / 2;
        for (int t = 0; t < n; t++) {
            int to = place(t) * p;
            for (int l = 0; l < at.length; l++) {
                (l < p ? f.re : f.im)[to + l % p] = box[at[l] + t * stride];
            }
        }
        f.forward();
        for (int u = 0; u < n; u++) {
            int plus = u * p;
            int minus = (n - u) % n * p;
            double c = cos[u];
            double s = sin[u];
            for (int l = 0; l < at.length; l++) {
                int q = l % p;
                double re = c * (f.re[plus + q] + f.re[minus + q]);
                double im = c * (f.im[plus + q] + f.im[minus + q]);
                double value =
                        l < p
                                ? re + s * (f.im[plus + q] - f.im[minus + q])
                                : im - s * (f.re[plus + q] - f.re[minus + q]);
                box[at[l] + u * stride] = (float) value;
            }
        }
    }

    private void inverse(float[] box, FftLines f, int[] at, boolean odd) {
        int p = (at.length + 1) / 2;
        for (int u = 0; u < n; u++) {
            double c = cos[u] / 2;
            double s = sin[u] / 2;
            for (int q = 0; q < p; q++) {
                double ar = coefficient(box, at, q, u, odd);
                double ai = coefficient(box, at, q + p, u, odd);
                double br = coefficient(box, at, q, n - u, odd);
                double bi = coefficient(box, at, q + p, n - u, odd);
                double re = ar + bi;
                double im = ai - br;
                f.re[u * p + q] = c * re - s * im;
                f.im[u * p + q] = c * im + s * re;
            }
        }
        f.inverse();
        for (int t = 0; t < n; t++) {
            int from = place(t) * p;
            double sign = odd && t % 2 == 1 ? -1 : 1;
            for (int l = 0; l < at.length; l++) {
                double value = (l < p ? f.re : f.im)[from + l % p];
                box[at[l] + t * stride] = (float) (sign * value);
            }
        }
    }

    /** An odd spectrum turned round is an even one, but for the sign of every other sample. */
    private double coefficient(float[] box, int[] at, int line, int u, boolean odd) {
        boolean none = line >= at.length || u == n || odd && u == 0;
        return none ? 0 : box[at[line] + (odd ? n - u : u) * stride];
    }

    /** Where sample t stands in Makhoul's order. */
    private int place(int t) {
        return t % 2 == 0 ? t / 2 : n - 1 - t / 2;
    }
}
