package org.diapason.math;

import java.util.Arrays;

/**
 * One pass of Stockham's transform, decimation in frequency: {@code length = radix · m} becomes
 * radix transforms of length m, sorted on the way.
 *
 * <p>{@code to[q + run (radix p + u)] = w(pu) Σ_t from[q + run (p + m t)] exp(−2πi·tu/radix)} with
 * {@code w(x) = exp(−2πi·x/length)}, for q below {@code run}, p below m.
 */
final class FftPass {
    private static final double SIN_60 = Math.sqrt(3) / 2;
    private static final double COS_72 = (Math.sqrt(5) - 1) / 4;
    private static final double COS_144 = -(Math.sqrt(5) + 1) / 4;
    private static final double SIN_72 = Math.sqrt(10 + 2 * Math.sqrt(5)) / 4;
    private static final double SIN_144 = Math.sqrt(10 - 2 * Math.sqrt(5)) / 4;

    private FftPass() {}

    /** Runs a pass; the tables hold cosine and sine of whole parts of a turn. */
    static void of(
            int radix,
            int length,
            int run,
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi,
            double[] cos,
            double[] sin) {
        int m = length / radix;
        int step = cos.length / length;
        double[] c = new double[radix];
        double[] s = new double[radix];
        for (int p = 0; p < m; p++) {
            for (int u = 0; u < radix; u++) {
                c[u] = cos[p * u * step];
                s[u] = sin[p * u * step];
            }
            int from = run * p;
            int to = run * radix * p;
            int gap = run * m;
            switch (radix) {
                case 2 -> two(run, from, gap, to, c[1], s[1], xr, xi, yr, yi);
                case 3 -> three(run, from, gap, to, c, s, xr, xi, yr, yi);
                case 4 -> four(run, from, gap, to, c, s, xr, xi, yr, yi);
                case 5 -> five(run, from, gap, to, c, s, xr, xi, yr, yi);
                default -> any(radix, run, from, gap, to, p * step, xr, xi, yr, yi, cos, sin);
            }
        }
    }

    private static void two(
            int run,
            int from,
            int gap,
            int to,
            double c,
            double s,
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi) {
        for (int q = 0; q < run; q++) {
            double ar = xr[from + q];
            double ai = xi[from + q];
            double br = xr[from + gap + q];
            double bi = xi[from + gap + q];
            double dr = ar - br;
            double di = ai - bi;
            yr[to + q] = ar + br;
            yi[to + q] = ai + bi;
            yr[to + run + q] = dr * c + di * s;
            yi[to + run + q] = di * c - dr * s;
        }
    }

    private static void three(
            int run,
            int from,
            int gap,
            int to,
            double[] c,
            double[] s,
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi) {
        double c1 = c[1];
        double s1 = s[1];
        double c2 = c[2];
        double s2 = s[2];
        for (int q = 0; q < run; q++) {
            double ar = xr[from + q];
            double ai = xi[from + q];
            double sumR = xr[from + gap + q] + xr[from + 2 * gap + q];
            double sumI = xi[from + gap + q] + xi[from + 2 * gap + q];
            double offR = (xr[from + gap + q] - xr[from + 2 * gap + q]) * SIN_60;
            double offI = (xi[from + gap + q] - xi[from + 2 * gap + q]) * SIN_60;
            double midR = ar - 0.5 * sumR;
            double midI = ai - 0.5 * sumI;
            yr[to + q] = ar + sumR;
            yi[to + q] = ai + sumI;
            double br = midR + offI;
            double bi = midI - offR;
            double dr = midR - offI;
            double di = midI + offR;
            yr[to + run + q] = br * c1 + bi * s1;
            yi[to + run + q] = bi * c1 - br * s1;
            yr[to + 2 * run + q] = dr * c2 + di * s2;
            yi[to + 2 * run + q] = di * c2 - dr * s2;
        }
    }

    private static void four(
            int run,
            int from,
            int gap,
            int to,
            double[] c,
            double[] s,
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi) {
        double c1 = c[1];
        double s1 = s[1];
        double c2 = c[2];
        double s2 = s[2];
        double c3 = c[3];
        double s3 = s[3];
        for (int q = 0; q < run; q++) {
            double r0 = xr[from + q] + xr[from + 2 * gap + q];
            double i0 = xi[from + q] + xi[from + 2 * gap + q];
            double r1 = xr[from + q] - xr[from + 2 * gap + q];
            double i1 = xi[from + q] - xi[from + 2 * gap + q];
            double r2 = xr[from + gap + q] + xr[from + 3 * gap + q];
            double i2 = xi[from + gap + q] + xi[from + 3 * gap + q];
            double r3 = xi[from + gap + q] - xi[from + 3 * gap + q];
            double i3 = xr[from + 3 * gap + q] - xr[from + gap + q];
            yr[to + q] = r0 + r2;
            yi[to + q] = i0 + i2;
            yr[to + run + q] = (r1 + r3) * c1 + (i1 + i3) * s1;
            yi[to + run + q] = (i1 + i3) * c1 - (r1 + r3) * s1;
            yr[to + 2 * run + q] = (r0 - r2) * c2 + (i0 - i2) * s2;
            yi[to + 2 * run + q] = (i0 - i2) * c2 - (r0 - r2) * s2;
            yr[to + 3 * run + q] = (r1 - r3) * c3 + (i1 - i3) * s3;
            yi[to + 3 * run + q] = (i1 - i3) * c3 - (r1 - r3) * s3;
        }
    }

