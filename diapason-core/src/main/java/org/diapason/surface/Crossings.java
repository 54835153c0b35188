package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * Pairs of triangles that cut each other: a side of one goes properly through the inside of the
 * other, or they lie in one plane, face the same side and overlap.
 *
 * <p>Triangles that touch, or share a point or an edge without going through, are no such pair; nor
 * are walls that lie on each other back to back. Signs of volumes decide, those within rounding of
 * 0 count as touching.
 *
 * @param pairs how many
 * @param first the lowest triangle of any; −1 for none
 * @param cut which triangles one of them is
 */
record Crossings(long pairs, int first, boolean[] cut) {
    private static final int BLOCK = 1 << 10;

    /** Of the product of three lengths: what double arithmetic may leave of a volume of 0. */
    private static final double ROUNDING = 1e-14;

    /** Of the longer of two shadows: so little in common is touching. */
    private static final double TOUCHING = 1e-6;

    static Crossings of(Mesh mesh) {
        TriangleTree tree = new TriangleTree(mesh);
        int faces = mesh.triangles().length / 3;
        int blocks = (faces + BLOCK - 1) / BLOCK;
        boolean[] cut = new boolean[faces];
        long[] pairs = new long[blocks];
        Parallel.forEach(
                blocks,
                b -> {
                    for (int t = b * BLOCK; t < Math.min(faces, (b + 1) * BLOCK); t++) {
                        pairs[b] += above(mesh, tree, t, cut);
                    }
                });
        int first = 0;
        while (first < faces && !cut[first]) {
            first++;
        }
        return new Crossings(Arrays.stream(pairs).sum(), first < faces ? first : -1, cut);
    }

    /** Counts the triangles of a higher number that one cuts, and marks them and itself. */
    private static int above(Mesh mesh, TriangleTree tree, int t, boolean[] cut) {
        double[] p = mesh.points();
        int[] c = mesh.triangles();
        double[] box = new double[6];
        for (int a = 0; a < 3; a++) {
            double x = p[3 * c[3 * t] + a];
            double y = p[3 * c[3 * t + 1] + a];
            double z = p[3 * c[3 * t + 2] + a];
            box[a] = Math.min(x, Math.min(y, z));
            box[a + 3] = Math.max(x, Math.max(y, z));
        }
        int[] count = {0};
        tree.any(
                node -> {
                    boolean apart = false;
                    for (int a = 0; a < 3; a++) {
                        apart |= tree.box(node, a) > box[a + 3] || tree.box(node, a + 3) < box[a];
                    }
                    return !apart;
                },
                f -> {
                    if (f > t && (cuts(p, c, t, f) || cuts(p, c, f, t) || overlap(p, c, t, f))) {
                        count[0]++;
                        cut[t] = true;
                        cut[f] = true; // whichever thread comes first writes the same
                    }
                    return false;
                });
        return count[0];
    }

    /** Says whether a side of triangle s goes through the inside of triangle f. */
    private static boolean cuts(double[] p, int[] c, int s, int f) {
        int a = c[3 * f];
        int b = c[3 * f + 1];
        int d = c[3 * f + 2];
        for (int h = 3 * s; h < 3 * s + 3; h++) {
            int from = c[h];
            int to = c[HalfEdges.next(h)];
            boolean shared = from == a || from == b || from == d || to == a || to == b || to == d;
            if (shared) {
                continue;
            }
            int side = sign(p, from, a, b, d);
            if (side == 0 || sign(p, to, a, b, d) != -side) {
                continue;
            }
            int turn = sign(p, from, to, a, b);
            if (turn != 0 && turn == sign(p, from, to, b, d) && turn == sign(p, from, to, d, a)) {
                return true;
            }
        }
        return false;
    }

