package org.diapason.io.dicom;

import org.diapason.volume.DataException;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;

/**
 * Where the pixels of one frame lie among the voxels of a grid: on whole voxels, along its axes.
 *
 * @param start voxel of the first pixel
 * @param column step in i, j, k from one column to the next
 * @param row step in i, j, k from one row to the next
 */
record Placement(int[] start, int[] column, int[] row) {
    /** Voxels; files round positions and spacings. */
    private static final double TOLERANCE = 0.01;

    /**
     * Returns where a frame lies.
     *
     * @param position x, y, z of the centre of the first pixel, LPS mm
     * @param axes the unit vectors along a row and along a column
     * @param spacing mm between rows, then between columns
     * @throws DataException if its pixels are not voxels of the grid; both are named
     */
    static Placement of(
            String who,
            double[] position,
            double[] axes,
            double[] spacing,
            int columns,
            int rows,
            Geometry grid) {
        double[] start = voxel(position, axes, spacing, 0, 0, grid);
        int[] first = new int[3];
        int[][] steps = new int[2][3];
        boolean fits = true;
        for (int a = 0; a < 3; a++) {
            first[a] = (int) Math.rint(start[a]);
            steps[0][a] = (int) Math.rint(voxel(position, axes, spacing, 1, 0, grid)[a] - start[a]);
            steps[1][a] = (int) Math.rint(voxel(position, axes, spacing, 0, 1, grid)[a] - start[a]);
            fits &= Math.abs(start[a]) < 1 << 24 && steps[0][a] * steps[1][a] == 0;
        }
        fits &= length(steps[0]) == 1 && length(steps[1]) == 1;
        for (int corner = 0; corner < 4 && fits; corner++) {
            int c = (corner & 1) * (columns - 1);
            int r = (corner >> 1) * (rows - 1);
            double[] there = voxel(position, axes, spacing, c, r, grid);
            for (int a = 0; a < 3; a++) {
                double whole = first[a] + c * steps[0][a] + r * steps[1][a];
                fits &= Math.abs(there[a] - whole) <= TOLERANCE;
            }
        }
        if (fits) {
            return new Placement(first, steps[0], steps[1]);
        }
        throw new DataException(
                who
                        + ": its pixels ("
                        + Numbers.of(spacing[1], spacing[0]).fixed(3)
                        + " mm from "
                        + place(position)
                        + ", rows along "
                        + place(Numbers.of(axes).toArray())
                        + ") are not voxels of the image ("
                        + grid.spacingMm().fixed(3)
                        + " mm from "
                        + place(grid.originMm().toArray())
                        + "). Give the image it was drawn on, or resample it.");
    }

    private static double[] voxel(
            double[] position,
            double[] axes,
            double[] spacing,
            int column,
            int row,
            Geometry grid) {
        double[] world = position.clone();
        for (int a = 0; a < 3; a++) {
            world[a] += column * spacing[1] * axes[a] + row * spacing[0] * axes[3 + a];
        }
        return grid.toVoxel(world[0], world[1], world[2]).toArray();
    }

    private static int length(int[] step) {
        return Math.abs(step[0]) + Math.abs(step[1]) + Math.abs(step[2]);
    }

    private static String place(double[] p) {
        return "("
                + Numbers.fixed(p[0], 2)
                + ", "
                + Numbers.fixed(p[1], 2)
                + ", "
                + Numbers.fixed(p[2], 2)
                + ")";
    }

    /** Returns the index of the voxel of a pixel, −1 where it lies outside the grid. */
    int index(int c, int r, Geometry grid) {
        int i = start[0] + c * column[0] + r * row[0];
        int j = start[1] + c * column[1] + r * row[1];
        int k = start[2] + c * column[2] + r * row[2];
        boolean inside =
                i >= 0 && j >= 0 && k >= 0 && i < grid.ni() && j < grid.nj() && k < grid.nk();
        return inside ? grid.index(i, j, k) : -1;
    }
}
