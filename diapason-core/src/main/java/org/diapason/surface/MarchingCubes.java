package org.diapason.surface;

import org.diapason.volume.Geometry;

/**
 * The surface halfway between the centres of the voxels inside and outside a mask.
 *
 * <p>Every point lies in the middle between two neighbouring centres. Beyond the grid is outside,
 * so a mask at the border is closed there; closed, oriented outwards, for any spacing and
 * direction. Faces with two inside corners across the diagonal part them.
 *
 * <p>It is the surface that {@link IsoSurface} finds at 0.5 of a volume of 0 and 1, by the same
 * walk ({@link FlyingEdges}), with points that are whole numbers.
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
        int[] halves = new int[3 * edges.points()];
        edges.place(
                (p, axis, i, j, k) -> {
                    halves[3 * p] = 2 * i;
                    halves[3 * p + 1] = 2 * j;
                    halves[3 * p + 2] = 2 * k;
                    halves[3 * p + axis]++;
                });
        return new LatticeMesh(geometry, halves, cases.triangles(edges, false));
    }
}
