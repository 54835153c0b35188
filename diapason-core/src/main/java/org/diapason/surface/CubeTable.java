package org.diapason.surface;

import java.util.Arrays;

/**
 * Which triangles part the inside corners of a cube from the outside ones, for all 256 cases.
 *
 * <p>The rule, from which the table is made at start: corner c lies at (c & 1, c >> 1 & 1, c >> 2);
 * edge 4a + e runs along axis a. On each face every run of inside corners, walked around the face,
 * gives one segment from the edge where it is entered to the edge where it is left; so two inside
 * corners that meet only diagonally are parted, in both cubes that share the face, and the surface
 * has no hole. The segments join to loops, and {@link LoopFilling} fills them.
 */
final class CubeTable {
    /** The corners of each face, counter-clockwise seen from outside the cube. */
    private static final int[][] FACES = {
        {0, 4, 6, 2}, {1, 3, 7, 5}, {0, 1, 5, 4}, {2, 6, 7, 3}, {0, 2, 3, 1}, {4, 5, 7, 6}
    };

    /** Triangles as triples of edges, corners outside the surface first seen counter-clockwise. */
    static final int[][] PARTED = all(false);

    /**
     * As {@link #PARTED}, but a cube whose corner (0, 1, 1) is inside has the surface of its
     * complement, as in tables of 128 cases: faces may not fit, and the surface may have holes.
     */
    static final int[][] HALVED = all(true);

    private CubeTable() {}

    /** Returns the edge between two corners: 4 · axis + the lower corner's place across it. */
    private static int edge(int a, int b) {
        int axis = Integer.numberOfTrailingZeros(a ^ b);
        int low = Math.min(a, b);
        return 4 * axis + ((low & (1 << axis) - 1) | low >> axis + 1 << axis);
    }

    /** Returns the lower corner of an edge. */
    static int corner(int edge) {
        int axis = edge / 4;
        int place = edge % 4;
        return (place & (1 << axis) - 1) | place >> axis << axis + 1;
    }

    private static int[][] all(boolean halved) {
        int[][] table = new int[256][];
        for (int inside = 0; inside < 256; inside++) {
            boolean flip = halved && (inside & 1 << 6) != 0;
            int[] triangles = triangles(flip ? inside ^ 255 : inside);
            for (int t = 0; flip && t < triangles.length; t += 3) {
                int swap = triangles[t];
                triangles[t] = triangles[t + 1];
                triangles[t + 1] = swap;
            }
            table[inside] = triangles;
        }
        return table;
    }

    private static int[] triangles(int inside) {
        int[] next = new int[12];
        Arrays.fill(next, -1);
        for (int[] face : FACES) {
            for (int f = 0; f < 4; f++) {
                if (in(inside, face[f]) || !in(inside, face[(f + 1) % 4])) {
                    continue;
                }
                int last = f + 1;
                while (in(inside, face[(last + 1) % 4])) {
                    last++;
                }
                next[edge(face[f], face[(f + 1) % 4])] = edge(face[last % 4], face[(last + 1) % 4]);
            }
        }
        int[] found = new int[36];
        int count = 0;
        for (int start = 0; start < 12; start++) {
            int[] loop = new int[12];
            int length = 0;
            for (int e = start; next[e] >= 0; length++) {
                loop[length] = e;
                int then = next[e];
                next[e] = -1;
                e = then;
            }
            if (length > 0) {
                int[] filling = LoopFilling.best(Arrays.copyOf(loop, length), inside);
                System.arraycopy(filling, 0, found, count, filling.length);
                count += filling.length;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static boolean in(int inside, int corner) {
        return (inside >> corner & 1) != 0;
    }
}
