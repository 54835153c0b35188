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
 * <p>Method: Lorensen and Cline 1987, Computer Graphics 21(4):163–169, doi:10.1145/37402.37422, at
 * level 0.5, with a table made by a rule of our own ({@link CubeTable}).
 */
public final class MarchingCubes {
    private static final int FIRST_ROOM = 1024;

    private final Geometry geometry;
    private final int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] size = new int[3];
    private final boolean[] box;
    private int[] halves = new int[3 * FIRST_ROOM];
    private int points;
    private int[] triangles = new int[6 * FIRST_ROOM];
    private int corners;

    private MarchingCubes(Geometry geometry, boolean[] voxels) {
        this.geometry = geometry;
        int[] high = {-1, -1, -1};
        int at = 0;
        for (int k = 0; k < geometry.nk(); k++) {
            for (int j = 0; j < geometry.nj(); j++) {
                for (int i = 0; i < geometry.ni(); i++) {
                    if (voxels[at++]) {
                        widen(0, i, high);
                        widen(1, j, high);
                        widen(2, k, high);
                    }
                }
            }
        }
        if (high[0] < 0) {
            throw new IllegalArgumentException("a mask without a voxel has no surface");
        }
        for (int a = 0; a < 3; a++) {
            size[a] = high[a] - low[a] + 3;
        }
        box = new boolean[Math.multiplyExact(size[0] * size[1], size[2])];
        for (int k = low[2]; k <= high[2]; k++) {
            for (int j = low[1]; j <= high[1]; j++) {
                System.arraycopy(
                        voxels,
                        geometry.index(low[0], j, k),
                        box,
                        1 + size[0] * (j - low[1] + 1 + size[1] * (k - low[2] + 1)),
                        size[0] - 2);
            }
        }
    }

    /**
     * Returns the surface of a mask.
     *
     * @param voxels membership per voxel, i fastest; not modified
     * @throws IllegalArgumentException if no voxel is in the mask
     */
    public static LatticeMesh of(Geometry geometry, boolean[] voxels) {
        return new MarchingCubes(geometry, voxels).walk(CubeTable.PARTED);
    }

    /**
     * Returns the surface that programs with a table of 128 cases find (PyRadiomics among them): it
     * differs from {@link #of} where voxels meet across a diagonal, and may have holes there.
     */
    public static LatticeMesh withHalfTable(Geometry geometry, boolean[] voxels) {
        return new MarchingCubes(geometry, voxels).walk(CubeTable.HALVED);
    }

    private void widen(int axis, int at, int[] high) {
        low[axis] = Math.min(low[axis], at);
        high[axis] = Math.max(high[axis], at);
    }

    private LatticeMesh walk(int[][] table) {
        int row = size[0];
        int plane = row * size[1];
        int[][][] ids = new int[2][3][plane];
        int[] near = {0, 1, row, row + 1, plane, plane + 1, plane + row, plane + row + 1};
        for (int[] axis : ids[0]) {
            Arrays.fill(axis, -1);
        }
        for (int k = 0; k + 1 < size[2]; k++) {
            for (int[] axis : ids[(k + 1) % 2]) {
                Arrays.fill(axis, -1);
            }
            for (int j = 0; j + 1 < size[1]; j++) {
                for (int i = 0; i + 1 < row; i++) {
                    int at = i + row * (j + size[1] * k);
                    int inside = 0;
                    for (int c = 0; c < 8; c++) {
                        inside |= box[at + near[c]] ? 1 << c : 0;
                    }
                    for (int edge : table[inside]) {
                        corner(edge, i, j, k, ids);
                    }
                }
            }
        }
        return new LatticeMesh(
                geometry, Arrays.copyOf(halves, 3 * points), Arrays.copyOf(triangles, corners));
    }

    private void corner(int edge, int i, int j, int k, int[][][] ids) {
        int c = CubeTable.corner(edge);
        int axis = edge / 4;
        int x = i + (c & 1);
        int y = j + (c >> 1 & 1);
        int z = k + (c >> 2);
        int[] slab = ids[z % 2][axis];
        int at = x + size[0] * y;
        if (slab[at] < 0) {
            if (3 * points == halves.length) {
                halves = Arrays.copyOf(halves, 2 * halves.length);
            }
            halves[3 * points] = 2 * (x + low[0] - 1);
            halves[3 * points + 1] = 2 * (y + low[1] - 1);
            halves[3 * points + 2] = 2 * (z + low[2] - 1);
            halves[3 * points + axis]++;
            slab[at] = points++;
        }
        if (corners == triangles.length) {
            triangles = Arrays.copyOf(triangles, 2 * triangles.length);
        }
        triangles[corners++] = slab[at];
    }
}
