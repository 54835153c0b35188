package org.diapason.surface;

import org.diapason.math.Parallel;

/**
 * Which shells of negative volume bound a hollow, and which are turned inside out.
 *
 * <p>A ray from the shell counts the triangles of others that it crosses: an odd number means that
 * it lies inside. A ray that meets an edge to rounding is given up for another direction.
 *
 * @param hollows shells of negative volume inside others
 * @param insideOut shells of negative volume inside nothing, or inside an even number
 * @param first the lowest triangle of the first of these; −1 for none
 */
record Hollows(int hollows, int insideOut, int first) {
    private static final double[][] RAYS = {
        {0.8125317, 0.4510231, 0.3693277},
        {-0.3217731, 0.7719113, 0.5483391},
        {0.1319717, -0.6177313, 0.7752419},
        {-0.5713379, -0.2931771, -0.7665923}
    };

    /** Shares of a triangle so near to its edge that rounding may have taken it to either side. */
    private static final double EDGE = 1e-9;

    private static final int BLOCK = 256;

    static Hollows of(Mesh mesh, Shells shells) {
        int[] negative = new int[shells.count()];
        int count = 0;
        for (int s = 0; s < shells.count(); s++) {
            if (shells.volumeMm3(s) < 0) {
                negative[count++] = s;
            }
        }
        if (count == 0) {
            return new Hollows(0, 0, -1);
        }
        if (shells.count() == 1) {
            return new Hollows(0, 1, shells.first(0));
        }
        TriangleTree tree = new TriangleTree(mesh);
        int most = count;
        boolean[] inside = new boolean[count];
        Parallel.forEach(
                (count + BLOCK - 1) / BLOCK,
                b -> {
                    for (int n = b * BLOCK; n < Math.min(most, (b + 1) * BLOCK); n++) {
                        inside[n] = inside(mesh, shells, tree, negative[n]);
                    }
                });
        int hollows = 0;
        int first = -1;
        for (int n = 0; n < count; n++) {
            hollows += inside[n] ? 1 : 0;
            first = !inside[n] && first < 0 ? shells.first(negative[n]) : first;
        }
        return new Hollows(hollows, count - hollows, first);
    }

    private static boolean inside(Mesh mesh, Shells shells, TriangleTree tree, int shell) {
        double[] p = mesh.points();
        int f = shells.first(shell);
        double[] from = new double[3];
        for (int c = 0; c < 9; c++) {
            from[c % 3] += p[3 * mesh.triangles()[3 * f + c / 3] + c % 3] / 3;
        }
        int crossed = -1;
        for (int r = 0; r < RAYS.length && crossed < 0; r++) {
            crossed = crossed(mesh, shells, tree, shell, from, RAYS[r]);
        }
        return crossed % 2 == 1;
    }

    /** Returns how many triangles of other shells a ray crosses, −1 where an edge is too near. */
    private static int crossed(
            Mesh mesh, Shells shells, TriangleTree tree, int shell, double[] o, double[] d) {
        int[] stack = new int[128];
        int top = 0;
        int count = 0;
        stack[top++] = tree.root();
        while (top > 0) {
            int node = stack[--top];
            if (!meets(tree, node, o, d)) {
                continue;
            }
            if (!tree.isLeaf(node)) {
                stack[top++] = 2 * node;
                stack[top++] = 2 * node + 1;
                continue;
            }
            for (int n = tree.from(node); n < tree.to(node); n++) {
                int f = tree.triangle(n);
                int hit = shells.of(f) < 0 || shells.of(f) == shell ? 0 : hit(mesh, f, o, d);
                if (hit < 0) {
                    return -1;
                }
                count += hit;
            }
        }
        return count;
    }

    private static boolean meets(TriangleTree tree, int node, double[] o, double[] d) {
        double near = 0;
        double far = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 3; a++) {
            double one = (tree.box(node, a) - o[a]) / d[a];
            double other = (tree.box(node, a + 3) - o[a]) / d[a];
            near = Math.max(near, Math.min(one, other));
            far = Math.min(far, Math.max(one, other));
        }
        return near <= far * (1 + 1e-12);
    }

    /** Returns 1 where the ray crosses the triangle, 0 where not, −1 where it cannot be told. */
    private static int hit(Mesh mesh, int f, double[] o, double[] d) {
        double[] p = mesh.points();
        double[] e = new double[9];
        for (int c = 0; c < 9; c++) {
            int corner = 3 * mesh.triangles()[3 * f + c / 3] + c % 3;
            e[c] = p[corner] - (c < 3 ? o[c] : p[3 * mesh.triangles()[3 * f] + c % 3]);
        }
        double hx = d[1] * e[8] - d[2] * e[7];
        double hy = d[2] * e[6] - d[0] * e[8];
        double hz = d[0] * e[7] - d[1] * e[6];
        double det = e[3] * hx + e[4] * hy + e[5] * hz;
        if (det == 0) {
            return 0;
        }
        double u = -(e[0] * hx + e[1] * hy + e[2] * hz) / det;
        double qx = e[4] * e[2] - e[5] * e[1];
        double qy = e[5] * e[0] - e[3] * e[2];
        double qz = e[3] * e[1] - e[4] * e[0];
        // q = e1 × (a − o) = (o − a) × e1
        double v = (d[0] * qx + d[1] * qy + d[2] * qz) / det;
        double along = (e[6] * qx + e[7] * qy + e[8] * qz) / det;
        double least = Math.min(Math.min(u, v), 1 - u - v);
        if (least < -EDGE || along <= 0) {
            return 0;
        }
        return least <= EDGE ? -1 : 1;
    }
}
