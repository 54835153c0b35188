package org.diapason.registration;

import java.util.stream.IntStream;
import org.diapason.math.Parallel;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;

/**
 * A velocity in mm along the axes of the fixed grid: cubic B-splines on a coarse grid of control
 * points, zero at the border of the image (Rueckert et al. 1999, IEEE TMI 18(8):712–721,
 * doi:10.1109/42.796284).
 */
final class ControlGrid {
    private final ControlAxis[] axes = new ControlAxis[3];
    private final double[][][] products = new double[3][3][];

    /** Control points in all. */
    final int size;

    private final int ci;
    private final int cj;
    private final int ck;

    private final Geometry fixed;
    private final double taperMm;

    /** The same with half the elements an axis; null where there are too few. */
    private final ControlGrid coarser;

    /**
     * @param spacingMm of the control points, about: an axis has a number of elements that can be
     *     halved twice
     */
    ControlGrid(Geometry fixed, double spacingMm, double taperMm) {
        this(fixed, elements(fixed, spacingMm), taperMm);
    }

    private ControlGrid(Geometry fixed, int[] elements, double taperMm) {
        this.fixed = fixed;
        this.taperMm = taperMm;
        for (int a = 0; a < 3; a++) {
            double length = (fixed.size(a) - 1) * fixed.spacing(a);
            axes[a] = new ControlAxis(length, elements[a], Math.min(taperMm, length / 4));
            for (int order = 0; order < 3; order++) {
                products[a][order] = axes[a].products(order);
            }
        }
        ci = axes[0].controls();
        cj = axes[1].controls();
        ck = axes[2].controls();
        size = ci * cj * ck;
        coarser = halved();
    }

    private static int[] elements(Geometry fixed, double spacingMm) {
        int[] elements = new int[3];
        for (int a = 0; a < 3; a++) {
            double length = (fixed.size(a) - 1) * fixed.spacing(a);
            elements[a] =
                    length == 0 ? 0 : 4 * Math.max(1, (int) Math.rint(length / spacingMm / 4));
        }
        return elements;
    }

    private ControlGrid halved() {
        int[] half = new int[3];
        for (int a = 0; a < 3; a++) {
            if (axes[a].elements() % 2 != 0) {
                return null;
            }
            half[a] = axes[a].elements() / 2;
        }
        return new ControlGrid(fixed, half, taperMm);
    }

    /** Returns the same with half the elements an axis; null where there are too few. */
    ControlGrid coarser() {
        return coarser;
    }

    /** Returns control points of this grid that say what those of the coarser one say. */
    double[] fromCoarser(double[] controls) {
        ControlGrid c = coarser;
        double[] x = halve(controls, axes[0], 1, c.ci, ci, false);
        x = halve(x, axes[1], ci, c.cj, cj, false);
        return halve(x, axes[2], ci * cj, c.ck, ck, false);
    }

    /** The transpose of {@link #fromCoarser}. */
    double[] toCoarser(double[] controls) {
        ControlGrid c = coarser;
        double[] x = halve(controls, axes[2], ci * cj, c.ck, ck, true);
        x = halve(x, axes[1], ci, c.cj, cj, true);
        return halve(x, axes[0], 1, c.ci, ci, true);
    }

    /** A cubic B-spline is 1, 4, 6, 4, 1 eighths of those of half the width. */
    private static double[] halve(
            double[] from, ControlAxis fine, int step, int nc, int nf, boolean back) {
        double[] eighths = {1, 4, 6, 4, 1};
        if (fine.elements() == 0) {
            return from;
        }
        int blocks = from.length / (step * (back ? nf : nc));
        double[] to = new double[blocks * step * (back ? nc : nf)];
        for (int b = 0; b < blocks; b++) {
            for (int c = 0; c < nc; c++) {
                for (int t = -2; t <= 2; t++) {
                    int f = 2 * c - 1 + t;
                    if (f < 0 || f >= nf) {
                        continue;
                    }
                    double w = eighths[t + 2] / 8;
                    int coarse = step * (c + nc * b);
                    int finer = step * (f + nf * b);
                    for (int n = 0; n < step; n++) {
                        to[(back ? coarse : finer) + n] += w * from[(back ? finer : coarse) + n];
                    }
                }
            }
        }
        return to;
    }

    /** Samples on a grid whose axes are those of the fixed one. */
    final class Sampled {
        private final ControlAxis.Reach[] reach = new ControlAxis.Reach[3];

