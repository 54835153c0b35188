package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/**
 * Exact Euclidean distances to a set of voxels, from centre to centre, on any spacing: the lower
 * envelope of parabolas along one axis after the other (Felzenszwalb and Huttenlocher 2012, Theory
 * of Computing 8:415–428, doi:10.4086/toc.2012.v008a019). Linear time.
 */
public final class DistanceMap {
    private DistanceMap() {}

    /** Returns the squared distance in mm² of each voxel; infinite where the set is empty. */
    public static double[] squaredMm(Geometry g, boolean[] set) {
        double[] out = new double[set.length];
        for (int v = 0; v < set.length; v++) {
            out[v] = set[v] ? 0 : Double.POSITIVE_INFINITY;
        }
        int[] stride = {1, g.ni(), g.ni() * g.nj()};
        for (int a = 0; a < 3; a++) {
            int axis = a;
            int n = g.size(a);
            int inner = stride[a];
            if (n > 1) {
                Parallel.forEach(
                        set.length / n,
                        line -> {
                            int first = line / inner * inner * n + line % inner;
                            along(out, first, inner, n, g.spacing(axis));
                        });
            }
        }
        return out;
    }

    private static void along(double[] d, int first, int stride, int n, double h) {
        double[] f = new double[n];
        int[] seat = new int[n];
        double[] from = new double[n + 1];
        int last = -1;
        for (int q = 0; q < n; q++) {
            f[q] = d[first + q * stride];
            if (f[q] == Double.POSITIVE_INFINITY) {
                continue;
            }
            double cut = Double.NEGATIVE_INFINITY;
            while (last >= 0) {
                int p = seat[last];
                cut = (f[q] - f[p]) / (2 * h * h * (q - p)) + (q + p) / 2.0;
                if (cut > from[last]) {
                    break;
                }
                last--;
                cut = Double.NEGATIVE_INFINITY;
            }
            seat[++last] = q;
            from[last] = cut;
        }
        if (last < 0) {
            return;
        }
        Arrays.fill(from, last + 1, n + 1, Double.POSITIVE_INFINITY);
        for (int q = 0, s = 0; q < n; q++) {
            while (from[s + 1] < q) {
                s++;
            }
            double away = (q - seat[s]) * h;
            d[first + q * stride] = away * away + f[seat[s]];
        }
    }
}
