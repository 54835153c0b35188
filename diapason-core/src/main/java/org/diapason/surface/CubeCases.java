package org.diapason.surface;

/** A table of the triangles of the 256 cubes, made ready for a fast walk. */
final class CubeCases {
    /** Of {@link CubeTable#PARTED}. */
    static final CubeCases PARTED = new CubeCases(CubeTable.PARTED);

    /** Of {@link CubeTable#HALVED}. */
    static final CubeCases HALVED = new CubeCases(CubeTable.HALVED);

    private static final int[] CROSSED = new int[256];

    static {
        for (int inside = 0; inside < 256; inside++) {
            for (int e = 0; e < 12; e++) {
                int low = CubeTable.corner(e);
                int high = low | 1 << e / 4;
                CROSSED[inside] |= ((inside >> low ^ inside >> high) & 1) << e;
            }
        }
    }

    private final byte[][] edges = new byte[256][];
    private final byte[][] clockwise = new byte[256][];
    private final byte[] count = new byte[256];

    private CubeCases(int[][] table) {
        for (int inside = 0; inside < 256; inside++) {
            int[] from = table[inside];
            edges[inside] = new byte[from.length];
            clockwise[inside] = new byte[from.length];
            for (int c = 0; c < from.length; c++) {
                edges[inside][c] = (byte) from[c];
                int turned = c % 3 == 0 ? c + 1 : c % 3 == 1 ? c - 1 : c;
                clockwise[inside][turned] = (byte) from[c];
            }
            count[inside] = (byte) (from.length / 3);
        }
    }

    /** Returns a bit for each edge that has one end inside. */
    static int crossed(int inside) {
        return CROSSED[inside];
    }

    /** Returns how many triangles each cube has; do not write to it. */
    byte[] count() {
        return count;
    }

    /**
     * Returns three points per triangle.
     *
     * @param edges counted with {@link #count()}
     * @param mirrored whether the grid's axes form a left hand; seen from outside, the corners run
     *     counter-clockwise in voxel positions if they do not
     */
    int[] triangles(FlyingEdges edges, boolean mirrored) {
        int[] corners = new int[3 * edges.items()];
        byte[][] table = mirrored ? clockwise : this.edges;
        edges.walk(
                (cube, points, item, i, j, k) -> {
                    int to = 3 * item;
                    for (byte e : table[cube]) {
                        corners[to++] = points[e];
                    }
                });
        return corners;
    }
}
