package org.diapason.surface;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/**
 * The surface halfway between the centres of the voxels inside and outside a mask.
 *
 * <p>Every point lies in the middle between two neighbouring centres. Beyond the grid is outside,
 * so a mask at the border is closed there; closed, oriented outwards, for any spacing and
 * direction. Faces with two inside corners across the diagonal part them.
 *
 * <p>It is the surface that {@link IsoSurface} finds at 0.5 of a volume of 0 and 1, by the same
 * walk ({@link FlyingEdges}), with points that are whole numbers and come in the order in which the
 * triangles meet them.
 *
 * <p>Method: Lorensen and Cline 1987, Computer Graphics 21(4):163–169, doi:10.1145/37402.37422, at
 * level 0.5, with a table made by a rule of our own ({@link CubeTable}).
 */
public final class MarchingCubes {
    private MarchingCubes() {}

    /**
     * Returns the surface of a mask.
     *
     * @param voxels membership per voxel, i fastest; not modified
     * @throws IllegalArgumentException if no voxel is in the mask
     */
    public static LatticeMesh of(Geometry geometry, boolean[] voxels) {
        return walk(geometry, voxels, CubeCases.PARTED);
    }

    /**
     * Returns the surface that programs with a table of 128 cases find (PyRadiomics among them): it
     * differs from {@link #of} where voxels meet across a diagonal, and may have holes there.
     */
    public static LatticeMesh withHalfTable(Geometry geometry, boolean[] voxels) {
        return walk(geometry, voxels, CubeCases.HALVED);
    }

    private static LatticeMesh walk(Geometry geometry, boolean[] voxels, CubeCases cases) {
        FlyingEdges edges = new FlyingEdges(InsideBits.of(geometry, voxels), cases.count());
        if (edges.points() == 0) {
            throw new IllegalArgumentException("a mask without a voxel has no surface");
        }
        int[] triangles = cases.triangles(edges, false);
        int[] number = byFirstUse(triangles, edges.points());
        int[] halves = new int[3 * edges.points()];
        edges.place(
                (p, axis, i, j, k) -> {
                    int at = 3 * number[p];
                    halves[at] = 2 * i;
                    halves[at + 1] = 2 * j;
                    halves[at + 2] = 2 * k;
                    halves[at + axis]++;
                });
        return new LatticeMesh(geometry, halves, triangles);
    }

    /**
     * Numbers the points anew as the triangles first meet them: an enclosing ellipsoid that stops
     * at a tolerance depends on the order of its points.
     *
     * @param triangles their corners are numbered anew
     * @return the new number of each point
     */
    private static int[] byFirstUse(int[] triangles, int points) {
        int[] number = new int[points];
        Arrays.fill(number, -1);
        int next = 0;
        for (int c = 0; c < triangles.length; c++) {
            int p = triangles[c];
            number[p] = number[p] < 0 ? next++ : number[p];
            triangles[c] = number[p];
        }
        return number;
    }
}
