package org.diapason.surface;

/** A table of the 256 cubes, made ready for a fast walk. */
final class CubeCases {
    /** Of {@link CubeTable#PARTED}. */
    static final CubeCases PARTED = new CubeCases(CubeTable.PARTED);

    /** Of {@link CubeTable#HALVED}. */
    static final CubeCases HALVED = new CubeCases(CubeTable.HALVED);

    private final byte[][] edges = new byte[256][];
    private final byte[][] clockwise = new byte[256][];
    private final int[] crossed = new int[256];
    private final byte[] triangles = new byte[256];

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
            triangles[inside] = (byte) (from.length / 3);
            for (int e = 0; e < 12; e++) {
                int low = CubeTable.corner(e);
                int high = low | 1 << e / 4;
                crossed[inside] |= ((inside >> low ^ inside >> high) & 1) << e;
            }
        }
    }

    /** Returns the edges of the corners of the triangles, counter-clockwise from outside. */
    byte[][] edges() {
        return edges;
    }

    /** Returns the same triangles with two corners of each exchanged, for a mirrored grid. */
    byte[][] clockwise() {
        return clockwise;
    }

    /** Returns a bit for each edge that has one end inside. */
    int crossed(int inside) {
        return crossed[inside];
    }

    int triangles(int inside) {
        return triangles[inside];
    }
}
