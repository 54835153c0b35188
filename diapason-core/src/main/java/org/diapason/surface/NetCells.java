package org.diapason.surface;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * The cells of a grid of labels in which labels meet, numbered, and which of them are linked.
 *
 * <p>A cell has its corners at the centres of eight voxels; beyond the grid lies label 0. Two
 * neighbouring cells are linked if labels meet on their common face. A face that labels part along
 * three of its sides or four is crossed by a line in which three regions meet or more: a cell with
 * two such faces is linked through them alone, so that the line is not drawn aside by the sheets
 * that end in it (an idea of Frisken 2022, simplified).
 *
 * <p>Bits lie as in {@link InsideBits}. Memory: four bits and a half a voxel, 24 bytes a cell.
 */
final class NetCells {
    private final Geometry geometry;
    private final int words;
    private final int plane;

    /** Whether the label changes from each voxel to the next, along each axis. */
    private final long[][] step = new long[3][];

    private final long[] mixed;
    private final int[] before;
    private final int count;
    private final int[] links;

    /**
     * Finds the cells.
     *
     * @param labels one per voxel, i fastest; NaN is 0; not modified
     */
    NetCells(Geometry geometry, float[] labels) {
        this.geometry = geometry;
        words = (geometry.ni() + 2 + 63) / 64;
        plane = geometry.nj() + 2;
        int rows = Math.multiplyExact(plane, geometry.nk() + 2);
        int size = Math.multiplyExact(rows, words);
        for (int axis = 0; axis < 3; axis++) {
            step[axis] = new long[size];
        }
        mixed = new long[size];
        before = new int[size];
        Parallel.forEach(geometry.nk() + 1, z -> steps(labels, z));
        Parallel.forEach(geometry.nk() + 1, this::mix);
        long sum = 0;
        for (int w = 0; w < size; w++) {
            before[w] = (int) sum;
            sum += Long.bitCount(mixed[w]);
        }
        if (sum > Integer.MAX_VALUE / 6) {
            throw new IllegalArgumentException(
                    "labels meet in "
                            + sum
                            + " cells, more than a net can hold. Give a coarser grid or a part of"
                            + " it.");
        }
        count = (int) sum;
        links = new int[6 * count];
        Parallel.forEach(geometry.nk() + 1, this::link);
    }

    int count() {
        return count;
    }

    /**
     * Returns the cell that each is linked to along −i, +i, −j, +j, −k and +k, −1 for none; do not
     * write to it.
     */
    int[] links() {
        return links;
    }

    /** Returns the number of the cell whose lowest corner is voxel (i, j, k). */
    int cell(int i, int j, int k) {
        return cell(words * (j + 1 + plane * (k + 1)), i + 1);
    }

    private int cell(int row, int x) {
        int w = row + (x >> 6);
        return before[w] + Long.bitCount(mixed[w] & (1L << (x & 63)) - 1);
    }

    private void steps(float[] labels, int z) {
        float[] here = new float[geometry.ni() + 2];
        float[] beside = new float[geometry.ni() + 2];
        float[] above = new float[geometry.ni() + 2];
        read(labels, -1, z - 1, here);
        for (int y = 0; y <= geometry.nj(); y++) {
            read(labels, y, z - 1, beside);
            read(labels, y - 1, z, above);
            int at = words * (y + plane * z);
            for (int x = 0; x <= geometry.ni(); x++) {
                int w = at + (x >> 6);
                step[0][w] |= (here[x] != here[x + 1] ? 1L : 0L) << x;
                step[1][w] |= (here[x] != beside[x] ? 1L : 0L) << x;
                step[2][w] |= (here[x] != above[x] ? 1L : 0L) << x;
            }
            float[] spare = here;
            here = beside;
            beside = spare;
        }
    }

    private void read(float[] labels, int j, int k, float[] row) {
        boolean out = j < 0 || j == geometry.nj() || k < 0 || k == geometry.nk();
        for (int i = 0; i < geometry.ni(); i++) {
            float label = out ? 0 : labels[geometry.index(i, j, k)];
            row[i + 1] = Float.isNaN(label) ? 0 : label;
        }
    }

    private void mix(int z) {
        for (int y = 0; y <= geometry.nj(); y++) {
            int row = words * (y + plane * z);
            for (int w = 0; w < words; w++) {
                mixed[row + w] =
                        face(0, row, w, false)
                                | next(0, row, w, false)
                                | face(1, row, w, false)
                                | face(1, row + words, w, false);
            }
        }
    }

    private void link(int z) {
        long[] any = new long[6];
        long[] line = new long[6];
        int[] row = new int[6];
        for (int y = 0; y <= geometry.nj(); y++) {
            int at = words * (y + plane * z);
            int cell = before[at];
            for (int side = 0; side < 6; side++) {
                int away = (side & 1) * 2 - 1;
                row[side] = at + away * (side < 2 ? 0 : side < 4 ? words : words * plane);
            }
            for (int w = 0; w < words; w++) {
                if (mixed[at + w] == 0) {
                    continue;
                }
                for (int axis = 0; axis < 3; axis++) {
                    any[2 * axis] = face(axis, at, w, false);
                    line[2 * axis] = face(axis, at, w, true);
                    int high = row[2 * axis + 1];
                    any[2 * axis + 1] =
                            axis == 0 ? next(0, at, w, false) : face(axis, high, w, false);
                    line[2 * axis + 1] =
                            axis == 0 ? next(0, at, w, true) : face(axis, high, w, true);
                }
                for (long m = mixed[at + w]; m != 0; m &= m - 1) {
                    int bit = Long.numberOfTrailingZeros(m);
                    int lines = 0;
                    for (long l : line) {
                        lines += (int) (l >>> bit & 1);
                    }
                    long[] through = lines > 1 ? line : any;
                    for (int side = 0; side < 6; side++) {
                        int x = 64 * w + bit + (side == 0 ? -1 : side == 1 ? 1 : 0);
                        boolean linked = (through[side] >>> bit & 1) != 0;
                        links[6 * cell + side] = linked ? cell(row[side], x) : -1;
                    }
                    cell++;
                }
            }
        }
    }

    /** Returns the faces before the voxels of a word, as {@link #face} does for the next voxel. */
    private long next(int axis, int row, int w, boolean three) {
        long last = w + 1 < words ? face(axis, row, w + 1, three) : 0;
        return face(axis, row, w, three) >>> 1 | last << 63;
    }

    /**
     * Returns on which faces labels meet, across an axis, whose lowest corners are the voxels of a
     * word; or on which three sides of the face or more part labels.
     */
    private long face(int axis, int row, int w, boolean three) {
        long[] u = step[axis == 0 ? 1 : 0];
        long[] v = step[axis == 2 ? 1 : 2];
        int at = row + w;
        long a = u[at];
        long b = u[at + words * (axis == 2 ? 1 : plane)];
        long c = v[at];
        long d = axis == 0 ? v[at + words] : c >>> 1 | (w + 1 < words ? v[at + 1] << 63 : 0);
        return three ? a & b & (c | d) | c & d & (a | b) : a | b | c | d;
    }
}
