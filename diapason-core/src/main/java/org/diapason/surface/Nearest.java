package org.diapason.surface;

/** Asks for the nearest point of a mesh; not for several threads at once. */
final class Nearest {
    private final TriangleTree tree;
    private final double[] p;
    private final int[] t;
    private final int[] stack = new int[128];
    private int last;

    Nearest(Mesh mesh, TriangleTree tree) {
        this.tree = tree;
        p = mesh.points();
        t = mesh.triangles();
    }

    /**
     * Returns the square of the distance to the nearest point of any triangle in mm². The triangle
     * found last is asked first, since neighbours ask one after the other; the answer does not
     * depend on it.
     */
    double square(double x, double y, double z) {
        double best = square(last, x, y, z);
        int top = 0;
        stack[top++] = tree.root();
        while (top > 0) {
            int node = stack[--top];
            if (tree.squareTo(node, x, y, z) >= best) {
                continue;
            }
            if (tree.isLeaf(node)) {
                for (int n = tree.from(node); n < tree.to(node); n++) {
                    int f = tree.triangle(n);
                    double square = square(f, x, y, z);
                    if (square < best) {
                        best = square;
                        last = f;
                    }
                }
                continue;
            }
            double left = tree.squareTo(2 * node, x, y, z);
            double right = tree.squareTo(2 * node + 1, x, y, z);
            int near = left <= right ? 2 * node : 2 * node + 1;
            if (Math.max(left, right) < best) {
                stack[top++] = near ^ 1;
            }
            stack[top++] = near;
        }
        return best;
    }

    /**
     * Returns the square of the distance of a place to a triangle: by the region of the plane, of
     * an edge or of a corner it lies over (Ericson 2005, Real-Time Collision Detection, 5.1.5).
     */
    private double square(int f, double x, double y, double z) {
        int a = 3 * t[3 * f];
        int b = 3 * t[3 * f + 1];
        int c = 3 * t[3 * f + 2];
        double abx = p[b] - p[a];
        double aby = p[b + 1] - p[a + 1];
        double abz = p[b + 2] - p[a + 2];
        double acx = p[c] - p[a];
        double acy = p[c + 1] - p[a + 1];
        double acz = p[c + 2] - p[a + 2];
        double apx = x - p[a];
        double apy = y - p[a + 1];
        double apz = z - p[a + 2];
        double d1 = abx * apx + aby * apy + abz * apz;
        double d2 = acx * apx + acy * apy + acz * apz;
        double bb = abx * abx + aby * aby + abz * abz;
        double bc = abx * acx + aby * acy + abz * acz;
        double cc = acx * acx + acy * acy + acz * acz;
        double d3 = d1 - bb;
        double d4 = d2 - bc;
        double d5 = d1 - bc;
        double d6 = d2 - cc;
        double v = 0;
        double w = 0;
        double va = d3 * d6 - d5 * d4;
        double vb = d5 * d2 - d1 * d6;
        double vc = d1 * d4 - d3 * d2;
        if (d1 <= 0 && d2 <= 0) {
            v = 0; // corner a
        } else if (d3 >= 0 && d4 <= d3) {
            v = 1;
        } else if (vc <= 0 && d1 >= 0 && d3 <= 0) {
            v = share(d1, d1 - d3);
        } else if (d6 >= 0 && d5 <= d6) {
            w = 1;
        } else if (vb <= 0 && d2 >= 0 && d6 <= 0) {
            w = share(d2, d2 - d6);
        } else if (va <= 0 && d4 - d3 >= 0 && d5 - d6 >= 0) {
            w = share(d4 - d3, d4 - d3 + (d5 - d6));
            v = 1 - w;
        } else {
            double all = va + vb + vc;
            v = share(vb, all);
            w = share(vc, all);
        }
        double dx = apx - v * abx - w * acx;
        double dy = apy - v * aby - w * acy;
        double dz = apz - v * abz - w * acz;
        return dx * dx + dy * dy + dz * dz;
    }

    /** Returns a ratio, 0 of a triangle that is a line or a point: its neighbours hold it too. */
    private static double share(double part, double all) {
        return all > 0 ? part / all : 0;
    }
}
