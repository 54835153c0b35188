package org.diapason.surface;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Which voxels of a grid are inside, one bit each, with one voxel of outside around the grid.
 *
 * <p>A row along i is a run of whole words, so that 64 voxels are compared with their neighbours at
 * once. Voxel (i, j, k) is bit i + 1 of row (j + 1, k + 1).
 */
final class InsideBits {
    private final Geometry geometry;
    private final int words;
    private final int rows;
    private final long[] bits;
    private int firstJ = Integer.MAX_VALUE;
    private int lastJ = -1;
    private int firstK = Integer.MAX_VALUE;
    private int lastK = -1;

    private InsideBits(Geometry geometry) {
        this.geometry = geometry;
        words = (geometry.ni() + 2 + 63) / 64;
        rows = Math.multiplyExact(geometry.nj() + 2, geometry.nk() + 2);
        bits = new long[Math.multiplyExact(rows, words)];
    }

    /**
     * Returns the voxels above a threshold; one equal to it or NaN is outside.
     *
     * @param values one per voxel, i fastest; not modified
     */
    static InsideBits above(Geometry geometry, float[] values, double threshold) {
        float nearest = (float) threshold;
        // a float lies above the threshold if and only if it lies above the greatest float below it
        float below = nearest > threshold ? Math.nextDown(nearest) : nearest;
        InsideBits inside = new InsideBits(geometry);
        inside.fill((at, count) -> above(values, below, at, count));
        return inside;
    }

    /** Returns the voxels of a mask, i fastest; not modified. */
    static InsideBits of(Geometry geometry, boolean[] voxels) {
        InsideBits inside = new InsideBits(geometry);
        inside.fill((at, count) -> of(voxels, at, count));
        return inside;
    }

    /**
     * Returns the voxels of a label.
     *
     * @param values one per voxel, i fastest; not modified
     */
    static InsideBits equal(Geometry geometry, float[] values, float label) {
        InsideBits inside = new InsideBits(geometry);
        inside.fill((at, count) -> equal(values, label, at, count));
        return inside;
    }

    private interface Packing {
        /** Returns up to 64 voxels as a word whose bit b is that of voxel at + b. */
        long word(int at, int count);
    }

    private static long above(float[] values, float below, int at, int count) {
        long word = 0;
        for (int b = 0; b < count; b++) {
            word |= (values[at + b] > below ? 1L : 0L) << b;
        }
        return word;
    }

    private static long equal(float[] values, float label, int at, int count) {
        long word = 0;
        for (int b = 0; b < count; b++) {
            word |= (values[at + b] == label ? 1L : 0L) << b;
        }
        return word;
    }

    private static long of(boolean[] voxels, int at, int count) {
        long word = 0;
        for (int b = 0; b < count; b++) {
            word |= (voxels[at + b] ? 1L : 0L) << b;
        }
        return word;
    }

    private void fill(Packing packing) {
        int[] first = new int[geometry.nk()];
        int[] last = new int[geometry.nk()];
        Parallel.forEach(
                geometry.nk(),
                k -> {
                    first[k] = geometry.nj();
                    last[k] = -1;
                    for (int j = 0; j < geometry.nj(); j++) {
                        if (row(geometry.index(0, j, k), words * row(j, k), packing)) {
                            first[k] = Math.min(first[k], j);
                            last[k] = j;
                        }
                    }
                });
        for (int k = 0; k < geometry.nk(); k++) {
            firstJ = Math.min(firstJ, first[k]);
            lastJ = Math.max(lastJ, last[k]);
            firstK = last[k] >= 0 ? Math.min(firstK, k) : firstK;
            lastK = last[k] >= 0 ? k : lastK;
        }
    }

    /** Fills one row and says whether any voxel of it is inside. */
    private boolean row(int voxel, int word, Packing packing) {
        int ni = geometry.ni();
        // the first word begins with the voxel of outside
        long any = packing.word(voxel, Math.min(63, ni)) << 1;
        bits[word] = any;
        for (int w = 1; w < words; w++) {
            int done = 64 * w - 1;
            int left = Math.min(64, ni - done);
            bits[word + w] = left > 0 ? packing.word(voxel + done, left) : 0;
            any |= bits[word + w];
        }
        return any != 0;
    }

    Geometry geometry() {
        return geometry;
    }

    /** Returns how many words a row has. */
    int words() {
        return words;
    }

    /** Returns the number of rows, those around the grid included. */
    int rows() {
        return rows;
    }

    /** Returns the row of the voxels (·, j, k); j and k may lie one outside the grid. */
    int row(int j, int k) {
        return j + 1 + (geometry.nj() + 2) * (k + 1);
    }

    /** Returns the words of all rows, one row after the other; do not write to them. */
    long[] bits() {
        return bits;
    }

    boolean isEmpty() {
        return lastK < 0;
    }

    /** Returns the first j of a voxel inside. */
    int firstJ() {
        return firstJ;
    }

    int lastJ() {
        return lastJ;
    }

    /** Returns the first k of a voxel inside. */
    int firstK() {
        return firstK;
    }

    int lastK() {
        return lastK;
    }
}