        /** Samples in all. */
        final int samples;

        /**
         * @param mm places along each axis, from the first voxel of the fixed grid
         */
        Sampled(double[][] mm) {
            int n = 1;
            for (int a = 0; a < 3; a++) {
                reach[a] = axes[a].reach(mm[a]);
                n *= mm[a].length;
            }
            samples = n;
        }

        private Sampled(Sampled of) {
            samples = of.samples;
            for (int a = 0; a < 3; a++) {
                ControlAxis.Reach r = of.reach[a];
                double[] squares = r.weight().clone();
                for (int n = 0; n < squares.length; n++) {
                    squares[n] *= squares[n];
                }
                reach[a] = new ControlAxis.Reach(r.controls(), r.first(), squares, r.taps());
            }
        }

        /** Returns the same with the squares of the weights. */
        Sampled squared() {
            return new Sampled(this);
        }

        /** Returns the values of three sums of splines at the samples. */
        double[][] values(double[][] controls) {
            double[][] out = new double[3][samples];
            int planes = reach[2].samples();
            Parallel.forEach(
                    3 * planes,
                    b -> plane(controls[b % 3], b / 3, out[b % 3], samples / planes * (b / 3)));
            return out;
        }

        /** Writes the values of a sum of splines at the samples of a plane. */
        private void plane(double[] controls, int k, double[] out, int at) {
            int ni = reach[0].samples();
            int nj = reach[1].samples();
            double[] plane = new double[ci * cj];
            double[] half = new double[ci];
            combine(reach[2], k, controls, ci * cj, plane);
            for (int j = 0; j < nj; j++) {
                combine(reach[1], j, plane, ci, half);
                line(reach[0], half, out, at + ni * j);
            }
        }

        /** Returns what samples add up to at the control points: the transpose of values. */
        double[] sums(double[] values) {
            return sums(values, 0, 1);
        }

        /** Returns the first sample of one of so many parts. */
        int from(int part, int parts) {
            int nk = reach[2].samples();
            return samples / nk * (nk * part / parts);
        }

        /** Returns what the samples of one of so many parts add up to. */
        double[] sums(double[] values, int part, int parts) {
            int ni = reach[0].samples();
            int nj = reach[1].samples();
            int nk = reach[2].samples();
            double[] out = new double[size];
            double[] plane = new double[ci * cj];
            double[] half = new double[ci];
            int at = 0;
            for (int k = nk * part / parts; k < nk * (part + 1) / parts; k++) {
                java.util.Arrays.fill(plane, 0);
                for (int j = 0; j < nj; j++, at += ni) {
                    java.util.Arrays.fill(half, 0);
                    unline(reach[0], values, at, half);
                    spread(reach[1], j, half, ci, plane);
                }
                spread(reach[2], k, plane, ci * cj, out);
            }
            return out;
        }
    }

    private static void combine(ControlAxis.Reach r, int s, double[] from, int run, double[] to) {
        java.util.Arrays.fill(to, 0);
        for (int t = 0; t < r.taps(); t++) {
            double w = r.weight()[r.taps() * s + t];
            int source = (r.first()[s] + t) * run;
            for (int n = 0; n < run; n++) {
                to[n] += w * from[source + n];
            }
        }
    }

    private static void spread(ControlAxis.Reach r, int s, double[] from, int run, double[] to) {
        for (int t = 0; t < r.taps(); t++) {
            double w = r.weight()[r.taps() * s + t];
            int target = (r.first()[s] + t) * run;
            for (int n = 0; n < run; n++) {
                to[target + n] += w * from[n];
            }
        }
    }

    private static void line(ControlAxis.Reach r, double[] from, double[] to, int at) {
        if (r.taps() == 1) {
            to[at] = from[0];
            return;
        }
        double[] w = r.weight();
        int[] first = r.first();
        for (int s = 0; s < first.length; s++) {
            int f = first[s];
            to[at + s] =
                    w[4 * s] * from[f]
                            + w[4 * s + 1] * from[f + 1]
                            + w[4 * s + 2] * from[f + 2]
                            + w[4 * s + 3] * from[f + 3];
        }
    }

    private static void unline(ControlAxis.Reach r, double[] from, int at, double[] to) {
        if (r.taps() == 1) {
            to[0] += from[at];
            return;
        }
        double[] w = r.weight();
        int[] first = r.first();
        for (int s = 0; s < first.length; s++) {
            int f = first[s];
            double x = from[at + s];
            to[f] += w[4 * s] * x;
            to[f + 1] += w[4 * s + 1] * x;
            to[f + 2] += w[4 * s + 2] * x;
            to[f + 3] += w[4 * s + 3] * x;
        }
    }

