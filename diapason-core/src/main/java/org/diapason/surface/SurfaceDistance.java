package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * How far two surfaces lie apart, looked at from each.
 *
 * <p>Every triangle of one is cut into equal parts no longer than a step; from the middle of each
 * part, and from every corner, the distance to the nearest point of the other surface is exact.
 * Means and percentiles weigh each part by its area. The largest distance found is a lower bound of
 * the Hausdorff distance; a distance changes by no more than the way one goes, so {@code atMostMm},
 * the largest of a middle's distance plus the way to the corners of its part, is an upper bound.
 *
 * <p>The same bits on any number of threads. About 2 µs a part.
 *
 * @param there from the first surface to the second
 * @param back from the second to the first
 */
public record SurfaceDistance(OneWay there, OneWay back) {
    private static final int BLOCK = 1 << 12;

    /** Parts of all triangles together; beyond that the step is made longer. */
    private static final long MOST_PARTS = 1L << 24;

    /**
     * Distances of the points of one surface to the other in mm.
     *
     * @param meanMm weighted by area
     * @param p95Mm 95 % of the area lies no farther
     * @param largestMm the largest found
     * @param atMostMm no point lies farther
     */
    public record OneWay(double meanMm, double p95Mm, double largestMm, double atMostMm) {}

    /**
     * Compares two surfaces.
     *
     * @param stepMm longest side of a part; positive
     * @throws IllegalArgumentException if a mesh has no triangle, or the step is not positive
     */
    public static SurfaceDistance between(Mesh one, Mesh other, double stepMm) {
        if (!(stepMm > 0)) {
            throw new IllegalArgumentException("stepMm must be positive, got " + stepMm);
        }
        if (one.triangles().length == 0 || other.triangles().length == 0) {
            throw new IllegalArgumentException("a mesh without a triangle lies nowhere");
        }
        return new SurfaceDistance(
                oneWay(one, other, new TriangleTree(other), stepMm),
                oneWay(other, one, new TriangleTree(one), stepMm));
    }

    /** Returns the mean of both ways. */
    public double meanMm() {
        return (there.meanMm + back.meanMm) / 2;
    }

    /** Returns the larger of both 95 % distances. */
    public double p95Mm() {
        return Math.max(there.p95Mm, back.p95Mm);
    }

    /** Returns the largest distance found: the Hausdorff distance is no smaller. */
    public double hausdorffMm() {
        return Math.max(there.largestMm, back.largestMm);
    }

    /** Returns an upper bound of the Hausdorff distance. */
    public double atMostMm() {
        return Math.max(there.atMostMm, back.atMostMm);
    }

    private static OneWay oneWay(Mesh from, Mesh to, TriangleTree tree, double stepMm) {
        int faces = from.triangles().length / 3;
        int blocks = (faces + BLOCK - 1) / BLOCK;
        double step = stepMm;
        int[] start = starts(from, step);
        while (start == null) {
            step *= 1.5;
            start = starts(from, step);
        }
        int[] first = start;
        double used = step;
        long[] parts = new long[first[blocks]];
        double[][] sums = new double[blocks][];
        Parallel.forEach(
                blocks,
                b -> {
                    double[] sum = new double[4]; // area, area · distance, largest, bound
                    Nearest nearest = new Nearest(to, tree);
                    int at = first[b];
                    for (int t = b * BLOCK; t < Math.min(faces, (b + 1) * BLOCK); t++) {
                        at = parts(from, t, used, nearest, parts, at, sum);
                    }
                    sums[b] = sum;
                });
        double corners = corners(from, to, tree);
        double[] all = new double[4];
        for (double[] sum : sums) {
            all[0] += sum[0];
            all[1] += sum[1];
            all[2] = Math.max(all[2], sum[2]);
            all[3] = Math.max(all[3], sum[3]);
        }
        return new OneWay(
                all[0] > 0 ? all[1] / all[0] : 0,
                percentile(parts, all[0]),
                Math.max(corners, all[2]),
                Math.max(corners, all[3]));
    }

    /** Returns the largest distance of a corner. */
    private static double corners(Mesh from, Mesh to, TriangleTree tree) {
        double[] p = from.points();
        int points = p.length / 3;
        boolean[] used = new boolean[points];
        for (int corner : from.triangles()) {
            used[corner] = true;
        }
        double[] most = new double[(points + BLOCK - 1) / BLOCK];
        Parallel.forEach(
                most.length,
                b -> {
                    Nearest nearest = new Nearest(to, tree);
                    for (int n = b * BLOCK; n < Math.min(points, (b + 1) * BLOCK); n++) {
                        double square =
                                used[n] ? nearest.square(p[3 * n], p[3 * n + 1], p[3 * n + 2]) : 0;
                        most[b] = Math.max(most[b], square);
                    }
                });
        return Math.sqrt(Arrays.stream(most).max().orElse(0));
    }

