package org.diapason.math;

import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Sampling grids by the rule of the image biomarker standardisation initiative (IBSI 1, section
 * "Interpolation"; Zwanenburg et al. 2020, Radiology 295(2):328–338,
 * doi:10.1148/radiol.2020191145).
 */
public final class Grid {
    /** Keeps a ratio of sizes that is whole up to rounding from gaining a voxel. */
    private static final double WHOLE = 1e-6;

    private Grid() {}

    /** Where a grid lies over the one it replaces. */
    public enum Alignment {
        /** Both have the same physical centre. */
        CENTRED,
        /** The outer corners of their first voxels coincide. */
        CORNER
    }

    /**
     * Returns the isotropic grid of the given spacing with the same physical centre and directions.
     *
     * <p>Per axis: {@code n_b = ceil(n_a s_a / s_b − 1e-6)}; its voxel 0 lies at {@code (n_a − 1)/2
     * − (n_b − 1)/2 · s_b/s_a} input voxels.
     *
     * @throws IllegalArgumentException if the spacing is not a positive number
     * @throws RefusedException if the grid has more voxels than an array holds
     */
    public static Geometry isotropic(Geometry from, double spacingMm) {
        return of(from, spacingMm, spacingMm, spacingMm);
    }

    /**
     * Returns the grid of the given spacings along i, j, k with the same physical centre and
     * directions, by the same rule.
     *
     * @throws IllegalArgumentException if a spacing is not a positive number
     * @throws RefusedException if the grid has more voxels than an array holds
     */
    public static Geometry of(Geometry from, double si, double sj, double sk) {
        return of(from, Alignment.CENTRED, si, sj, sk);
    }

    /**
     * Returns the grid of the given spacings along i, j, k with the same directions: as many voxels
     * by the same rule, its voxel 0 at {@code (s_b/s_a − 1)/2} input voxels where corners coincide.
     *
     * @throws IllegalArgumentException if a spacing is not a positive number
     * @throws RefusedException if the grid has more voxels than an array holds
     */
    public static Geometry of(Geometry from, Alignment alignment, double si, double sj, double sk) {
        double[] spacingMm = {si, sj, sk};
        double[] count = new double[3];
        for (int a = 0; a < 3; a++) {
            if (!(spacingMm[a] > 0) || Double.isInfinite(spacingMm[a])) {
                throw new IllegalArgumentException(
                        "spacing must be positive, got " + spacingMm[a] + " mm");
            }
            double length = from.size(a) * from.spacing(a) / spacingMm[a];
            count[a] = Math.max(1, Math.ceil(length - WHOLE));
        }
        if (count[0] * count[1] * count[2] > Integer.MAX_VALUE) {
            throw new RefusedException(
                    "a grid of "
                            + Numbers.of(spacingMm).fixed(3)
                            + " mm would have "
                            + Numbers.of(count).fixed(0)
                            + " voxels, more than "
                            + Integer.MAX_VALUE
                            + ". Raise spacing-mm or leave this exam out.");
        }
        int[] size = new int[3];
        double[] first = new double[3];
        for (int a = 0; a < 3; a++) {
            size[a] = (int) count[a];
            double ratio = spacingMm[a] / from.spacing(a);
            first[a] =
                    alignment == Alignment.CENTRED
                            ? (from.size(a) - 1) / 2.0 - (size[a] - 1) / 2.0 * ratio
                            : (ratio - 1) / 2;
        }
        return new Geometry(
                size[0],
                size[1],
                size[2],
                Numbers.of(spacingMm),
                from.toWorld(first[0], first[1], first[2]),
                from.direction());
    }
}
