package org.diapason.surface;

import org.diapason.math.Parallel;

/**
 * Walks along the border of inside and numbers its points, every point once, and what its cells
 * make: triangles, or the points of a net.
 *
 * <p>Three passes, each over rows of cells along i, that need no search and no merging. The first
 * has made the bits of {@link InsideBits}. The second counts: the edges that cross the surface are
 * found 64 at once by comparing words, what the cells make is looked up by their case. Sums over
 * the rows then say where each row's points and items go. The third writes them: along a row of
 * cells, the numbers of the points on the eight rows of edges around it only count up. Rows do not
 * depend on each other, so the result is the same for any number of threads.
 *
 * <p>The points of a row (j, k) come in the order of their axis, then of i; the items in that of
 * their cells.
 *
 * <p>Method: Schroeder, Maynard and Geveci 2015, "Flying edges: a high-performance scalable
 * isocontouring algorithm", IEEE LDAV, doi:10.1109/LDAV.2015.7348069. Theirs keeps the case of each
 * edge along i in two bits and trims each row; here the bits of the voxels are enough, words
 * without a crossing are passed over wherever they lie, and only rows between the first and the
 * last voxel inside are walked.
 *
 * <p>Memory beside the result: one bit a voxel and 16 bytes a row.
 */
final class FlyingEdges {
    private static final int MOST = Integer.MAX_VALUE / 3;

    private final InsideBits inside;
    private final byte[] itemsOf;
    private final int[][] firstPoint = new int[3][];
    private final int[] firstItem;
    private final int points;
    private final int items;

    /** Takes the place of each point. */
    interface Places {
        /** Puts point p on the edge from voxel (i, j, k), which may lie outside, along an axis. */
        void put(int p, int axis, int i, int j, int k);
    }

    /** Takes the cells that are neither inside nor outside. */
    interface Cells {
        /**
         * Meets the cell whose lowest corner is voxel (i, j, k).
         *
         * @param cube which corners are inside, numbered as in {@link CubeTable}
         * @param points the numbers of the points on its edges, right where an edge is crossed; not
         *     to be kept
         * @param item the number of its first item
         */
        void meet(int cube, int[] points, int item, int i, int j, int k);
    }

    /**
     * Counts points and items.
     *
     * @param itemsOf how many items each of the 256 cubes makes, triangles for one
     */
    FlyingEdges(InsideBits inside, byte[] itemsOf) {
        this.inside = inside;
        this.itemsOf = itemsOf;
        int rows = inside.rows();
        for (int axis = 0; axis < 3; axis++) {
            firstPoint[axis] = new int[rows];
        }
        firstItem = new int[rows];
        forEachRow((j, k) -> count(inside.row(j, k)));
        long pointSum = 0;
        long itemSum = 0;
        for (int row = 0; row < rows; row++) {
            for (int[] first : firstPoint) {
                int here = first[row];
                first[row] = (int) pointSum;
                pointSum += here;
            }
            int here = firstItem[row];
            firstItem[row] = (int) itemSum;
            itemSum += here;
            if (Math.max(pointSum, itemSum) > MOST) {
                throw new IllegalArgumentException(
                        "the surface has more than "
                                + MOST
                                + " triangles, more than a mesh can hold. Give a coarser grid or a"
                                + " part of it.");
            }
        }
        points = (int) pointSum;
        items = (int) itemSum;
    }

    int points() {
        return points;
    }

    int items() {
        return items;
    }

    /** Hands every point to its taker, each once, on several threads. */
    void place(Places places) {
        forEachRow((j, k) -> place(j, k, places));
    }

    /** Hands every mixed cell to its taker, each once, on several threads. */
    void walk(Cells cells) {
        forEachRow((j, k) -> walk(j, k, cells));
    }

    private interface Row {
        void at(int j, int k);
    }

    /** Runs through the rows of cells that meet a voxel inside, one block a plane. */
    private void forEachRow(Row row) {
        int below = inside.firstK() - 1;
        Parallel.forEach(
                inside.isEmpty() ? 0 : inside.lastK() - below + 1,
                plane -> {
                    for (int j = inside.firstJ() - 1; j <= inside.lastJ(); j++) {
                        row.at(j, below + plane);
                    }
                });
    }