    private static void five(
            int run,
            int from,
            int gap,
            int to,
            double[] c,
            double[] s,
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi) {
        for (int q = 0; q < run; q++) {
            int x = from + q;
            int y = to + q;
            double ar = xr[x];
            double ai = xi[x];
            double r1 = xr[x + gap] + xr[x + 4 * gap];
            double i1 = xi[x + gap] + xi[x + 4 * gap];
            double r2 = xr[x + 2 * gap] + xr[x + 3 * gap];
            double i2 = xi[x + 2 * gap] + xi[x + 3 * gap];
            double r4 = xr[x + gap] - xr[x + 4 * gap];
            double i4 = xi[x + gap] - xi[x + 4 * gap];
            double r3 = xr[x + 2 * gap] - xr[x + 3 * gap];
            double i3 = xi[x + 2 * gap] - xi[x + 3 * gap];
            double er = ar + COS_72 * r1 + COS_144 * r2;
            double ei = ai + COS_72 * i1 + COS_144 * i2;
            double fr = ar + COS_144 * r1 + COS_72 * r2;
            double fi = ai + COS_144 * i1 + COS_72 * i2;
            double gr = SIN_72 * i4 + SIN_144 * i3;
            double gi = -SIN_72 * r4 - SIN_144 * r3;
            double hr = SIN_144 * i4 - SIN_72 * i3;
            double hi = -SIN_144 * r4 + SIN_72 * r3;
            yr[y] = ar + r1 + r2;
            yi[y] = ai + i1 + i2;
            yr[y + run] = (er + gr) * c[1] + (ei + gi) * s[1];
            yi[y + run] = (ei + gi) * c[1] - (er + gr) * s[1];
            yr[y + 2 * run] = (fr + hr) * c[2] + (fi + hi) * s[2];
            yi[y + 2 * run] = (fi + hi) * c[2] - (fr + hr) * s[2];
            yr[y + 3 * run] = (fr - hr) * c[3] + (fi - hi) * s[3];
            yi[y + 3 * run] = (fi - hi) * c[3] - (fr - hr) * s[3];
            yr[y + 4 * run] = (er - gr) * c[4] + (ei - gi) * s[4];
            yi[y + 4 * run] = (ei - gi) * c[4] - (er - gr) * s[4];
        }
    }

    /**
     * Any odd radix, a quarter of the products: with {@code s = x(t) + x(radix − t)} and {@code d =
     * x(t) − x(radix − t)}, which replace the samples, {@code X(±u) = x(0) + Σ_t cos(2πtu/radix) s
     * ∓ i Σ_t sin(2πtu/radix) d}, t to the middle.
     */
    private static void any(
            int radix,
            int run,
            int from,
            int gap,
            int to,
            int turn,
            double[] xr,
            double[] xi,
            double[] yr,
            double[] yi,
            double[] cos,
            double[] sin) {
        int part = cos.length / radix;
        System.arraycopy(xr, from, yr, to, run);
        System.arraycopy(xi, from, yi, to, run);
        for (int t = 1; t <= radix / 2; t++) {
            fold(xr, from + t * gap, from + (radix - t) * gap, yr, to, run);
            fold(xi, from + t * gap, from + (radix - t) * gap, yi, to, run);
        }
        for (int u = 1; u <= radix / 2; u++) {
            int y = to + u * run;
            int z = to + (radix - u) * run;
            System.arraycopy(xr, from, yr, y, run);
            System.arraycopy(xi, from, yi, y, run);
            Arrays.fill(yr, z, z + run, 0);
            Arrays.fill(yi, z, z + run, 0);
            for (int t = 1; t <= radix / 2; t++) {
                double c = cos[t * u % radix * part];
                double s = sin[t * u % radix * part];
                addTo(yr, y, c, xr, from + t * gap, run);
                addTo(yi, y, c, xi, from + t * gap, run);
                addTo(yr, z, s, xi, from + (radix - t) * gap, run);
                addTo(yi, z, -s, xr, from + (radix - t) * gap, run);
            }
            double c1 = cos[turn * u];
            double s1 = sin[turn * u];
            double c2 = cos[turn * (radix - u)];
            double s2 = sin[turn * (radix - u)];
            for (int q = 0; q < run; q++) {
                double ar = yr[y + q] + yr[z + q];
                double ai = yi[y + q] + yi[z + q];
                double br = yr[y + q] - yr[z + q];
                double bi = yi[y + q] - yi[z + q];
                yr[y + q] = ar * c1 + ai * s1;
                yi[y + q] = ai * c1 - ar * s1;
                yr[z + q] = br * c2 + bi * s2;
                yi[z + q] = bi * c2 - br * s2;
            }
        }
    }

    /** Leaves the sums at a, the differences at b, and adds the sums to y. */
    private static void fold(double[] x, int a, int b, double[] y, int to, int run) {
        for (int q = 0; q < run; q++) {
            double sum = x[a + q] + x[b + q];
            x[b + q] = x[a + q] - x[b + q];
            x[a + q] = sum;
            y[to + q] += sum;
        }
    }

    private static void addTo(double[] y, int to, double w, double[] x, int from, int run) {
        for (int q = 0; q < run; q++) {
            y[to + q] += w * x[from + q];
        }
    }
}
