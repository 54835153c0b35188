package org.diapason.features.filter;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.diapason.math.Kernel;

/**
 * The filters of orthogonal wavelets, from their definitions.
 *
 * <p>Daubechies with N vanishing moments (db1, also haar, to db10): {@code H(z) = c (1 + z⁻¹)^N Π
 * (1 − z_i z⁻¹)}, z_i the roots inside the unit circle of {@code Σ_k C(N − 1 + k, k) y^k} at {@code
 * y = (2 − z − z⁻¹)/4} (Daubechies 1992, Ten lectures on wavelets, section 6.1). The first coiflet
 * (coif1) in closed form (Daubechies 1993, SIAM J. Math. Anal. 24(2):499–519, doi:10.1137/0524031).
 *
 * <p>Filters of analysis: the low pass is H turned round, the high pass {@code g[m] = (−1)^(m+1)
 * h[m]}; half of the weights, rounded down, stand after the voxel and the others from it back (IBSI
 * 2, section "Separable wavelets").
 */
final class OrthogonalWavelet {
    private static final int MOST_MOMENTS = 10;
    private static final int ROUNDS = 300;

    /** The names that are known. */
    static final List<String> NAMES =
            Stream.of(
                            Stream.of("haar"),
                            IntStream.rangeClosed(1, MOST_MOMENTS).mapToObj(n -> "db" + n),
                            Stream.of("coif1"))
                    .flatMap(s -> s)
                    .toList();

    private OrthogonalWavelet() {}

    /** Returns the filter of synthesis of a known name; its sum is √2, its squares sum to 1. */
    static double[] scaling(String name) {
        if (name.equals("coif1")) {
            double r = Math.sqrt(7);
            double c = 16 * Math.sqrt(2);
            return new double[] {
                (1 - r) / c,
                (5 + r) / c,
                (14 + 2 * r) / c,
                (14 - 2 * r) / c,
                (1 - r) / c,
                (r - 3) / c
            };
        }
        return daubechies(name.equals("haar") ? 1 : Integer.parseInt(name.substring(2)));
    }

    /** Returns the low pass of analysis. */
    static Kernel low(String name) {
        double[] h = scaling(name);
        double[] turned = new double[h.length];
        for (int m = 0; m < h.length; m++) {
            turned[m] = h[h.length - 1 - m];
        }
        return Kernel.of(-(h.length / 2), turned);
    }

    /** Returns the high pass of analysis. */
    static Kernel high(String name) {
        double[] g = scaling(name);
        for (int m = 0; m < g.length; m += 2) {
            g[m] = -g[m];
        }
        return Kernel.of(-(g.length / 2), g);
    }

    private static double[] daubechies(int moments) {
        double[] h = {1};
        double[] imaginary = {0};
        for (int n = 0; n < moments; n++) {
            double[][] more = times(h, imaginary, -1, 0);
            h = more[0];
            imaginary = more[1];
        }
        for (double[] y : roots(moments)) {
            double[] z = inside(1 - 2 * y[0], -2 * y[1]);
            double[][] more = times(h, imaginary, z[0], z[1]);
            h = more[0];
            imaginary = more[1];
        }
        double sum = 0;
        for (double w : h) {
            sum += w;
        }
        for (int m = 0; m < h.length; m++) {
            h[m] *= Math.sqrt(2) / sum;
        }
        return h;
    }

    /** Returns a polynomial times (1 − z x). */
    private static double[][] times(double[] re, double[] im, double zr, double zi) {
        double[] a = new double[re.length + 1];
        double[] b = new double[re.length + 1];
        for (int m = 0; m < re.length; m++) {
            a[m] += re[m];
            b[m] += im[m];
            a[m + 1] -= zr * re[m] - zi * im[m];
            b[m + 1] -= zr * im[m] + zi * re[m];
        }
        return new double[][] {a, b};
    }

    /** Returns the z inside the unit circle with (z + 1/z)/2 = c. */
    private static double[] inside(double cr, double ci) {
        double[] root = squareRoot(cr * cr - ci * ci - 1, 2 * cr * ci);
        double[] a = {cr + root[0], ci + root[1]};
        double[] b = {cr - root[0], ci - root[1]};
        return a[0] * a[0] + a[1] * a[1] < b[0] * b[0] + b[1] * b[1] ? a : b;
    }

    private static double[] squareRoot(double re, double im) {
        double size = Math.sqrt(re * re + im * im);
        double a = Math.sqrt((size + Math.abs(re)) / 2);
        double b = a == 0 ? 0 : im / (2 * a);
        return re >= 0 ? new double[] {a, b} : new double[] {Math.abs(b), im < 0 ? -a : a};
    }

    /** Returns the complex roots of Σ C(N − 1 + k, k) y^k by the iteration of Weierstrass. */
    private static double[][] roots(int moments) {
        double[] p = new double[moments];
        p[0] = 1;
        for (int k = 1; k < moments; k++) {
            p[k] = p[k - 1] * (moments - 1 + k) / k;
        }
        double[][] y = new double[moments - 1][];
        double[] start = {1, 0};
        for (int q = 0; q < y.length; q++) {
            start = product(start, new double[] {0.4, 0.9});
            y[q] = start;
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int q = 0; q < y.length; q++) {
                double[] value = {p[moments - 1], 0};
                double[] others = {p[moments - 1], 0};
                for (int k = moments - 2; k >= 0; k--) {
                    value = product(value, y[q]);
                    value[0] += p[k];
                }
                for (int o = 0; o < y.length; o++) {
                    if (o != q) {
                        double[] apart = {y[q][0] - y[o][0], y[q][1] - y[o][1]};
                        others = product(others, apart);
                    }
                }
                double size = others[0] * others[0] + others[1] * others[1];
                double[] step = product(value, new double[] {others[0], -others[1]});
                y[q] = new double[] {y[q][0] - step[0] / size, y[q][1] - step[1] / size};
            }
        }
        return y;
    }

    private static double[] product(double[] a, double[] b) {
        return new double[] {a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]};
    }
}
