package org.diapason.features.filter;

import java.util.Arrays;
import org.diapason.math.Boundary;
import org.diapason.math.Convolve;
import org.diapason.math.Gauss;
import org.diapason.math.Kernel;
import org.diapason.math.Parallel;
import org.diapason.math.Symmetric3;
import org.diapason.volume.Geometry;

/**
 * Riesz components along axes of their own at every voxel.
 *
 * <p>The axes e₁, e₂, e₃ are the eigenvectors, largest eigenvalue first, of the structure tensor
 * {@code J_ab = G_σ * (R_a h · R_b h)}, R_a h the components of first order of the map h; in slices
 * e₃ is k. An axis points to where R h at the voxel points. The component along them is {@code Σ_n
 * c_n R_n h} over all components of its order, {@code c_n} the coefficient of ν^n in {@code
 * (e₁·ν)^l₁ (e₂·ν)^l₂ (e₃·ν)^l₃}.
 *
 * <p>Unser and Van De Ville 2010, IEEE Trans. Image Process. 19(3):636–652,
 * doi:10.1109/TIP.2009.2038832, sections II and IV; Chenouard and Unser 2012, IEEE Trans. Image
 * Process. 21(11):4522–4533, doi:10.1109/TIP.2012.2206044.
 */
final class Steering {
    static final int MOST_ORDER = 4;

    /** Where the elements of a tensor stand among its six. */
    private static final int[] PLACE = {0, 1, 2, 1, 3, 4, 2, 4, 5};

    private final Geometry g;
    private final Space space;
    private final Boundary boundary;
    private final double[] scale;

    Steering(Geometry g, Space space, Boundary boundary, double[] scale) {
        this.g = g;
        this.space = space;
        this.boundary = boundary;
        this.scale = scale;
    }

    /** Returns the steered component of a map, which is not modified. */
    float[] respond(float[] map, int[] orders, double sigmaMm, double factor) {
        float[][] axes = axes(map, sigmaMm);
        int order = orders[0] + orders[1] + orders[2];
        float[] out = new float[map.length];
        for (int i = 0; i <= order; i++) {
            for (int j = 0; i + j <= order; j++) {
                int k = order - i - j;
                if (space == Space.VOLUME || k == 0) {
                    int[] n = {i, j, k};
                    add(component(map, n), n, axes, orders, factor, out);
                }
            }
        }
        return out;
    }

    private float[] component(float[] map, int[] n) {
        return new Fourier(square -> 1, n, scale, Frequencies.EXACT)
                .inPlace(g, map.clone(), space, boundary);
    }

    /** Returns the nine coordinates of e₁, e₂ and e₃ at each voxel. */
    private float[][] axes(float[] map, double sigmaMm) {
        int d = space.axes();
        float[][] axes = new float[9][];
        for (int a = 0; a < 3; a++) {
            int[] n = new int[3];
            n[a] = 1;
            axes[6 + a] = a < d ? component(map, n) : new float[map.length];
        }
        int at = 0;
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) {
                axes[at] = product(axes[6 + a], axes[6 + b]);
                if (b < d) {
                    blur(axes[at], sigmaMm);
                } else {
                    // below every eigenvalue in the plane: k is the last axis of a slice
                    Arrays.fill(axes[at], a == b ? -1 : 0);
                }
                at++;
            }
        }
        Parallel.forEach(g.nk(), k -> turn(axes, k * g.ni() * g.nj(), g.ni() * g.nj()));
        return axes;
    }

    private static float[] product(float[] a, float[] b) {
        float[] product = new float[a.length];
        for (int v = 0; v < product.length; v++) {
            product[v] = a[v] * b[v];
        }
        return product;
    }

    private void blur(float[] values, double sigmaMm) {
        for (int a = 0; a < space.axes(); a++) {
            double[] half = Gauss.kernel(sigmaMm / g.spacing(a));
            double[] weights = new double[2 * half.length - 1];
            for (int m = 0; m < weights.length; m++) {
                weights[m] = half[Math.abs(m - half.length + 1)];
            }
            Kernel kernel = Kernel.centred(weights);
            Convolve.along(g, values, a, kernel, boundary, values, Convolve.Store.SET);
        }
    }

    /** From tensors (ii, ij, ik, jj, jk, kk) and vectors to the axes, in place. */
    private static void turn(float[][] axes, int from, int count) {
        double[] tensor = new double[9];
        double[] frame = new double[9];
        for (int v = from; v < from + count; v++) {
            for (int a = 0; a < 9; a++) {
                tensor[a] = axes[PLACE[a]][v];
            }
            Symmetric3.eigenvectors(tensor, frame);
            double x = axes[6][v];
            double y = axes[7][v];
            double z = axes[8][v];
            for (int e = 0; e < 9; e += 3) {
                double along = frame[e] * x + frame[e + 1] * y + frame[e + 2] * z;
                for (int a = e; a < e + 3; a++) {
                    axes[a][v] = (float) (along < 0 ? -frame[a] : frame[a]);
                }
            }
        }
    }

    private void add(
            float[] component, int[] n, float[][] axes, int[] orders, double factor, float[] out) {
        int plane = g.ni() * g.nj();
        Parallel.forEach(
                g.nk(),
                k -> {
                    double[] product = new double[(MOST_ORDER + 1) * (MOST_ORDER + 1)];
                    int wanted = n[0] + (MOST_ORDER + 1) * n[1];
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        expand(axes, v, orders, product);
                        out[v] += (float) (factor * product[wanted] * component[v]);
                    }
                });
    }

    /** Writes the coefficient of ν₁^i ν₂^j at i + 5 j; the power of ν₃ is what is missing. */
    private static void expand(float[][] axes, int v, int[] orders, double[] product) {
        int row = MOST_ORDER + 1;
        Arrays.fill(product, 0);
        product[0] = 1;
        int degree = 0;
        for (int e = 0; e < 3; e++) {
            double x = axes[3 * e][v];
            double y = axes[3 * e + 1][v];
            double z = axes[3 * e + 2][v];
            for (int q = 0; q < orders[e]; q++) {
                degree++;
                for (int j = degree; j >= 0; j--) {
                    for (int i = degree - j; i >= 0; i--) {
                        double sum = product[i + row * j] * z;
                        sum += i > 0 ? product[i - 1 + row * j] * x : 0;
                        sum += j > 0 ? product[i + row * (j - 1)] * y : 0;
                        product[i + row * j] = sum;
                    }
                }
            }
        }
    }
}