    /** Returns where the parts of each block begin, null where they are too many. */
    private static int[] starts(Mesh mesh, double step) {
        int faces = mesh.triangles().length / 3;
        int blocks = (faces + BLOCK - 1) / BLOCK;
        int[] start = new int[blocks + 1];
        long count = 0;
        for (int t = 0; t < faces; t++) {
            long cuts = cuts(mesh, t, step);
            count += cuts * cuts;
            if (count > Math.max(MOST_PARTS, faces)) {
                return null;
            }
            start[t / BLOCK + 1] = (int) count;
        }
        return start;
    }

    /** Returns into how many pieces each side of a triangle is cut. */
    private static long cuts(Mesh mesh, int t, double step) {
        double[] p = mesh.points();
        double most = 0;
        for (int h = 3 * t; h < 3 * t + 3; h++) {
            int a = 3 * mesh.triangles()[h];
            int b = 3 * mesh.triangles()[HalfEdges.next(h)];
            double x = p[b] - p[a];
            double y = p[b + 1] - p[a + 1];
            double z = p[b + 2] - p[a + 2];
            most = Math.max(most, x * x + y * y + z * z);
        }
        return (long) Math.max(1, Math.min(1 << 16, Math.ceil(Math.sqrt(most) / step)));
    }

    private static int parts(
            Mesh mesh, int t, double step, Nearest nearest, long[] parts, int at, double[] sum) {
        double[] p = mesh.points();
        int a = 3 * mesh.triangles()[3 * t];
        int b = 3 * mesh.triangles()[3 * t + 1];
        int c = 3 * mesh.triangles()[3 * t + 2];
        int n = (int) cuts(mesh, t, step);
        double[] u = {p[b] - p[a], p[b + 1] - p[a + 1], p[b + 2] - p[a + 2]};
        double[] v = {p[c] - p[a], p[c + 1] - p[a + 1], p[c + 2] - p[a + 2]};
        double nx = u[1] * v[2] - u[2] * v[1];
        double ny = u[2] * v[0] - u[0] * v[2];
        double nz = u[0] * v[1] - u[1] * v[0];
        double area = Math.sqrt(nx * nx + ny * ny + nz * nz) / 2 / ((double) n * n);
        double reach = reach(u, v) / n;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < 2 * (n - i) - 1; j++) {
                // of each row of parts every second one stands on its head
                double s = (i + (j % 2 == 0 ? 1 / 3.0 : 2 / 3.0)) / n;
                double w = (j / 2 + (j % 2 == 0 ? 1 / 3.0 : 2 / 3.0)) / n;
                double d =
                        Math.sqrt(
                                nearest.square(
                                        p[a] + s * u[0] + w * v[0],
                                        p[a + 1] + s * u[1] + w * v[1],
                                        p[a + 2] + s * u[2] + w * v[2]));
                sum[0] += area;
                sum[1] += area * d;
                sum[2] = Math.max(sum[2], d);
                sum[3] = Math.max(sum[3], d + reach);
                parts[at++] =
                        (long) Float.floatToIntBits((float) d) << 32
                                | Float.floatToIntBits((float) area);
            }
        }
        return at;
    }

    /** Returns the way from the middle of a triangle to its farthest corner. */
    private static double reach(double[] u, double[] v) {
        double most = 0;
        for (int corner = 0; corner < 3; corner++) {
            double square = 0;
            for (int a = 0; a < 3; a++) {
                double d = (u[a] + v[a]) / 3 - (corner == 1 ? u[a] : corner == 2 ? v[a] : 0);
                square += d * d;
            }
            most = Math.max(most, square);
        }
        return Math.sqrt(most);
    }

    /** Sizes that are not negative sort like the bits of their floats. */
    private static double percentile(long[] parts, double area) {
        Arrays.sort(parts);
        double sum = 0;
        for (long part : parts) {
            sum += Float.intBitsToFloat((int) part);
            if (sum >= 0.95 * area * (1 - 1e-7)) {
                return Float.intBitsToFloat((int) (part >>> 32));
            }
        }
        return parts.length == 0 ? 0 : Float.intBitsToFloat((int) (parts[parts.length - 1] >>> 32));
    }
}
