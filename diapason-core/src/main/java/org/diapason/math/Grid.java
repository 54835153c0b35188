package org.diapason.math;

import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Transform;

/**
 * Sampling grids over an image, by the rule of the image biomarker standardisation initiative (IBSI
 * 1, section "Interpolation"; Zwanenburg et al. 2020, Radiology 295(2):328–338,
 * doi:10.1148/radiol.2020191145) and by those of other programs.
 */
public final class Grid {
    /** Keeps a ratio of sizes that is whole up to rounding from gaining a voxel. */
    private static final double WHOLE = 1e-6;

    /** A voxel whose centre is 1e-6 voxels outside a field is in it. */
    private static final double HALF = 0.5 + 1e-6;

    private Grid() {}

    /** Where a grid lies over the one it replaces. */
    public enum Rule {
        /** Both have the same physical centre (IBSI, MIRP). */
        IBSI,
        /** The outer corners of their first voxels coincide (PyRadiomics). */
        CORNER,
        /** The centres of their first voxels coincide (the origin is kept). */
        ORIGIN,
        /**
         * All outer corners coincide: {@code n_b = round(n_a s_a / s_b)} voxels of {@code n_a s_a /
         * n_b}, so that the spacing differs a little from what was asked (nnU-Net).
         */
        EXTENT
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
        return of(from, Rule.IBSI, spacingMm, spacingMm, spacingMm);
    }

    /**
     * Returns the grid of the given spacings along i, j, k with the same directions: {@code n_b =
     * ceil(n_a s_a / s_b − 1e-6)} voxels, its voxel 0 where the rule has it: at {@code (n_a − 1)/2
     * − (n_b − 1)/2 · s_b/s_a} (ibsi), {@code (s_b/s_a − 1)/2} (corner, extent) or 0 (origin) old
     * voxels.
     *
     * @throws IllegalArgumentException if a spacing is not a positive number
     * @throws RefusedException if the grid has more voxels than an array holds
     */
    public static Geometry of(Geometry from, Rule rule, double si, double sj, double sk) {
        double[] spacingMm = {si, sj, sk};
        double[] count = new double[3];
        for (int a = 0; a < 3; a++) {
            requireSpacing(spacingMm[a]);
            double length = from.size(a) * from.spacing(a) / spacingMm[a];
            double whole = rule == Rule.EXTENT ? Math.rint(length) : Math.ceil(length - WHOLE);
            count[a] = Math.max(1, whole);
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
            if (rule == Rule.EXTENT) {
                boolean same = size[a] == from.size(a);
                spacingMm[a] = same ? from.spacing(a) : from.size(a) * from.spacing(a) / size[a];
            }
            double ratio = spacingMm[a] / from.spacing(a);
            first[a] =
                    switch (rule) {
                        case IBSI -> (from.size(a) - 1) / 2.0 - (size[a] - 1) / 2.0 * ratio;
                        case CORNER, EXTENT -> (ratio - 1) / 2;
                        case ORIGIN -> 0;
                    };
        }
        return new Geometry(
                size[0],
                size[1],
                size[2],
                Numbers.of(spacingMm),
                from.toWorld(first[0], first[1], first[2]),
                from.direction());
    }

    /**
     * Checks a setting spacing-mm.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public static void requireSpacing(double spacingMm) {
        if (!(spacingMm > 0) || Double.isInfinite(spacingMm)) {
            throw new IllegalArgumentException(
                    "spacing-mm must be positive, got " + spacingMm + " mm");
        }
    }

    /** Says whether the axes of both grids point the same way. */
    public static boolean parallel(Geometry from, Geometry to) {
        for (int e = 0; e < 9; e++) {
            if (!(Math.abs(from.direction().get(e) - to.direction().get(e)) <= 1e-6)) {
                return false;
            }
        }
        return true;
    }

    /** Returns the cosine of the angle between axis a of one grid and axis b of another. */
    public static double cosine(Geometry one, int a, Geometry other, int b) {
        double sum = 0;
        for (int r = 0; r < 3; r++) {
            sum += one.direction().get(3 * r + a) * other.direction().get(3 * r + b);
        }
        return sum;
    }

    /**
     * Returns which voxels of a grid have their centre in the field of another: at most half a
     * voxel of that beyond the centres of its border voxels.
     */
    public static boolean[] inField(Geometry field, Geometry grid) {
        return inField(field, grid, Affine.IDENTITY);
    }

    /**
     * Returns which voxels of a grid a transform leads into the field of another: at most half a
     * voxel of that beyond the centres of its border voxels.
     */
    public static boolean[] inField(Geometry field, Geometry grid, Transform transform) {
        boolean[] in = new boolean[grid.voxels()];
        Parallel.forEach(
                grid.nk(),
                z -> {
                    Places places = new Places(grid, transform, field);
                    double[] i = new double[grid.ni()];
                    double[] j = new double[grid.ni()];
                    double[] k = new double[grid.ni()];
                    for (int y = 0; y < grid.nj(); y++) {
                        places.row(y, z, i, j, k);
                        int at = grid.index(0, y, z);
                        for (int x = 0; x < grid.ni(); x++) {
                            in[at + x] = inField(field, i[x], j[x], k[x]);
                        }
                    }
                });
        return in;
    }

    /**
     * Says whether a voxel position lies in a field: at most half a voxel beyond the centres of its
     * border voxels; NaN does not.
     */
    public static boolean inField(Geometry field, double i, double j, double k) {
        return i >= -HALF
                && i <= field.ni() - 1 + HALF
                && j >= -HALF
                && j <= field.nj() - 1 + HALF
                && k >= -HALF
                && k <= field.nk() - 1 + HALF;
    }

    /**
     * Returns how far the outermost centres of a grid lie beyond those of another, along its axes
     * in its voxels; 0 where they do not.
     */
    public static double[] beyond(Geometry field, Geometry grid) {
        double[] most = new double[3];
        for (int corner = 0; corner < 8; corner++) {
            Numbers w =
                    grid.toWorld(
                            (corner & 1) * (grid.ni() - 1),
                            (corner >> 1 & 1) * (grid.nj() - 1),
                            (corner >> 2) * (grid.nk() - 1));
            Numbers v = field.toVoxel(w.get(0), w.get(1), w.get(2));
            for (int a = 0; a < 3; a++) {
                most[a] = Math.max(most[a], outside(v.get(a), field.size(a)));
            }
        }
        return most;
    }

    private static double outside(double at, int size) {
        return Math.max(-at, at - (size - 1));
    }
}
