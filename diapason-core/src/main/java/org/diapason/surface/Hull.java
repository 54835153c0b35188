package org.diapason.surface;

/**
 * The convex hull of points with whole coordinates, computed without rounding.
 *
 * <p>Faces are triangles; several of them may lie in one plane. Points that repeat, lie on an edge
 * or in a face need no care: only a point strictly above a face changes the hull.
 *
 * <p>Method: quickhull, Barber, Dobkin and Huhdanpaa 1996, ACM Trans. Math. Software 22(4):469–483,
 * doi:10.1145/235815.235821, on exact planes.
 */
public final class Hull {
    private static final int WIDEST = 1 << 19;

    private final int[] points;
    private final long[] plane;
    private final int[] face;
    private final int[] beside;

    Hull(int[] points, long[] plane, int[] face, int[] beside) {
        this.points = points;
        this.plane = plane;
        this.face = face;
        this.beside = beside;
    }

    /**
     * Returns the hull of points.
     *
     * @param points x, y, z of each point; not modified
     * @throws IllegalArgumentException if all points lie in one plane, or further apart than
     *     524,288 steps
     */
    public static Hull of(int[] points) {
        for (int a = 0; a < 3; a++) {
            int low = Integer.MAX_VALUE;
            int high = Integer.MIN_VALUE;
            for (int p = a; p < points.length; p += 3) {
                low = Math.min(low, points[p]);
                high = Math.max(high, points[p]);
            }
            if ((long) high - low > WIDEST || Math.abs((long) low) > 2L * WIDEST) {
                throw new IllegalArgumentException(
                        "a hull needs points within "
                                + WIDEST
                                + " steps, got "
                                + low
                                + " … "
                                + high);
            }
        }
        return new HullBuilder(points).build();
    }

    /** Returns x, y, z of the hull's points; do not write to them. */
    public int[] points() {
        return points;
    }

    /**
     * Returns three points per triangle, counter-clockwise seen from outside; do not write to them.
     */
    public int[] triangles() {
        return face;
    }

    /** Returns the triangle beyond the edges 0→1, 1→2 and 2→0 of each triangle. */
    int[] beside() {
        return beside;
    }

    /** Returns the outward normals of the triangles as three whole numbers each. */
    long[] normals() {
        return plane;
    }

    /** Returns the number of triangles. */
    public int size() {
        return face.length / 3;
    }
}
