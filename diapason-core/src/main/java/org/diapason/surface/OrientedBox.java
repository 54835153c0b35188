package org.diapason.surface;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The smallest box around a hull that has one side flush with a face of it.
 *
 * <p>Exact over that family: for every face the smallest rectangle around the shadow of the hull,
 * one of whose sides is flush with an edge of the outline. (O'Rourke 1985 shows that the smallest
 * box of all is flush with two edges, not always with a face; it may be smaller by some per cent.)
 *
 * @param lengthMm the longest side in mm
 * @param widthMm the side between in mm
 * @param heightMm the shortest side in mm
 */
public record OrientedBox(double lengthMm, double widthMm, double heightMm) {
    private static final double PARALLEL = 1e-12;

    private record Normal(long x, long y, long z) {}

    /**
     * Returns the smallest box around a hull.
     *
     * @param points the points of the hull in mm
     * @param stepMm size of a step of the hull's coordinates along each axis in mm
     */
    public static OrientedBox around(Hull hull, double[] points, double[] stepMm) {
        double[] normals = new double[3 * hull.size()];
        for (int n = 0; n < normals.length; n++) {
            normals[n] = hull.normals()[n] / stepMm[n % 3];
        }
        Set<Normal> done = new HashSet<>();
        double[] best = {Double.POSITIVE_INFINITY, 0, 0, 0};
        for (int f = 0; f < hull.size(); f++) {
            if (done.add(direction(hull.normals(), 3 * f))) {
                flushWith(f, hull, points, normals, best);
            }
        }
        Arrays.sort(best, 1, 4);
        return new OrientedBox(best[3], best[2], best[1]);
    }

    public double volumeMm3() {
        return lengthMm * widthMm * heightMm;
    }

    public double areaMm2() {
        return 2 * (lengthMm * widthMm + widthMm * heightMm + heightMm * lengthMm);
    }

    /** Returns a normal without its length and sign, to meet each direction once. */
    private static Normal direction(long[] n, int at) {
        long a = n[at];
        long b = n[at + 1];
        long c = n[at + 2];
        long d = divisor(divisor(Math.abs(a), Math.abs(b)), Math.abs(c));
        boolean negative = a < 0 || a == 0 && (b < 0 || b == 0 && c < 0);
        d = negative ? -d : d;
        return new Normal(a / d, b / d, c / d);
    }

    private static long divisor(long a, long b) {
        return b == 0 ? a : divisor(b, a % b);
    }

    private static void flushWith(
            int f, Hull hull, double[] points, double[] normals, double[] best) {
        double x = normals[3 * f];
        double y = normals[3 * f + 1];
        double z = normals[3 * f + 2];
        double length = Math.sqrt(x * x + y * y + z * z);
        x /= length;
        y /= length;
        z /= length;
        int least = Math.abs(x) <= Math.abs(y) ? (Math.abs(x) <= Math.abs(z) ? 0 : 2) : 1;
        least = least == 1 && Math.abs(z) < Math.abs(y) ? 2 : least;
        double[] u = {least == 0 ? 1 : 0, least == 1 ? 1 : 0, least == 2 ? 1 : 0};
        double along = least == 0 ? x : least == 1 ? y : z;
        u[0] -= along * x;
        u[1] -= along * y;
        u[2] -= along * z;
        double norm = Math.sqrt(u[0] * u[0] + u[1] * u[1] + u[2] * u[2]);
        u[0] /= norm;
        u[1] /= norm;
        u[2] /= norm;
        double[] v = {y * u[2] - z * u[1], z * u[0] - x * u[2], x * u[1] - y * u[0]};
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < points.length; p += 3) {
            double h = x * points[p] + y * points[p + 1] + z * points[p + 2];
            low = Math.min(low, h);
            high = Math.max(high, h);
        }
        rectangle(high - low, outline(hull, normals, x, y, z), points, u, v, best);
    }

    /** Returns the edges between faces that look up and faces that do not, as pairs of points. */
    private static int[] outline(Hull hull, double[] normals, double x, double y, double z) {
        int faces = hull.size();
        boolean[] up = new boolean[faces];
        for (int f = 0; f < faces; f++) {
            up[f] = normals[3 * f] * x + normals[3 * f + 1] * y + normals[3 * f + 2] * z > 0;
        }
        int[] edges = new int[2 * faces];
        int count = 0;
        for (int f = 0; f < faces; f++) {
            for (int e = 0; up[f] && e < 3; e++) {
                if (!up[hull.beside()[3 * f + e]]) {
                    edges[count++] = hull.triangles()[3 * f + e];
                    edges[count++] = hull.triangles()[3 * f + (e + 1) % 3];
                }
            }
        }
        return Arrays.copyOf(edges, count);
    }

    private static void rectangle(
            double height, int[] edges, double[] points, double[] u, double[] v, double[] best) {
        int count = edges.length / 2;
        double[] a = new double[2 * count];
        double[] b = new double[2 * count];
        for (int e = 0; e < 2 * count; e++) {
            int p = 3 * edges[e];
            a[e] = u[0] * points[p] + u[1] * points[p + 1] + u[2] * points[p + 2];
            b[e] = v[0] * points[p] + v[1] * points[p + 1] + v[2] * points[p + 2];
        }
        for (int e = 0; e < 2 * count; e += 2) {
            double c = a[e + 1] - a[e];
            double s = b[e + 1] - b[e];
            double square = c * c + s * s;
            if (square < PARALLEL * height * height) {
                continue;
            }
            double lowA = Double.POSITIVE_INFINITY;
            double highA = Double.NEGATIVE_INFINITY;
            double lowB = Double.POSITIVE_INFINITY;
            double highB = Double.NEGATIVE_INFINITY;
            for (int p = 0; p < 2 * count; p += 2) {
                double s1 = c * a[p] + s * b[p];
                double s2 = c * b[p] - s * a[p];
                lowA = Math.min(lowA, s1);
                highA = Math.max(highA, s1);
                lowB = Math.min(lowB, s2);
                highB = Math.max(highB, s2);
            }
            double volume = height * ((highA - lowA) * (highB - lowB) / square);
            if (volume < best[0]) {
                double edge = Math.sqrt(square);
                best[0] = volume;
                best[1] = height;
                best[2] = (highA - lowA) / edge;
                best[3] = (highB - lowB) / edge;
            }
        }
    }
}
