package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;
import org.diapason.volume.Quantity;
import org.diapason.volume.Transform;
import org.diapason.volume.Volume;

/**
 * By what a transform multiplies volumes, at each voxel of a grid: the determinant of its Jacobian,
 * {@code det ∂q/∂p}; 1 keeps volume, 2 doubles it from fixed to moving, 0 and less folds.
 *
 * <p>A linear transform and a spline are derived exactly, a field by central differences over two
 * of its voxels, a way back that is looked for as the field it makes on the grid; NaN beside what
 * nothing leads to. Central differences overlook folds of one voxel; {@link Folding} does not.
 *
 * @param determinant the map
 * @param least its smallest value; NaN where none is known
 * @param most its largest; NaN where none is known
 * @param share of its known voxels that are 0 or less
 */
public record Jacobian(Volume determinant, double least, double most, double share) {

    /** Returns the map on a grid in the fixed image; the same bits on any number of threads. */
    public static Jacobian of(Transform transform, Geometry grid) {
        Transform t =
                Deformation.isSearched(transform)
                        ? Deformation.found(grid, transform).field()
                        : transform;
        float[] map = new float[grid.voxels()];
        Parallel.forEach(
                grid.nk(),
                k -> {
                    double[] p = new double[3];
                    for (int j = 0; j < grid.nj(); j++) {
                        double[] start = grid.toWorld(0, j, k).toArray();
                        int at = grid.index(0, j, k);
                        for (int i = 0; i < grid.ni(); i++) {
                            for (int r = 0; r < 3; r++) {
                                double step = grid.spacing(0) * grid.direction().get(3 * r);
                                p[r] = start[r] + i * step;
                            }
                            map[at + i] = (float) determinant(t.jacobian(p));
                        }
                    }
                });
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        long folded = 0;
        long known = 0;
        for (float d : map) {
            if (d == d) {
                least = Math.min(least, d);
                most = Math.max(most, d);
                folded += d > 0 ? 0 : 1;
                known++;
            }
        }
        Volume volume = Volume.of(grid, map, Quantity.UNKNOWN);
        return known == 0
                ? new Jacobian(volume, Double.NaN, Double.NaN, 0)
                : new Jacobian(volume, least, most, (double) folded / known);
    }

    private static double determinant(double[] m) {
        return m[0] * (m[4] * m[8] - m[5] * m[7])
                - m[1] * (m[3] * m[8] - m[5] * m[6])
                + m[2] * (m[3] * m[7] - m[4] * m[6]);
    }

    /**
     * Returns the natural logarithm of the map: shrinking and growing alike; NaN where it folds.
     */
    public Volume logarithm() {
        float[] map = determinant.values();
        float[] log = new float[map.length];
        Parallel.forEach(
                determinant.geometry().nk(),
                k -> {
                    int plane = map.length / determinant.geometry().nk();
                    for (int v = k * plane; v < (k + 1) * plane; v++) {
                        log[v] = map[v] > 0 ? (float) StrictMath.log(map[v]) : Float.NaN;
                    }
                });
        return determinant.withValues(log);
    }
}
