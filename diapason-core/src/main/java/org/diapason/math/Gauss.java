package org.diapason.math;

import java.util.concurrent.atomic.AtomicBoolean;
import org.diapason.volume.Geometry;

/**
 * Separable Gaussian blur in voxels.
 *
 * <p>Kernel: {@code w(t) ∝ exp(−t² / 2σ²)} sampled at the voxels and cut at 6 σ or beyond, sum 1,
 * where σ ≥ 0.65 voxel (cut at 4 σ it would leave 3.5e-6 of the range); below that the three taps
 * {@code [a, 1 − 2a, a]}, {@code a = σ²/2}, whose second moment is exactly σ². Edges repeat the
 * border voxel. σ = 0 and an axis of length 1 leave the axis untouched.
 *
 * <p>NaN means no measurement: where there is any, the result is {@code G∗(m x) / G∗m} with m = 0
 * at NaN (normalised convolution; Knutsson and Westin 1993, CVPR, doi:10.1109/CVPR.1993.341081),
 * and NaN stays NaN.
 *
 * <p>Sums run in float in a fixed order: within 1e-6 of the range of the exact sum, the same bits
 * on any number of threads.
 */
public final class Gauss {
    /** 2 √(2 ln 2): the full width at half maximum of a Gaussian of standard deviation 1. */
    public static final double FWHM_PER_SIGMA = 2.3548200450309493;

    private static final double SAMPLED_FROM = 0.65;
    private static final double CUT_SIGMAS = 6;

    /** Floats worked on at a time: longer rows leave the first cache, shorter ones cost calls. */
    static final int RUN = 1024;

    /** Slices of the measured-voxel map held at a time; bounds the memory of the NaN path. */
    private static final int SLAB = 32;

    /** Values looked through for NaN at a time; a multiple of 4. */
    private static final int BLOCK = 1 << 20;

    private Gauss() {}

    /**
     * Returns the filter before a grid that is coarser by k, in old voxels: {@code sqrt(k² − 1) /
     * 2.3548} (Cardoso et al. 2015, MICCAI, doi:10.1007/978-3-319-24574-4_86).
     */
    public static double antiAliasSigma(double k) {
        return Math.sqrt(k * k - 1) / FWHM_PER_SIGMA;
    }

    /**
     * Returns the kernel's weights at distance 0, 1, … r voxels; {@code w[0] + 2 Σ w[t] = 1}.
     *
     * @throws IllegalArgumentException if sigma is negative, NaN or infinite
     */
    public static double[] kernel(double sigmaVoxels) {
        if (!(sigmaVoxels >= 0) || Double.isInfinite(sigmaVoxels)) {
            throw new IllegalArgumentException(
                    "sigma must be 0 or more, got " + sigmaVoxels + " voxels");
        }
        if (sigmaVoxels == 0) {
            return new double[] {1};
        }
        double variance = sigmaVoxels * sigmaVoxels;
        if (sigmaVoxels < SAMPLED_FROM) {
            return new double[] {1 - variance, variance / 2};
        }
        double[] weights = new double[(int) Math.ceil(CUT_SIGMAS * sigmaVoxels) + 1];
        double sum = 0;
        for (int t = weights.length - 1; t >= 0; t--) {
            weights[t] = StrictMath.exp(-t * (double) t / (2 * variance));
            sum += t == 0 ? weights[t] : 2 * weights[t];
        }
        for (int t = 0; t < weights.length; t++) {
            weights[t] /= sum;
        }
        return weights;
    }

    /**
     * Returns the values blurred by the given standard deviations along i, j, k in voxels. Does not
     * modify its input.
     */
    public static float[] blur(Geometry g, float[] values, double si, double sj, double sk) {
        Kernel[] w = {weights(si, g.ni()), weights(sj, g.nj()), weights(sk, g.nk())};
        boolean gaps = hasNaN(values);
        float[] out;
        if (gaps || w[0].reach > 0 || w[1].reach > 0) {
            Lines.Source source = gaps ? Gauss::zeroWhereNaN : System::arraycopy;
            out = planes(source, values, 0, g.ni(), g.nj(), g.nk(), w);
        } else {
            out = values.clone();
        }
        if (w[2].reach > 0) {
            columns(out, g.ni(), g.nj(), g.nk(), w[2]);
        }
        if (gaps) {
            divideByMeasured(g, values, out, w);
        }
        return out;
    }

    static Kernel weights(double sigma, int length) {
        double[] exact = kernel(sigma);
        if (length == 1) {
            return Kernel.symmetric(new float[] {1});
        }
        float[] w = new float[exact.length];
        double sides = 0;
        for (int t = w.length - 1; t > 0; t--) {
            w[t] = (float) exact[t];
            sides += 2.0 * w[t];
        }
        w[0] = (float) (1 - sides);
        return Kernel.symmetric(w);
    }

