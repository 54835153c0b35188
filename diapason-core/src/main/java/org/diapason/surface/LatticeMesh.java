package org.diapason.surface;

import org.diapason.volume.Geometry;

/**
 * A surface whose points lie on the half steps of a voxel grid, so that all of them are whole
 * numbers.
 *
 * @param geometry the grid
 * @param halves twice the voxel position (i, j, k) of each point; do not write to them
 * @param triangles three points per triangle, outwards in voxel positions; do not write to them
 */
public record LatticeMesh(Geometry geometry, int[] halves, int[] triangles) {

    /** Returns the surface in mm along the axes of the grid, from the centre of voxel (0, 0, 0). */
    public Mesh alongAxes() {
        return Mesh.of(toMm(halves), triangles);
    }

    /** Returns the surface in patient space (LPS mm). */
    public Mesh inWorld() {
        GridToWorld world = new GridToWorld(geometry);
        double[] points = new double[halves.length];
        for (int p = 0; p < halves.length; p += 3) {
            world.put(halves[p] / 2.0, halves[p + 1] / 2.0, halves[p + 2] / 2.0, points, p);
        }
        return Mesh.of(points, world.mirrored() ? turned() : triangles);
    }

    /** Returns the convex hull of the points. */
    public Hull hull() {
        return Hull.of(halves);
    }

    /** Returns half steps in mm along the axes of the grid. */
    public double[] toMm(int[] steps) {
        double[] mm = new double[steps.length];
        for (int p = 0; p < steps.length; p++) {
            mm[p] = steps[p] * (geometry.spacing(p % 3) / 2);
        }
        return mm;
    }

    private int[] turned() {
        int[] turned = triangles.clone();
        for (int t = 0; t < turned.length; t += 3) {
            turned[t] = triangles[t + 1];
            turned[t + 1] = triangles[t];
        }
        return turned;
    }
}
