package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * Where the Laplacian of an image changes its sign from positive, on the dark side of an edge, to
 * negative on the bright side (Marr and Hildreth 1980, Proc. R. Soc. Lond. B 207:187–217,
 * doi:10.1098/rspb.1980.0020).
 *
 * <p>Between neighbours p and q along an axis, L(p) &gt; 0 ≥ L(q), it lies at {@code L(p) / (L(p) −
 * L(q))} of the way. Crossings where the image falls from p to q are minima of the slope, no edges,
 * and left out (Clark 1989, IEEE Trans. PAMI 11(1):43–57, doi:10.1109/34.23112).
 */
public final class ZeroCrossings {
    /** Half of the way, up to rounding. */
    private static final double HALF = 0.5 - 1e-4;

    private ZeroCrossings() {}

    /** Takes crossings one after the other. */
    public interface Taker {
        /**
         * Takes one.
         *
         * @param p the voxel on the dark side
         * @param q the voxel on the bright side
         * @param share of the way from p to q, above 0 and at most 1
         */
        void take(int p, int q, double share);
    }

    /** Hands out the crossings in the order of voxels, axis i first; NaN has none. */
    public static void find(Geometry g, GaussDerivatives image, int axes, Taker taker) {
        float[] bend = image.laplacian();
        int[] stride = {1, g.ni(), g.ni() * g.nj()};
        for (int v = 0; v < bend.length; v++) {
            int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / stride[2]};
            for (int a = 0; a < axes; a++) {
                int w = v + stride[a];
                if (at[a] + 1 == g.size(a)) {
                    continue;
                }
                double slope = (double) image.gradient()[a][v] + image.gradient()[a][w];
                if (bend[v] > 0 && bend[w] <= 0 && slope > 0) {
                    taker.take(v, w, bend[v] / ((double) bend[v] - bend[w]));
                } else if (bend[w] > 0 && bend[v] <= 0 && slope < 0) {
                    taker.take(w, v, bend[w] / ((double) bend[w] - bend[v]));
                }
            }
        }
    }

    /** Marks the voxel next to each crossing; the bright one where it lies half way. */
    public static boolean[] voxels(Geometry g, GaussDerivatives image, int axes) {
        boolean[] on = new boolean[g.voxels()];
        find(g, image, axes, (p, q, share) -> on[share < HALF ? p : q] = true);
        return on;
    }
}
