package org.diapason.poisson;

import java.util.Arrays;
import org.diapason.math.FftLines;
import org.diapason.math.Parallel;

/**
 * Turns lines of an axis into the eigenvectors of the axis' second difference and back.
 *
 * <p>With {@code t, m = 0 … n − 1} and an end <em>held</em> where the pixel beyond it is 0,
 * <em>free</em> where there is none beyond it, eigenvector and eigenvalue are (Strang 1999, SIAM
 * Review 41(1):135–147, doi:10.1137/S0036144598336745; mixed ends: the same by reflection)
 *
 * <ul>
 *   <li>held, held: {@code sin(π (t + 1)(m + 1)/(n + 1))}, {@code 2 − 2 cos(π (m + 1)/(n + 1))}
 *   <li>free, free: {@code cos(π (t + ½) m/n)}, {@code 2 − 2 cos(π m/n)}
 *   <li>held, free: {@code sin(π (t + 1)(2m + 1)/(2n + 1))}, {@code 2 − 2 cos(π (2m + 1)/(2n +
 *       1))}; free, held: the same from the other end
 * </ul>
 *
 * <p>A line is continued by its reflections to the period of its Fourier transform, two lines being
 * real and imaginary part of one. The same bits on any number of threads.
 */
final class Harmonics {
    private static final int LINES = 16;

    private final int n;
    private final FftLines kind;

    /** Which sample stands at each place of the period, −1 for none, and with which sign. */
    private final int[] from;

    private final double[] sign;

    /** The two places of each coefficient in the spectrum, and what stands there for a 1. */
    private final int[][] place = new int[2][];

    private final double[][] re = new double[2][];
    private final double[][] im = new double[2][];
    private final double[] eigenvalues;

    Harmonics(int n, boolean lowHeld, boolean highHeld) {
        this.n = n;
        boolean held = lowHeld && highHeld;
        boolean free = !lowHeld && !highHeld;
        int period = held ? 2 * (n + 1) : free ? 2 * n : Math.multiplyExact(2, 2 * n + 1);
        kind = new FftLines(period, 1);
        from = new int[period];
        sign = new double[period];
        eigenvalues = new double[n];
        for (int side = 0; side < 2; side++) {
            place[side] = new int[n];
            re[side] = new double[n];
            im[side] = new double[n];
        }
        Arrays.fill(from, -1);
        for (int t = 0; t < n; t++) {
            int sample = highHeld && !lowHeld ? n - 1 - t : t;
            if (free) {
                put(t, sample, 1);
                put(period - 1 - t, sample, 1);
            } else {
                put(t + 1, sample, 1);
                put(period - 1 - t, sample, -1);
                if (!held) {
                    put(period / 2 - 1 - t, sample, 1);
                    put(period / 2 + 1 + t, sample, -1);
                }
            }
        }
        for (int m = 0; m < n; m++) {
            int u = free ? m : held ? m + 1 : 2 * m + 1;
            double angle = Math.PI * u / period;
            double sine = StrictMath.sin(angle);
            eigenvalues[m] = 4 * sine * sine;
            double weight = held || free ? 2 : 4;
            for (int side = 0; side < 2; side++) {
                int turn = side == 0 ? 1 : -1;
                place[side][m] = side == 0 ? u : (period - u) % period;
                re[side][m] = free ? weight * StrictMath.cos(angle) : 0;
                im[side][m] = free ? turn * weight * sine : -turn * weight;
            }
        }
    }

    private void put(int at, int sample, double s) {
        from[at] = sample;
        sign[at] = s;
    }

    /** Returns the eigenvalue of every coefficient; do not write to it. */
    double[] eigenvalues() {
        return eigenvalues;
    }

    /**
     * Transforms all lines of a box along an axis, in place.
     *
     * @param stride from a sample of a line to the next
     * @param back from coefficients to samples
     */
    void transform(double[] box, int stride, boolean back) {
        int lines = box.length / n;
        Parallel.forEach(
                (lines + 2 * LINES - 1) / (2 * LINES),
                block -> {
                    int first = block * 2 * LINES;
                    int[] at = new int[Math.min(2 * LINES, lines - first)];
                    for (int l = 0; l < at.length; l++) {
                        int line = first + l;
                        at[l] = line / stride * stride * n + line % stride;
                    }
                    FftLines pairs = kind.more((at.length + 1) / 2);
                    if (back) {
                        back(box, stride, at, pairs);
                    } else {
                        forward(box, stride, at, pairs);
                    }
                });
    }

    private void forward(double[] box, int stride, int[] at, FftLines f) {
        int p = (at.length + 1) / 2;
        for (int x = 0; x < from.length; x++) {
            if (from[x] >= 0) {
                int base = from[x] * stride;
                for (int q = 0; q < p; q++) {
                    f.re[x * p + q] = sign[x] * box[base + at[q]];
                }
                for (int q = p; q < at.length; q++) {
                    f.im[x * p + q - p] = sign[x] * box[base + at[q]];
                }
            }
        }
        f.forward();
        for (int m = 0; m < n; m++) {
            double square = re[0][m] * re[0][m] + im[0][m] * im[0][m];
            double c = re[0][m] / square;
            double s = im[0][m] / square;
            int z = place[0][m] * p;
            int base = m * stride;
            for (int q = 0; q < p; q++) {
                box[base + at[q]] = f.re[z + q] * c + f.im[z + q] * s;
            }
            for (int q = p; q < at.length; q++) {
                box[base + at[q]] = f.im[z + q - p] * c - f.re[z + q - p] * s;
            }
        }
    }

    private void back(double[] box, int stride, int[] at, FftLines f) {
        int p = (at.length + 1) / 2;
        double[] a = new double[2 * p];
        for (int m = 0; m < n; m++) {
            for (int q = 0; q < at.length; q++) {
                a[q] = box[m * stride + at[q]];
            }
            for (int side = 0; side < 2; side++) {
                double c = re[side][m];
                double s = im[side][m];
                int z = place[side][m] * p;
                for (int q = 0; q < p; q++) {
                    f.re[z + q] = a[q] * c - a[q + p] * s;
                    f.im[z + q] = a[q] * s + a[q + p] * c;
                }
            }
        }
        f.inverse();
        for (int x = 0; x < from.length; x++) {
            if (from[x] >= 0 && sign[x] > 0) {
                int base = from[x] * stride;
                for (int q = 0; q < p; q++) {
                    box[base + at[q]] = f.re[x * p + q];
                }
                for (int q = p; q < at.length; q++) {
                    box[base + at[q]] = f.im[x * p + q - p];
                }
            }
        }
    }
}
