package org.diapason.surface;

/**
 * A surface of triangles that share their points.
 *
 * <p>Seen from outside, the corners of a triangle run counter-clockwise. Never written to after it
 * was made.
 */
public final class Mesh {
    private final double[] points;
    private final int[] triangles;

    private Mesh(double[] points, int[] triangles) {
        if (points.length % 3 != 0 || triangles.length % 3 != 0) {
            throw new IllegalArgumentException(
                    "points need three coordinates and triangles three corners, got "
                            + points.length
                            + " coordinates and "
                            + triangles.length
                            + " corners");
        }
        for (int t : triangles) {
            if (t < 0 || t >= points.length / 3) {
                throw new IllegalArgumentException(
                        "corner " + t + " is none of " + points.length / 3 + " points");
            }
        }
        this.points = points;
        this.triangles = triangles;
    }

    /**
     * Returns a mesh; the arrays are kept, not copied.
     *
     * @param points x, y, z of each point in mm
     * @param triangles three points per triangle, counted from 0
     */
    public static Mesh of(double[] points, int[] triangles) {
        return new Mesh(points, triangles);
    }

    /** Returns x, y, z of each point in mm; do not write to them. */
    public double[] points() {
        return points;
    }

    /** Returns three points per triangle, counted from 0; do not write to them. */
    public int[] triangles() {
        return triangles;
    }

    /** Returns the sum of the areas of the triangles in mm². */
    public double areaMm2() {
        double sum = 0;
        for (int t = 0; t < triangles.length; t += 3) {
            double[] n = doubleArea(t);
            sum += Math.sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]);
        }
        return sum / 2;
    }

    /**
     * Returns the enclosed volume in mm³: signed tetrahedra from the first point. Means something
     * only for a closed surface.
     */
    public double volumeMm3() {
        return volumeMm3(points[0], points[1], points[2]);
    }

    /**
     * Returns the sum of the signed tetrahedra from a point in mm³: of a closed surface the volume,
     * whatever the point; of one with holes it depends on it.
     */
    public double volumeMm3(double x, double y, double z) {
        double sum = 0;
        for (int t = 0; t < triangles.length; t += 3) {
            double[] n = doubleArea(t);
            int a = 3 * triangles[t];
            sum += n[0] * (points[a] - x) + n[1] * (points[a + 1] - y) + n[2] * (points[a + 2] - z);
        }
        return sum / 6;
    }

    /** Returns the outward normal of a triangle, as long as twice its area. */
    private double[] doubleArea(int t) {
        int a = 3 * triangles[t];
        int b = 3 * triangles[t + 1];
        int c = 3 * triangles[t + 2];
        double ux = points[b] - points[a];
        double uy = points[b + 1] - points[a + 1];
        double uz = points[b + 2] - points[a + 2];
        double vx = points[c] - points[a];
        double vy = points[c + 1] - points[a + 1];
        double vz = points[c + 2] - points[a + 2];
        return new double[] {uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx};
    }
}