    /**
     * Returns the bending energy's derivative by half: R c, whose c·R c is ∫ |D²v|² in mm⁻¹·mm².
     */
    double[] bent(double[] controls) {
        double[][] alongI = new double[3][];
        for (int o = 0; o < 3; o++) {
            alongI[o] = ControlAxis.banded(controls, products[0][o], 1, ci);
        }
        // Mixed derivatives count twice; each is one factor along every axis, all orders 2 in sum.
        double[] second = sum(1, both(alongI[0], 2), 1, both(alongI[2], 0), 2, both(alongI[1], 1));
        double[] first = sum(2, both(alongI[1], 0), 2, both(alongI[0], 1), 0, null);
        double[] out = ControlAxis.banded(second, products[2][0], ci * cj, ck);
        out = sum(1, out, 1, ControlAxis.banded(first, products[2][1], ci * cj, ck), 0, null);
        return sum(
                1,
                out,
                1,
                ControlAxis.banded(both(alongI[0], 0), products[2][2], ci * cj, ck),
                0,
                null);
    }

    private double[] both(double[] alongI, int order) {
        return ControlAxis.banded(alongI, products[1][order], ci, cj);
    }

    private static double[] sum(int p, double[] a, int q, double[] b, int r, double[] c) {
        for (int n = 0; n < a.length; n++) {
            a[n] = p * a[n] + q * b[n] + (r == 0 ? 0 : r * c[n]);
        }
        return a;
    }

    /** Draws normal numbers of mean 0 and covariance R. */
    double[] bentNoise(Rng rng) {
        double[] out = new double[size];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; i + j < 3; j++) {
                int k = 2 - i - j;
                // Mixed derivatives count twice.
                double times = i == 2 || j == 2 || k == 2 ? 1 : Math.sqrt(2);
                double[] x = new double[size];
                for (int n = 0; n < size; n++) {
                    x[n] = times * rng.nextGaussian();
                }
                x = ControlAxis.banded(x, ControlAxis.root(products[0][i]), 1, ci);
                x = ControlAxis.banded(x, ControlAxis.root(products[1][j]), ci, cj);
                x = ControlAxis.banded(x, ControlAxis.root(products[2][k]), ci * cj, ck);
                for (int n = 0; n < size; n++) {
                    out[n] += x[n];
                }
            }
        }
        return out;
    }

    /** Returns the diagonal of R. */
    double[] bentDiagonal() {
        double[] out = new double[size];
        for (int n = 0; n < size; n++) {
            int i = n % ci;
            int j = n / ci % cj;
            int k = n / (ci * cj);
            double[][] d = new double[3][3];
            for (int o = 0; o < 3; o++) {
                d[0][o] = products[0][o][7 * i + 3];
                d[1][o] = products[1][o][7 * j + 3];
                d[2][o] = products[2][o][7 * k + 3];
            }
            out[n] =
                    d[0][2] * d[1][0] * d[2][0]
                            + d[0][0] * d[1][2] * d[2][0]
                            + d[0][0] * d[1][0] * d[2][2]
                            + 2 * d[0][1] * d[1][1] * d[2][0]
                            + 2 * d[0][1] * d[1][0] * d[2][1]
                            + 2 * d[0][0] * d[1][1] * d[2][1];
        }
        return out;
    }

    /**
     * Returns the velocity along each axis at the voxels of a grid that starts with the fixed one.
     */
    float[][] velocity(double[][] controls, Geometry grid) {
        double[][] mm = new double[3][];
        for (int a = 0; a < 3; a++) {
            double s = grid.spacing(a);
            mm[a] = IntStream.range(0, grid.size(a)).mapToDouble(i -> i * s).toArray();
        }
        Sampled sampled = new Sampled(mm);
        float[][] out = new float[3][sampled.samples];
        int plane = grid.ni() * grid.nj();
        Parallel.forEach(
                grid.nk(),
                k -> {
                    double[] v = new double[plane];
                    for (int a = 0; a < 3; a++) {
                        sampled.plane(controls[a], k, v, 0);
                        for (int n = 0; n < plane; n++) {
                            out[a][k * plane + n] = (float) v[n];
                        }
                    }
                });
        return out;
    }
}
