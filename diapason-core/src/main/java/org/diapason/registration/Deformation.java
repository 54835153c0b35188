package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.math.Places;
import org.diapason.volume.Chain;
import org.diapason.volume.DisplacementField;
import org.diapason.volume.Geometry;
import org.diapason.volume.Inverse;
import org.diapason.volume.Transform;

/**
 * Any transform as one field of shifts on a grid: exact at its voxels up to the rounding to float,
 * linear between them.
 *
 * @param field the shifts
 * @param worstMissMm by how much the worst voxel misses its place, where a way back was looked for;
 *     0 where there was none
 * @param missed voxels that miss by more than 0.001 mm: folds, and places from beyond the field
 */
public record Deformation(DisplacementField field, double worstMissMm, long missed) {

    /** Returns the transform on the voxels of a grid; the same bits on any number of threads. */
    public static Deformation on(Geometry grid, Transform transform) {
        return on(grid, transform, false);
    }

    /** The same with NaN for the shifts of the voxels that are missed: they have no place. */
    public static Deformation found(Geometry grid, Transform transform) {
        return on(grid, transform, true);
    }

    private static Deformation on(Geometry grid, Transform transform, boolean found) {
        float[][] shifts = new float[3][grid.voxels()];
        double[] worst = new double[grid.nk()];
        long[] missed = new long[grid.nk()];
        Parallel.forEach(
                grid.nk(),
                k -> {
                    Places places = Places.mm(grid, transform, found);
                    double[][] at = new double[3][grid.ni()];
                    for (int j = 0; j < grid.nj(); j++) {
                        places.row(j, k, at[0], at[1], at[2]);
                        double[] start = grid.toWorld(0, j, k).toArray();
                        int v = grid.index(0, j, k);
                        for (int r = 0; r < 3; r++) {
                            double step = grid.spacing(0) * grid.direction().get(3 * r);
                            for (int i = 0; i < grid.ni(); i++) {
                                shifts[r][v + i] = (float) (at[r][i] - (start[r] + i * step));
                            }
                        }
                    }
                    worst[k] = places.worstMissMm();
                    missed[k] = places.missed();
                });
        double most = 0;
        long all = 0;
        for (int k = 0; k < worst.length; k++) {
            most = Math.max(most, worst[k]);
            all += missed[k];
        }
        DisplacementField field = DisplacementField.of(grid, shifts[0], shifts[1], shifts[2]);
        return new Deformation(field, most, all);
    }

    /** Says whether a transform has a way back in it that is looked for place by place. */
    public static boolean isSearched(Transform transform) {
        return transform instanceof Inverse
                || transform instanceof Chain chain
                        && chain.parts().stream().anyMatch(Inverse.class::isInstance);
    }
}