    private void count(int row) {
        long[] bits = inside.bits();
        int words = inside.words();
        int up = words * (inside.geometry().nj() + 2);
        int at = row * words;
        int nx = 0;
        int ny = 0;
        int nz = 0;
        int count = 0;
        for (int w = at; w < at + words; w++) {
            boolean last = w == at + words - 1;
            long a = bits[w];
            long b = bits[w + words];
            long c = bits[w + up];
            long d = bits[w + up + words];
            long a1 = after(a, last ? 0 : bits[w + 1]);
            nx += Long.bitCount(a ^ a1);
            ny += Long.bitCount(a ^ b);
            nz += Long.bitCount(a ^ c);
            long b1 = after(b, last ? 0 : bits[w + 1 + words]);
            long c1 = after(c, last ? 0 : bits[w + 1 + up]);
            long d1 = after(d, last ? 0 : bits[w + 1 + up + words]);
            long mixed = mixed(a, b, c, d, a1, b1, c1, d1);
            for (; mixed != 0; mixed &= mixed - 1) {
                int x = Long.numberOfTrailingZeros(mixed);
                count += itemsOf[cube(a, b, c, d, a1, b1, c1, d1, x)];
            }
        }
        firstPoint[0][row] = nx;
        firstPoint[1][row] = ny;
        firstPoint[2][row] = nz;
        firstItem[row] = count;
    }

    private void walk(int j, int k, Cells cells) {
        long[] bits = inside.bits();
        int words = inside.words();
        int plane = inside.geometry().nj() + 2;
        int up = words * plane;
        int row = inside.row(j, k);
        int at = row * words;
        int item = firstItem[row];
        int[] id = new int[12];
        id[0] = firstPoint[0][row];
        id[1] = firstPoint[0][row + 1];
        id[2] = firstPoint[0][row + plane];
        id[3] = firstPoint[0][row + plane + 1];
        id[4] = firstPoint[1][row];
        id[6] = firstPoint[1][row + plane];
        id[8] = firstPoint[2][row];
        id[10] = firstPoint[2][row + 1];
        for (int w = at; w < at + words; w++) {
            boolean last = w == at + words - 1;
            long a = bits[w];
            long b = bits[w + words];
            long c = bits[w + up];
            long d = bits[w + up + words];
            long a1 = after(a, last ? 0 : bits[w + 1]);
            long b1 = after(b, last ? 0 : bits[w + 1 + words]);
            long c1 = after(c, last ? 0 : bits[w + 1 + up]);
            long d1 = after(d, last ? 0 : bits[w + 1 + up + words]);
            long mixed = mixed(a, b, c, d, a1, b1, c1, d1);
            for (; mixed != 0; mixed &= mixed - 1) {
                int x = Long.numberOfTrailingZeros(mixed);
                int cube = cube(a, b, c, d, a1, b1, c1, d1, x);
                int crossed = CubeCases.crossed(cube);
                for (int e = 4; e < 12; e += 2) {
                    id[e + 1] = id[e] + (crossed >> e & 1);
                }
                cells.meet(cube, id, item, 64 * (w - at) + x - 1, j, k);
                item += itemsOf[cube];
                for (int e = 0; e < 4; e++) {
                    id[e] += crossed >> e & 1;
                    id[4 + 2 * e] = id[5 + 2 * e];
                }
            }
        }
    }

    private void place(int j, int k, Places places) {
        long[] bits = inside.bits();
        int words = inside.words();
        int row = inside.row(j, k);
        int at = row * words;
        int up = words * (inside.geometry().nj() + 2);
        int px = firstPoint[0][row];
        int py = firstPoint[1][row];
        int pz = firstPoint[2][row];
        for (int w = 0; w < words; w++) {
            long a = bits[at + w];
            long a1 = after(a, w == words - 1 ? 0 : bits[at + w + 1]);
            int i = 64 * w - 1;
            for (long x = a ^ a1; x != 0; x &= x - 1) {
                places.put(px++, 0, i + Long.numberOfTrailingZeros(x), j, k);
            }
            for (long y = a ^ bits[at + words + w]; y != 0; y &= y - 1) {
                places.put(py++, 1, i + Long.numberOfTrailingZeros(y), j, k);
            }
            for (long z = a ^ bits[at + up + w]; z != 0; z &= z - 1) {
                places.put(pz++, 2, i + Long.numberOfTrailingZeros(z), j, k);
            }
        }
    }

    /** Returns for each voxel of a word whether the one after it along i is inside. */
    private static long after(long word, long next) {
        return word >>> 1 | next << 63;
    }

    /** Returns the cells whose eight corners are neither all inside nor all outside. */
    private static long mixed(long a, long b, long c, long d, long a1, long b1, long c1, long d1) {
        return (a | b | c | d | a1 | b1 | c1 | d1) & ~(a & b & c & d & a1 & b1 & c1 & d1);
    }

    /** Returns which corners of the cell at a bit are inside, numbered as in {@link CubeTable}. */
    private static int cube(
            long a, long b, long c, long d, long a1, long b1, long c1, long d1, int x) {
        return (int)
                (a >>> x & 1
                        | (a1 >>> x & 1) << 1
                        | (b >>> x & 1) << 2
                        | (b1 >>> x & 1) << 3
                        | (c >>> x & 1) << 4
                        | (c1 >>> x & 1) << 5
                        | (d >>> x & 1) << 6
                        | (d1 >>> x & 1) << 7);
    }
}