    /** Blurs nk planes from plane k0 on along i and j, a few side by side, into a fresh array. */
    private static float[] planes(
            Lines.Source source, float[] in, int k0, int ni, int nj, int nk, Kernel[] w) {
        float[] out = new float[ni * nj * nk];
        int side = Math.max(1, RUN / ni);
        Parallel.forEach(
                (nk + side - 1) / side,
                b -> {
                    int many = Math.min(side, nk - b * side);
                    Lines lines = new Lines(source, in, ni, many, w[0], Boundary.NEAREST);
                    planesAt(lines, out, nj, k0, b * side, w[1]);
                });
        return out;
    }

    private static void planesAt(Lines lines, float[] out, int nj, int k0, int k, Kernel w) {
        int ni = lines.ni;
        int n = lines.side * ni;
        int plane = ni * nj;
        Ring ring = new Ring(n, nj, w.reach, Boundary.NEAREST);
        float[] line = new float[n];
        for (int j = 0; j < nj; j++) {
            while (ring.wants(j)) {
                lines.convolve((k0 + k) * plane + ring.filled * ni, plane, ring.next());
            }
            ring.centre = j;
            Rows.combine(ring, w, line, n);
            for (int s = 0; s < lines.side; s++) {
                System.arraycopy(line, s * ni, out, (k + s) * plane + j * ni, ni);
            }
        }
    }

    /** Blurs along k in place, a few rows of the plane at a time. */
    private static void columns(float[] values, int ni, int nj, int nk, Kernel w) {
        int plane = ni * nj;
        int n = Math.min(plane, Math.max(1, RUN / ni) * ni);
        Parallel.forEach((plane + n - 1) / n, b -> columnsAt(values, b * n, n, plane, nk, w));
    }

    private static void columnsAt(float[] values, int at, int most, int plane, int nk, Kernel w) {
        int n = Math.min(most, plane - at);
        Ring ring = new Ring(n, nk, w.reach, Boundary.NEAREST);
        float[] line = new float[n];
        for (int k = 0; k < nk; k++) {
            while (ring.wants(k)) {
                System.arraycopy(values, at + ring.filled * plane, ring.next(), 0, n);
            }
            ring.centre = k;
            Rows.combine(ring, w, line, n);
            System.arraycopy(line, 0, values, at + k * plane, n);
        }
    }

    private static boolean hasNaN(float[] values) {
        AtomicBoolean found = new AtomicBoolean();
        Parallel.forEach(
                (values.length + BLOCK - 1) / BLOCK,
                b -> {
                    int end = Math.min(values.length, (b + 1) * BLOCK);
                    if (!found.get() && hasNaN(values, b * BLOCK, end)) {
                        found.set(true);
                    }
                });
        return found.get();
    }

    /** Looks twice only where a sum of zeros says so, which also infinity does. */
    private static boolean hasNaN(float[] values, int from, int end) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int v = from;
        for (; v + 3 < end; v += 4) {
            a += values[v] * 0;
            b += values[v + 1] * 0;
            c += values[v + 2] * 0;
            d += values[v + 3] * 0;
        }
        boolean doubt = !(a + b + c + d == 0) || v < end;
        for (v = from; doubt && v < end; v++) {
            if (values[v] != values[v]) {
                return true;
            }
        }
        return false;
    }

    private static void zeroWhereNaN(float[] from, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            float x = from[at + i];
            out[to + i] = x == x ? x : 0;
        }
    }

    private static void oneWhereMeasured(float[] from, int at, float[] out, int to, int n) {
        for (int i = 0; i < n; i++) {
            float x = from[at + i];
            out[to + i] = x == x ? 1 : 0;
        }
    }

    /** Divides by the blurred map of measured voxels, slab by slab; NaN where none was measured. */
    private static void divideByMeasured(Geometry g, float[] values, float[] out, Kernel[] w) {
        int plane = g.ni() * g.nj();
        int reach = w[2].reach;
        for (int k = 0; k < g.nk(); k += SLAB) {
            int from = Math.max(0, k - reach);
            int to = Math.min(g.nk(), k + SLAB + reach);
            float[] measured =
                    planes(Gauss::oneWhereMeasured, values, from, g.ni(), g.nj(), to - from, w);
            columns(measured, g.ni(), g.nj(), to - from, w[2]);
            int end = Math.min(g.nk(), k + SLAB) * plane;
            for (int v = k * plane; v < end; v++) {
                float x = values[v];
                out[v] = x == x ? out[v] / measured[v - from * plane] : Float.NaN;
            }
        }
    }
}
