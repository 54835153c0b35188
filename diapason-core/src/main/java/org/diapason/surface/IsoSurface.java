package org.diapason.surface;

import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * The closed surface where a volume crosses a threshold, in patient space (LPS mm).
 *
 * <p><b>Inside</b> is what lies above the threshold. A value equal to it is outside, and so is NaN.
 * A point lies on each edge between neighbouring voxel centres of which one is inside, where the
 * value interpolated linearly along the edge is the threshold. Where a voxel equals the threshold,
 * up to six points would fall together in its centre; so every point keeps a margin of four units
 * in the last place that a coordinate of this grid has as a {@code float} (about 6e-5 mm at 200 mm,
 * and never more than a quarter of the edge): the surface moves by no more than what the files that
 * keep it can tell, and its points differ there too. An edge to NaN or to an infinity has no such
 * place; its point lies in the middle.
 *
 * <p><b>At the border</b> the surface is closed as if one voxel of outside lay around the grid, at
 * half the distance to it: on the outer faces of the border voxels, where the measured field of
 * view ends. A volume that is inside everywhere gives a box around all voxels, its edges cut by
 * half a voxel.
 *
 * <p><b>No holes.</b> The triangles of a cell depend on nothing but which corners are inside
 * ({@link CubeTable}): inside corners of a face that meet only across its diagonal are parted, in
 * both cells that share the face. Each point is on four cells, each of which adds one fan of
 * triangles to it; no two cells share an edge of a triangle but on their common face. So each edge
 * has exactly two triangles that run through it in opposite directions, and the triangles around
 * each point form one ring, for any values. No triangle has area zero.
 *
 * <p>Method: Lorensen and Cline 1987 (doi:10.1145/37402.37422), walked as in Schroeder, Maynard and
 * Geveci 2015 ({@link FlyingEdges}). The same bytes for any number of threads. Memory: the mesh (24
 * bytes a point, 12 a triangle), one bit a voxel and 16 bytes a row of voxels.
 */
public final class IsoSurface {
    private static final int MARGIN_ULPS = 4;

    private final Geometry geometry;
    private final float[] values;
    private final double threshold;
    private final double[] margin = new double[3];

    private IsoSurface(Volume volume, double threshold) {
        geometry = volume.geometry();
        values = volume.values();
        this.threshold = threshold;
        double ulp = Math.ulp((float) farthestMm(geometry));
        for (int a = 0; a < 3; a++) {
            margin[a] = Math.min(0.25, MARGIN_ULPS * ulp / geometry.spacing(a));
        }
    }

    /** Returns the greatest coordinate, without its sign, that a point of a grid may have. */
    private static double farthestMm(Geometry geometry) {
        double most = 0;
        for (int corner = 0; corner < 8; corner++) {
            double[] at =
                    geometry.toWorld(
                                    (corner & 1) * (geometry.ni() + 1) - 1,
                                    (corner >> 1 & 1) * (geometry.nj() + 1) - 1,
                                    (corner >> 2) * (geometry.nk() + 1) - 1)
                            .toArray();
            for (double x : at) {
                most = Math.max(most, Math.abs(x));
            }
        }
        return most;
    }

    /**
     * Returns the surface, its triangles counter-clockwise seen from outside.
     *
     * @param volume one channel; not modified
     * @param threshold in the unit of the volume; finite
     * @throws IllegalArgumentException if no value lies above the threshold
     * @throws org.diapason.volume.RefusedException if the volume has several channels
     */
    public static Mesh of(Volume volume, double threshold) {
        if (!Double.isFinite(threshold)) {
            throw new IllegalArgumentException("threshold must be finite, got " + threshold);
        }
        InsideBits inside = InsideBits.above(volume.geometry(), volume.values(), threshold);
        if (inside.isEmpty()) {
            throw new IllegalArgumentException(nothingAbove(volume.values(), threshold));
        }
        return mesh(inside, new IsoSurface(volume, threshold)::share);
    }

    /**
     * Returns the surface of a mask, halfway between voxel centres inside and outside: that of a
     * volume of 0 and 1 at 0.5, not smoothed.
     *
     * @throws IllegalArgumentException if no voxel is in the mask
     */
    public static Mesh of(Mask mask) {
        InsideBits inside = InsideBits.of(mask.geometry(), mask.voxels());
        if (inside.isEmpty()) {
            throw new IllegalArgumentException("a mask without a voxel has no surface");
        }
        return mesh(inside, (axis, i, j, k) -> 0.5);
    }

    private interface Shares {
        /** Returns where along an edge the threshold is crossed, from 0 to 1. */
        double at(int axis, int i, int j, int k);
    }

    private static Mesh mesh(InsideBits inside, Shares shares) {
        FlyingEdges edges = new FlyingEdges(inside, CubeCases.PARTED.count());
        GridToWorld world = new GridToWorld(inside.geometry());
        double[] points = new double[3 * edges.points()];
        edges.place(
                (p, axis, i, j, k) -> {
                    double share = shares.at(axis, i, j, k);
                    world.put(
                            axis == 0 ? i + share : i,
                            axis == 1 ? j + share : j,
                            axis == 2 ? k + share : k,
                            points,
                            3 * p);
                });
        return Mesh.of(points, CubeCases.PARTED.triangles(edges, world.mirrored()));
    }

    private static String nothingAbove(float[] values, double threshold) {
        float most = Float.NaN;
        for (float v : values) {
            most = v > most || Float.isNaN(most) ? v : most;
        }
        return "no value lies above the threshold "
                + threshold
                + ": "
                + (Float.isNaN(most) ? "all are NaN" : "the greatest is " + most)
                + ". Give a lower threshold.";
    }

    private double share(int axis, int i, int j, int k) {
        int from = axis == 0 ? i : axis == 1 ? j : k;
        if (from < 0 || from + 1 == geometry.size(axis)) {
            return 0.5;
        }
        int at = geometry.index(i, j, k);
        int next = axis == 0 ? 1 : axis == 1 ? geometry.ni() : geometry.ni() * geometry.nj();
        double low = values[at];
        double high = values[at + next];
        double rise = high - low;
        if (!Double.isFinite(rise)) {
            return 0.5;
        }
        return Math.max(margin[axis], Math.min(1 - margin[axis], (threshold - low) / rise));
    }
}
