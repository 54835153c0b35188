package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Laguerre-Gauss channels: round patterns that are orthonormal in the plane and, from the first on,
 * ever finer, by which a linear observer sees a round signal at a known place with a handful of
 * numbers.
 *
 * <p>Channel j is {@code √2/a · exp(−π r²/a²) · L_j(2π r²/a²)}, L_j the Laguerre polynomial: Gallas
 * and Barrett 2003, J. Opt. Soc. Am. A 20(9):1725–1738, doi:10.1364/JOSAA.20.001725.
 */
public final class LaguerreGauss {
    private LaguerreGauss() {}

    /**
     * Returns channels on the slice of a grid, {@code [channel][voxel]}, i fastest; sums over
     * voxels times the area of one are near the integrals over the plane where the grid is fine and
     * wide beside a.
     *
     * @param grid of one slice
     * @param i voxel position of the centre along i
     * @param j and along j
     * @param widthMm a; positive
     * @param count how many, 1 or more
     */
    public static double[][] channels(
            Geometry grid, double i, double j, double widthMm, int count) {
        if (grid.nk() != 1 || count < 1 || !(widthMm > 0)) {
            throw new IllegalArgumentException(
                    "channels need one slice, a positive width and a number of 1 or more");
        }
        double[][] channels = new double[count][grid.voxels()];
        for (int v = 0; v < grid.voxels(); v++) {
            double x = (v % grid.ni() - i) * grid.spacing(0);
            double y = (v / grid.ni() - j) * grid.spacing(1);
            double r = Math.PI * (x * x + y * y) / (widthMm * widthMm);
            double before = 0;
            double now = Math.sqrt(2) / widthMm * StrictMath.exp(-r);
            for (int n = 0; n < count; n++) {
                channels[n][v] = now;
                double next = ((2 * n + 1 - 2 * r) * now - n * before) / (n + 1);
                before = now;
                now = next;
            }
        }
        return channels;
    }
}
