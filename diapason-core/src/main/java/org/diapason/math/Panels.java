package org.diapason.math;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Work on all lines along one axis of a block of voxels: some lines at a time stand side by side in
 * doubles, so that loops run across them whatever the axis.
 *
 * <p>What becomes of a line does not depend on its neighbours: the same bits on any number of
 * threads.
 */
final class Panels {
    /** Doubles in a panel: what stays in the second cache together with its outcome. */
    private static final int ROOM = 1 << 15;

    private static final int NARROWEST = 16;
    private static final int WIDEST = 512;
    private static final int MOST_BLOCKS = 64;

    private Panels() {}

    /** What is done to lines: row x of a panel holds the voxels x of all its lines. */
    interface Change {
        /** Writes every row of {@code out}, the first {@code width} columns; may change both. */
        void apply(double[][] in, double[][] out, int width);
    }

    /**
     * Changes all lines.
     *
     * @param size of the block along i, j and k; the one along the axis does not count
     * @param in blocks that make up the lines, one after the other; not modified, unless a line
     *     takes its own place
     * @param from their lengths along the axis
     * @param out blocks that take the changed lines, one after the other
     * @param to their lengths along the axis
     */
    static void along(
            int[] size,
            int axis,
            float[][] in,
            int[] from,
            float[][] out,
            int[] to,
            Change change) {
        int inner = axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
        int outer = axis == 0 ? size[1] * size[2] : axis == 1 ? size[2] : 1;
        int longest = Math.max(sum(from), sum(to));
        int width = Math.max(NARROWEST, Math.min(WIDEST, ROOM / longest & -8));
        int lines = inner * outer;
        int panels = (lines + width - 1) / width;
        int each = (panels + MOST_BLOCKS - 1) / MOST_BLOCKS;
        Queue<double[][][]> idle =
                new ConcurrentLinkedQueue<>(); // making them costs as much as use
        Parallel.forEach(
                (panels + each - 1) / each,
                b -> {
                    double[][][] both = idle.poll();
                    if (both == null) {
                        both =
                                new double[][][] {
                                    new double[sum(from)][width], new double[sum(to)][width]
                                };
                    }
                    double[][] read = both[0];
                    double[][] made = both[1];
                    for (int p = b * each; p < Math.min(panels, (b + 1) * each); p++) {
                        int first = p * width;
                        int n = Math.min(width, lines - first);
                        for (int a = 0, row = 0; a < in.length; row += from[a++]) {
                            new Lines(in[a], from[a], inner, first, n).read(read, row);
                        }
                        change.apply(read, made, n);
                        for (int a = 0, row = 0; a < out.length; row += to[a++]) {
                            new Lines(out[a], to[a], inner, first, n).write(made, row);
                        }
                    }
                    idle.add(both);
                });
    }

    /** Changes lines of one block into lines of another. */
    static void along(
            int[] size, int axis, float[] in, int from, float[] out, int to, Change change) {
        along(
                size,
                axis,
                new float[][] {in},
                new int[] {from},
                new float[][] {out},
                new int[] {to},
                change);
    }

    private static int sum(int[] lengths) {
        int sum = 0;
        for (int n : lengths) {
            sum += n;
        }
        return sum;
    }

    /** Returns the voxel of n that a place mirrored at the outermost centres falls on. */
    static int mirror(int place, int n) {
        if (place >= 0 && place < n) {
            return place;
        }
        if (n == 1) {
            return 0;
        }
        int m = Math.floorMod(place, 2 * n - 2);
        return m < n ? m : 2 * n - 2 - m;
    }

    /** Some neighbouring lines of a block, in the order of its voxels across the axis. */
    private record Lines(float[] block, int length, int inner, int first, int many) {

        void read(double[][] panel, int row) {
            if (inner == 1) {
                turn(panel, row);
                return;
            }
            for (int c = 0; c < many; ) {
                int run = run(c);
                int at = at(c);
                for (int x = 0; x < length; x++, at += inner) {
                    double[] to = panel[row + x];
                    for (int i = 0; i < run; i++) {
                        to[c + i] = block[at + i];
                    }
                }
                c += run;
            }
        }

        void write(double[][] panel, int row) {
            if (inner == 1) {
                turnBack(panel, row);
                return;
            }
            for (int c = 0; c < many; ) {
                int run = run(c);
                int at = at(c);
                for (int x = 0; x < length; x++, at += inner) {
                    double[] from = panel[row + x];
                    for (int i = 0; i < run; i++) {
                        block[at + i] = (float) from[c + i];
                    }
                }
                c += run;
            }
        }

        /** Eight lines at a time, so that a row of the panel is written by whole cache lines. */
        private void turn(double[][] panel, int row) {
            int c = 0;
            for (; c + 8 <= many; c += 8) {
                int at = (first + c) * length;
                for (int x = 0; x < length; x++) {
                    double[] to = panel[row + x];
                    to[c] = block[at + x];
                    to[c + 1] = block[at + length + x];
                    to[c + 2] = block[at + 2 * length + x];
                    to[c + 3] = block[at + 3 * length + x];
                    to[c + 4] = block[at + 4 * length + x];
                    to[c + 5] = block[at + 5 * length + x];
                    to[c + 6] = block[at + 6 * length + x];
                    to[c + 7] = block[at + 7 * length + x];
                }
            }
            for (; c < many; c++) {
                int at = (first + c) * length;
                for (int x = 0; x < length; x++) {
                    panel[row + x][c] = block[at + x];
                }
            }
        }

        private void turnBack(double[][] panel, int row) {
            int c = 0;
            for (; c + 8 <= many; c += 8) {
                int at = (first + c) * length;
                for (int x = 0; x < length; x++) {
                    double[] from = panel[row + x];
                    block[at + x] = (float) from[c];
                    block[at + length + x] = (float) from[c + 1];
                    block[at + 2 * length + x] = (float) from[c + 2];
                    block[at + 3 * length + x] = (float) from[c + 3];
                    block[at + 4 * length + x] = (float) from[c + 4];
                    block[at + 5 * length + x] = (float) from[c + 5];
                    block[at + 6 * length + x] = (float) from[c + 6];
                    block[at + 7 * length + x] = (float) from[c + 7];
                }
            }
            for (; c < many; c++) {
                int at = (first + c) * length;
                for (int x = 0; x < length; x++) {
                    block[at + x] = (float) panel[row + x][c];
                }
            }
        }

        /** Lines from column c on that lie beside each other in memory. */
        private int run(int c) {
            return Math.min(many - c, inner - (first + c) % inner);
        }

        private int at(int c) {
            return (first + c) / inner * length * inner + (first + c) % inner;
        }
    }
}
