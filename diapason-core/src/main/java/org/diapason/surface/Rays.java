package org.diapason.surface;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Whether a shell of a mesh lies inside others: a ray from it counts the triangles of others that
 * it crosses, and an odd number means inside.
 *
 * <p>A ray that meets an edge to rounding, or begins on a triangle of another, is given up for
 * another direction, then for another triangle to begin at; a shell of which none of them can tell,
 * since it lies on others throughout, is taken as inside none.
 */
final class Rays {
    private static final double[][] DIRECTIONS = {
        {0.8125317, 0.4510231, 0.3693277},
        {-0.3217731, 0.7719113, 0.5483391},
        {0.1319717, -0.6177313, 0.7752419},
        {-0.5713379, -0.2931771, -0.7665923}
    };

    /** Shares of a triangle so near to its edge that rounding may have taken it to either side. */
    private static final double EDGE = 1e-9;

    /** Of the size of the numbers that a distance comes from: what rounding may leave of 0. */
    private static final double ROUNDING = 1e-12;

    private static final int STARTS = 8;

    private final Mesh mesh;
    private final Shells shells;
    private final TriangleTree tree;

    Rays(Mesh mesh, Shells shells) {
        this.mesh = mesh;
        this.shells = shells;
        tree = new TriangleTree(mesh);
    }

    /** Says whether a shell lies inside an odd number of others. */
    boolean inside(int shell) {
        return crossed(shell).length % 2 == 1;
    }

    /** Returns the solid shell that lies closest around a shell, by its volume; −1 for none. */
    int holder(int shell) {
        int[] met = crossed(shell);
        Arrays.sort(met);
        int holder = -1;
        for (int from = 0; from < met.length; ) {
            int to = from;
            while (to < met.length && met[to] == met[from]) {
                to++;
            }
            double volume = shells.volumeMm3(met[from]);
            boolean around = (to - from) % 2 == 1 && volume > 0;
            if (around && (holder < 0 || volume < shells.volumeMm3(holder))) {
                holder = met[from];
            }
            from = to;
        }
        return holder;
    }

    /** Returns the shells of the triangles that a ray from a shell crosses, once for each. */
    private int[] crossed(int shell) {
        int starts = 0;
        for (int f = shells.first(shell); starts < STARTS; f++) {
            if (f == mesh.triangles().length / 3) {
                break;
            }
            if (shells.of(f) != shell) {
                continue;
            }
            starts++;
            double[] from = new double[3];
            for (int c = 0; c < 9; c++) {
                from[c % 3] += mesh.points()[3 * mesh.triangles()[3 * f + c / 3] + c % 3] / 3;
            }
            for (double[] direction : DIRECTIONS) {
                int[] met = crossed(shell, from, direction);
                if (met != null) {
                    return met;
                }
            }
        }
        return new int[0];
    }

    /** Returns the shells of the triangles of others that a ray crosses, null where untold. */
    private int[] crossed(int shell, double[] o, double[] d) {
        IntStream.Builder met = IntStream.builder();
        boolean untold =
                tree.any(
                        node -> tree.meets(node, o, d),
                        f -> {
                            int of = shells.of(f);
                            int hit = of < 0 || of == shell ? 0 : hit(f, o, d);
                            if (hit > 0) {
                                met.add(of);
                            }
                            return hit < 0;
                        });
        return untold ? null : met.build().toArray();
    }

    /** Returns 1 where the ray crosses the triangle, 0 where not, −1 where it cannot be told. */
    private int hit(int f, double[] o, double[] d) {
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
        double size = 0;
        for (int n = 0; n < 9; n++) {
            size += Math.abs(e[n]) + (n < 3 ? Math.abs(o[n]) : 0);
        }
        if (least < -EDGE || along < -ROUNDING * size) {
            return 0;
        }
        return least <= EDGE || along <= ROUNDING * size ? -1 : 1;
    }
}
