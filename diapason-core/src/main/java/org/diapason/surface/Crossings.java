package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * Pairs of triangles that cut each other: a side of one goes properly through the inside of the
 * other.
 *
 * <p>Triangles that touch, share a point or an edge without going through, or lie in one plane are
 * no such pair. Signs of volumes decide, those within rounding of 0 count as touching.
 *
 * @param pairs how many
 * @param first the lowest triangle of any; −1 for none
 * @param cut which triangles one of them is
 */
record Crossings(long pairs, int first, boolean[] cut) {
    private static final int BLOCK = 1 << 10;

    /** Of the product of three lengths: what double arithmetic may leave of a volume of 0. */
    private static final double ROUNDING = 1e-14;

    static Crossings of(Mesh mesh) {
        TriangleTree tree = new TriangleTree(mesh);
        int faces = mesh.triangles().length / 3;
        int blocks = (faces + BLOCK - 1) / BLOCK;
        boolean[] cut = new boolean[faces];
        long[] pairs = new long[blocks];
        Parallel.forEach(
                blocks,
                b -> {
                    int[] stack = new int[128];
                    for (int t = b * BLOCK; t < Math.min(faces, (b + 1) * BLOCK); t++) {
                        pairs[b] += above(mesh, tree, t, stack, cut);
                    }
                });
        int first = 0;
        while (first < faces && !cut[first]) {
            first++;
        }
        return new Crossings(Arrays.stream(pairs).sum(), first < faces ? first : -1, cut);
    }

    /** Counts the triangles of a higher number that one cuts, and marks them and itself. */
    private static int above(Mesh mesh, TriangleTree tree, int t, int[] stack, boolean[] cut) {
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
        int count = 0;
        int top = 0;
        stack[top++] = tree.root();
        while (top > 0) {
            int node = stack[--top];
            boolean apart = false;
            for (int a = 0; a < 3; a++) {
                apart |= tree.box(node, a) > box[a + 3] || tree.box(node, a + 3) < box[a];
            }
            if (apart) {
                continue;
            }
            if (!tree.isLeaf(node)) {
                stack[top++] = 2 * node;
                stack[top++] = 2 * node + 1;
                continue;
            }
            for (int n = tree.from(node); n < tree.to(node); n++) {
                int f = tree.triangle(n);
                if (f > t && (cuts(p, c, t, f) || cuts(p, c, f, t))) {
                    count++;
                    cut[t] = true;
                    cut[f] = true; // whichever thread comes first writes the same
                }
            }
        }
        return count;
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
