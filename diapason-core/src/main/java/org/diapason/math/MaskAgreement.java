package org.diapason.math;

import org.diapason.volume.Geometry;

/**
 * How far two masks on one grid agree.
 *
 * <p>Surface voxels are those of which a neighbour by a face is outside the mask, or beyond the
 * grid along an axis of more than one voxel; distances run between their centres, in mm.
 *
 * @param dice {@code 2 |A ∩ B| / (|A| + |B|)}, 0 to 1; NaN where both are empty
 * @param hausdorffMm the largest distance of a surface voxel of either to the nearest of the other;
 *     NaN where one is empty
 * @param surfaceMm the mean of those distances over the surface voxels of both (Heimann et al.
 *     2009, IEEE Trans. Med. Imaging 28(8):1251–1265, doi:10.1109/TMI.2009.2013851); NaN where one
 *     is empty
 */
public record MaskAgreement(double dice, double hausdorffMm, double surfaceMm) {

    /** Compares two masks; symmetric in them. */
    public static MaskAgreement of(Geometry g, boolean[] a, boolean[] b) {
        long both = 0;
        long one = 0;
        long other = 0;
        for (int v = 0; v < a.length; v++) {
            one += a[v] ? 1 : 0;
            other += b[v] ? 1 : 0;
            both += a[v] && b[v] ? 1 : 0;
        }
        double dice = 2.0 * both / (one + other);
        if (one == 0 || other == 0) {
            return new MaskAgreement(dice, Double.NaN, Double.NaN);
        }
        boolean[] surfaceA = surface(g, a);
        boolean[] surfaceB = surface(g, b);
        double[] there = gather(surfaceA, DistanceMap.squaredMm(g, surfaceB));
        double[] back = gather(surfaceB, DistanceMap.squaredMm(g, surfaceA));
        double most = Math.sqrt(Math.max(there[0], back[0]));
        double mean = (there[1] + back[1]) / (there[2] + back[2]);
        return new MaskAgreement(dice, most, mean);
    }

    /** Returns the largest square, the sum of the distances, and how many they are. */
    private static double[] gather(boolean[] surface, double[] squares) {
        double[] sums = new double[3];
        for (int v = 0; v < surface.length; v++) {
            if (surface[v]) {
                sums[0] = Math.max(sums[0], squares[v]);
                sums[1] += Math.sqrt(squares[v]);
                sums[2]++;
            }
        }
        return sums;
    }

    private static boolean[] surface(Geometry g, boolean[] mask) {
        boolean[] out = new boolean[mask.length];
        int[] stride = {1, g.ni(), g.ni() * g.nj()};
        for (int v = 0; v < mask.length; v++) {
            int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / stride[2]};
            for (int a = 0; mask[v] && a < 3; a++) {
                if (g.size(a) > 1) {
                    out[v] |= at[a] == 0 || !mask[v - stride[a]];
                    out[v] |= at[a] + 1 == g.size(a) || !mask[v + stride[a]];
                }
            }
        }
        return out;
    }
}
