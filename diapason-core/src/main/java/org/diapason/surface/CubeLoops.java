package org.diapason.surface;

import java.util.Arrays;

/**
 * The loops in which the surface runs through each of the 256 cubes, as the triangles of {@link
 * CubeTable#PARTED} fill them.
 */
final class CubeLoops {
    /** The loop that crosses an edge, per cube; -1 where none does. */
    private static final byte[][] LOOP = new byte[256][12];

    private static final byte[] COUNT = new byte[256];

    /** The edges that segments join on the low face across each axis. */
    private static final byte[][][] SEGMENTS = new byte[256][3][];

    private static final byte[] ITEMS = new byte[256];

    static {
        for (int inside = 0; inside < 256; inside++) {
            int[] t = CubeTable.PARTED[inside];
            for (int e = 0; e < 12; e++) {
                LOOP[inside][e] = -1;
            }
            for (int c = 0; c < t.length; c++) {
                if (LOOP[inside][t[c]] < 0) {
                    spread(t, t[c], COUNT[inside]++, LOOP[inside]);
                }
            }
            int items = COUNT[inside];
            for (int axis = 0; axis < 3; axis++) {
                SEGMENTS[inside][axis] = segments(t, axis);
                items += SEGMENTS[inside][axis].length == 4 ? 2 : 0;
            }
            ITEMS[inside] = (byte) items;
        }
    }

    private CubeLoops() {}

    /** Marks an edge and all that triangles join to it. */
    private static void spread(int[] triangles, int edge, int loop, byte[] mark) {
        mark[edge] = (byte) loop;
        for (int c = 0; c < triangles.length; c++) {
            for (int o = c - c % 3; triangles[c] == edge && o < c - c % 3 + 3; o++) {
                if (mark[triangles[o]] < 0) {
                    spread(triangles, triangles[o], loop, mark);
                }
            }
        }
    }

    /** Returns the ends of the segments of the surface on the low face across an axis. */
    private static byte[] segments(int[] triangles, int axis) {
        byte[] ends = new byte[4];
        int count = 0;
        for (int c = 0; c < triangles.length; c++) {
            int a = triangles[c];
            int b = triangles[c % 3 == 2 ? c - 2 : c + 1];
            if (low(a, axis) && low(b, axis)) {
                ends[count++] = (byte) a;
                ends[count++] = (byte) b;
            }
        }
        return Arrays.copyOf(ends, count);
    }

    private static boolean low(int edge, int axis) {
        return edge / 4 != axis && (CubeTable.corner(edge) >> axis & 1) == 0;
    }

    /** Returns how many loops a cube has, from 0 to 4. */
    static int count(int inside) {
        return COUNT[inside];
    }

    /** Returns the loop that crosses an edge, from 0; -1 if the edge is not crossed. */
    static int at(int inside, int edge) {
        return LOOP[inside][edge];
    }

    /**
     * Returns the edges that each of the segments on the low face across an axis joins: none, two,
     * or four where inside corners meet across the diagonal.
     */
    static byte[] segments(int inside, int axis) {
        return SEGMENTS[inside][axis];
    }

    /** Returns how many points a net has in each cube: one a loop, and one a segment of a pair. */
    static byte[] items() {
        return ITEMS;
    }
}
