package org.diapason.features;

import org.diapason.math.Boundary;
import org.diapason.math.Convolve;
import org.diapason.math.Kernel;
import org.diapason.volume.Geometry;

/**
 * What MIRP does to an image before it is interpolated: a Gaussian against aliasing, and a border
 * that goes on.
 *
 * <p>The Gaussian falls to β at half the sampling frequency's reach: {@code σ = √(−8 ln β) · s_new
 * / s_old} voxels along each axis, cut at 4 σ, the border voxel repeated. Mackin et al. 2017, PLoS
 * ONE 12(9):e0178524, doi:10.1371/journal.pone.0178524; MIRP 2, smoothing_beta.
 */
final class Smoothing {
    /** Voxels that are put around an image before its spline is made (scipy). */
    private static final int MARGIN = 12;

    private static final double CUT_SIGMAS = 4;

    private Smoothing() {}

    /**
     * Returns the values blurred for a grid of other spacings; NaN spreads as far as the kernel
     * reaches. Does not modify its input.
     *
     * @param deep whether also along k
     */
    static float[] of(Geometry from, float[] values, Geometry to, double beta, boolean deep) {
        float[] blurred = values.clone();
        for (int axis = 0; axis < (deep ? 3 : 2); axis++) {
            double step = to.spacing(axis) / from.spacing(axis);
            double sigma = Math.sqrt(-8 * StrictMath.log(beta)) * step;
            if (sigma > 0) {
                Kernel kernel = Kernel.centred(weights(sigma));
                Convolve.along(
                        from, blurred, axis, kernel, Boundary.NEAREST, blurred, Convolve.Store.SET);
            }
        }
        return blurred;
    }

    private static double[] weights(double sigma) {
        int reach = (int) (CUT_SIGMAS * sigma + 0.5);
        double[] weights = new double[2 * reach + 1];
        double sum = 0;
        for (int t = 0; t < weights.length; t++) {
            double x = (t - reach) / sigma;
            weights[t] = StrictMath.exp(-x * x / 2);
            sum += weights[t];
        }
        for (int t = 0; t < weights.length; t++) {
            weights[t] /= sum;
        }
        return weights;
    }

    /** Returns the grid with a margin on every side. */
    static Geometry widened(Geometry g) {
        return new Geometry(
                g.ni() + 2 * MARGIN,
                g.nj() + 2 * MARGIN,
                g.nk() + 2 * MARGIN,
                g.spacingMm(),
                g.toWorld(-MARGIN, -MARGIN, -MARGIN),
                g.direction());
    }

    /** Returns the values on the {@link #widened} grid, the border voxels repeated. */
    static float[] widened(Geometry g, float[] values) {
        int ni = g.ni() + 2 * MARGIN;
        int nj = g.nj() + 2 * MARGIN;
        float[] wide = new float[Math.multiplyExact(ni * nj, g.nk() + 2 * MARGIN)];
        for (int at = 0; at < wide.length; at++) {
            int i = Boundary.NEAREST.at(at % ni - MARGIN, g.ni());
            int j = Boundary.NEAREST.at(at / ni % nj - MARGIN, g.nj());
            int k = Boundary.NEAREST.at(at / (ni * nj) - MARGIN, g.nk());
            wide[at] = values[g.index(i, j, k)];
        }
        return wide;
    }
}
