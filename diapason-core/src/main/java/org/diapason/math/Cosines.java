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

    private final FftLines kind;
    private final int n;
    private final double[] cos;
    private final double[] sin;

    private Cosines(int n) {
        this.n = n;
        kind = new FftLines(n, 1);
        cos = new double[n];
        sin = new double[n];
        for (int u = 0; u < n; u++) {
            double angle = Math.PI * u / (2.0 * n);
            cos[u] = StrictMath.cos(angle);
            sin[u] = StrictMath.sin(angle);
        }
    }

    /**
     * Where the samples of a line stand: sample x in array {@code in[x]}, or nowhere, at {@code
     * from[x]} and the start of the line.
     */
    private record Samples(float[][] in, int[] from) {

        static Samples every(float[] box, int stride, int n) {
            Samples samples = new Samples(new float[n][], new int[n]);
            for (int x = 0; x < n; x++) {
                samples.put(x, box, x * stride);
            }
            return samples;
        }

        /** Samples of two arrays that follow each other. */
        static Samples both(float[] box, float[] more, int stride) {
            int n = box.length / stride;
            int all = n + more.length / stride;
            Samples samples = new Samples(new float[all][], new int[all]);
            for (int x = 0; x < all; x++) {
                samples.put(x, x < n ? box : more, (x < n ? x : x - n) * stride);
            }
            return samples;
        }

        private void put(int x, float[] array, int at) {
            in[x] = array;
            from[x] = at;
        }
    }

    /** Transforms a box of ni × nj × nk along axis 0 (i), 1 (j) or 2 (k), in place. */
    public static void forward(float[] box, int ni, int nj, int nk, int axis) {
        int n = axis == 0 ? ni : axis == 1 ? nj : nk;
        int stride = axis == 0 ? 1 : axis == 1 ? ni : ni * nj;
        Samples all = Samples.every(box, stride, n);
        new Cosines(n).blocks(stride, box.length / n, (c, f, at) -> c.forward(all, all, f, at));
    }

    /**
     * Transforms back along an axis, in place; undoes {@link #forward}. When odd, what is there is
     * the spectrum of an odd signal: {@code x(t) = 1/n Σ_u C(u) sin(πu(2t + 1)/2n)}, u ≥ 1.
     */
    public static void inverse(float[] box, int ni, int nj, int nk, int axis, boolean odd) {
        int n = axis == 0 ? ni : axis == 1 ? nj : nk;
        int stride = axis == 0 ? 1 : axis == 1 ? ni : ni * nj;
        Samples all = Samples.every(box, stride, n);
        Body body = (c, f, at) -> c.inverse(all, all, f, at, odd);
        new Cosines(n).blocks(stride, box.length / n, body);
    }

    /**
     * Transforms a box along its last axis, continued on both sides by a boundary to as many planes
     * as the box and {@code more} have together. The spectrum fills the box and then {@code more}.
     */
    public static void forwardContinued(float[] box, float[] more, int plane, Boundary boundary) {
        Samples spectrum = Samples.both(box, more, plane);
        Samples image = continued(box, more, plane, boundary);
        new Cosines(spectrum.in.length)
                .blocks(plane, plane, (c, f, at) -> c.forward(image, spectrum, f, at));
    }

    /** Transforms such a spectrum back into the box; what is in {@code more} is of no use then. */
    public static void inverseContinued(float[] box, float[] more, int plane, boolean odd) {
        Samples spectrum = Samples.both(box, more, plane);
        Samples image = continued(box, more, plane, Boundary.ZERO);
        new Cosines(spectrum.in.length)
                .blocks(plane, plane, (c, f, at) -> c.inverse(spectrum, image, f, at, odd));
    }

    private static Samples continued(float[] box, float[] more, int plane, Boundary boundary) {
        int size = box.length / plane;
        int n = size + more.length / plane;
        Samples samples = new Samples(new float[n][], new int[n]);
        for (int x = 0; x < n; x++) {
            int inside = boundary.at(x - (n - size) / 2, size);
            samples.put(x, inside < 0 ? null : box, inside * plane);
        }
        return samples;
    }

    private interface Body {
        void run(Cosines axis, FftLines pairs, int[] at);
    }

    /** Cuts the lines into blocks: the first half are real parts, the second imaginary. */
    private void blocks(int stride, int lines, Body body) {
        Parallel.forEach(
                (lines + 2 * LINES - 1) / (2 * LINES),
                b -> {
                    int first = b * 2 * LINES;
                    int[] at = new int[Math.min(2 * LINES, lines - first)];
                    for (int l = 0; l < at.length; l++) {
                        int line = first + l;
                        at[l] = line / stride * stride * n + line % stride;
                    }
                    body.run(this, kind.more((at.length + 1) / 2), at);
                });
    }

    private void forward(Samples in, Samples out, FftLines f, int[] at) {
        int p = (at.length + 1) / 2;
        for (int t = 0; t < n; t++) {
            float[] from = in.in[t];
            if (from != null) {
                read(from, in.from[t], at, 0, f.re, place(t) * p, p);
                read(from, in.from[t], at, p, f.im, place(t) * p, at.length - p);
            }
        }
        f.forward();
        for (int u = 0; u < n; u++) {
            int plus = u * p;
            int minus = (n - u) % n * p;
            double c = cos[u];
            double s = sin[u];
            float[] to = out.in[u];
            int base = out.from[u];
            for (int q = 0; q < p; q++) {
                double re = c * (f.re[plus + q] + f.re[minus + q]);
                to[base + at[q]] = (float) (re + s * (f.im[plus + q] - f.im[minus + q]));
            }
            for (int q = 0; q < at.length - p; q++) {
                double im = c * (f.im[plus + q] + f.im[minus + q]);
                to[base + at[p + q]] = (float) (im - s * (f.re[plus + q] - f.re[minus + q]));
            }
        }
    }

    /**
     * With A and B the coefficients of the two lines of a pair, the spectrum of Makhoul's order is
     * {@code (a + i b) (A(u) + B(n − u) + i (B(u) − A(n − u)))}. An odd spectrum turned round is an
     * even one, but for the sign of every other sample.
     */
    private void inverse(Samples in, Samples out, FftLines f, int[] at, boolean odd) {
        int p = (at.length + 1) / 2;
        double[] a = new double[2 * p];
        double[] b = new double[2 * p];
        for (int u = odd ? 1 : 0; u < n; u++) {
            int here = odd ? n - u : u;
            read(in.in[here], in.from[here], at, 0, a, 0, at.length);
            if (u > 0) {
                read(in.in[n - here], in.from[n - here], at, 0, b, 0, at.length);
            }
            double c = cos[u] / 2;
            double s = sin[u] / 2;
            for (int q = 0; q < p; q++) {
                double re = a[q] + b[q + p];
                double im = a[q + p] - b[q];
                f.re[u * p + q] = c * re - s * im;
                f.im[u * p + q] = c * im + s * re;
            }
        }
        f.inverse();
        for (int t = 0; t < n; t++) {
            float[] to = out.in[t];
            if (to != null) {
                double sign = odd && t % 2 == 1 ? -1 : 1;
                write(f.re, place(t) * p, sign, to, out.from[t], at, 0, p);
                write(f.im, place(t) * p, sign, to, out.from[t], at, p, at.length - p);
            }
        }
    }

    private static void read(
            float[] from, int base, int[] at, int first, double[] to, int start, int count) {
        for (int q = 0; q < count; q++) {
            to[start + q] = from[base + at[first + q]];
        }
    }

    private static void write(
            double[] from,
            int start,
            double sign,
            float[] to,
            int base,
            int[] at,
            int first,
            int count) {
        for (int q = 0; q < count; q++) {
            to[base + at[first + q]] = (float) (sign * from[start + q]);
        }
    }

    /** Where sample t stands in Makhoul's order. */
    private int place(int t) {
        return t % 2 == 0 ? t / 2 : n - 1 - t / 2;
    }
}