    /** Says whether two triangles lie in one plane, face the same side and overlap in an area. */
    private static boolean overlap(double[] p, int[] c, int t, int f) {
        int same = 0;
        for (int n = 0; n < 9; n++) {
            same += c[3 * t + n / 3] == c[3 * f + n % 3] ? 1 : 0;
        }
        for (int h = 3 * f; h < 3 * f + 3; h++) {
            if (same == 3 || sign(p, c[h], c[3 * t], c[3 * t + 1], c[3 * t + 2]) != 0) {
                return false;
            }
        }
        double[] n = normal(p, c, t);
        double[] m = normal(p, c, f);
        if (!(n[0] * m[0] + n[1] * m[1] + n[2] * m[2] > 0)) {
            return false;
        }
        int x = Math.abs(n[0]) >= Math.max(Math.abs(n[1]), Math.abs(n[2])) ? 1 : 0;
        int y = x == 0 && Math.abs(n[1]) > Math.abs(n[2]) ? 2 : x == 1 ? 2 : 1;
        for (int h = 0; h < 6; h++) {
            int from = h < 3 ? 3 * t + h : 3 * f + h - 3;
            int a = 3 * c[from];
            int b = 3 * c[HalfEdges.next(from)];
            if (apart(p, c, t, f, x, y, p[a + y] - p[b + y], p[b + x] - p[a + x])) {
                return false;
            }
        }
        return true;
    }

    /** Says whether two triangles, seen along an axis of the plane (x, y), do not overlap. */
    private static boolean apart(
            double[] p, int[] c, int t, int f, int x, int y, double ax, double ay) {
        double lowT = Double.POSITIVE_INFINITY;
        double highT = Double.NEGATIVE_INFINITY;
        double lowF = Double.POSITIVE_INFINITY;
        double highF = Double.NEGATIVE_INFINITY;
        for (int n = 0; n < 3; n++) {
            int u = 3 * c[3 * t + n];
            int v = 3 * c[3 * f + n];
            double placeT = ax * p[u + x] + ay * p[u + y];
            double placeF = ax * p[v + x] + ay * p[v + y];
            lowT = Math.min(lowT, placeT);
            highT = Math.max(highT, placeT);
            lowF = Math.min(lowF, placeF);
            highF = Math.max(highF, placeF);
        }
        double touching = TOUCHING * Math.max(highT - lowT, highF - lowF);
        return highT <= lowF + touching || highF <= lowT + touching;
    }

    private static double[] normal(double[] p, int[] c, int t) {
        int a = 3 * c[3 * t];
        int b = 3 * c[3 * t + 1];
        int d = 3 * c[3 * t + 2];
        double[] n = new double[3];
        for (int k = 0; k < 3; k++) {
            int u = (k + 1) % 3;
            int v = (k + 2) % 3;
            n[k] =
                    (p[b + u] - p[a + u]) * (p[d + v] - p[a + v])
                            - (p[b + v] - p[a + v]) * (p[d + u] - p[a + u]);
        }
        return n;
    }

    /** Returns the sign of the volume of a tetrahedron, 0 within rounding. */
    private static int sign(double[] p, int o, int a, int b, int c) {
        double ax = p[3 * a] - p[3 * o];
        double ay = p[3 * a + 1] - p[3 * o + 1];
        double az = p[3 * a + 2] - p[3 * o + 2];
        double bx = p[3 * b] - p[3 * o];
        double by = p[3 * b + 1] - p[3 * o + 1];
        double bz = p[3 * b + 2] - p[3 * o + 2];
        double cx = p[3 * c] - p[3 * o];
        double cy = p[3 * c + 1] - p[3 * o + 1];
        double cz = p[3 * c + 2] - p[3 * o + 2];
        double volume =
                ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx);
        double size =
                (Math.abs(ax) + Math.abs(ay) + Math.abs(az))
                        * (Math.abs(bx) + Math.abs(by) + Math.abs(bz))
                        * (Math.abs(cx) + Math.abs(cy) + Math.abs(cz));
        return Math.abs(volume) <= ROUNDING * size ? 0 : volume > 0 ? 1 : -1;
    }
}
