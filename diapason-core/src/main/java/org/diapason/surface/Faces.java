package org.diapason.surface;

import java.util.Arrays;

/**
 * Triangles that are no good by themselves.
 *
 * @param whole triangles that name three points
 * @param flat triangles that name a point twice, or whose corners lie on a line to rounding
 * @param firstFlat the lowest of them; −1 for none
 * @param doubled triangles on the three points of a lower one
 * @param firstDoubled the lowest of them; −1 for none
 */
record Faces(long whole, long flat, int firstFlat, long doubled, int firstDoubled) {
    /** Of the square of the longest side: a triangle as thin as rounding makes one. */
    private static final double FLAT = 1e-12;

    static Faces of(Mesh mesh, HalfEdges edges) {
        int faces = mesh.triangles().length / 3;
        long whole = 0;
        long flat = 0;
        int firstFlat = -1;
        long doubled = 0;
        int firstDoubled = -1;
        for (int t = 0; t < faces; t++) {
            boolean collapsed = edges.collapsed(t);
            whole += collapsed ? 0 : 1;
            if (collapsed || isFlat(mesh, t)) {
                flat++;
                firstFlat = firstFlat < 0 ? t : firstFlat;
            }
        }
        for (int t : edges.rings().holds() ? new int[0] : doubles(mesh, edges)) {
            doubled++;
            firstDoubled = firstDoubled < 0 ? t : Math.min(firstDoubled, t);
        }
        return new Faces(whole, flat, firstFlat, doubled, firstDoubled);
    }

    private static boolean isFlat(Mesh mesh, int t) {
        double[] p = mesh.points();
        int[] corners = mesh.triangles();
        int a = 3 * corners[3 * t];
        int b = 3 * corners[3 * t + 1];
        int c = 3 * corners[3 * t + 2];
        double ux = p[b] - p[a];
        double uy = p[b + 1] - p[a + 1];
        double uz = p[b + 2] - p[a + 2];
        double vx = p[c] - p[a];
        double vy = p[c + 1] - p[a + 1];
        double vz = p[c + 2] - p[a + 2];
        double nx = uy * vz - uz * vy;
        double ny = uz * vx - ux * vz;
        double nz = ux * vy - uy * vx;
        double long2 = Math.max(ux * ux + uy * uy + uz * uz, vx * vx + vy * vy + vz * vz);
        return Math.sqrt(nx * nx + ny * ny + nz * nz) <= FLAT * long2;
    }

    /**
     * Returns triangles whose points a lower one has. Two of them share an edge that is turned,
     * crowded, or has only the other beside it, so few are ever compared.
     */
    private static int[] doubles(Mesh mesh, HalfEdges edges) {
        int[] corners = mesh.triangles();
        long[][] keys = new long[1 << 4][];
        int[] found = new int[16];
        int count = 0;
        int size = 0;
        for (int t = 0; t < corners.length / 3; t++) {
            if (edges.collapsed(t) || !suspect(edges, t)) {
                continue;
            }
            int[] s = {corners[3 * t], corners[3 * t + 1], corners[3 * t + 2]};
            Arrays.sort(s);
            keys = size == keys.length ? Arrays.copyOf(keys, 2 * size) : keys;
            keys[size++] = new long[] {(long) s[0] << 32 | s[1], (long) s[2] << 32 | t};
        }
        Arrays.sort(
                keys,
                0,
                size,
                (a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));
        for (int n = 1; n < size; n++) {
            if (keys[n][0] == keys[n - 1][0] && keys[n][1] >>> 32 == keys[n - 1][1] >>> 32) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = (int) keys[n][1];
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static boolean suspect(HalfEdges edges, int t) {
        int beside = edges.partner(3 * t);
        boolean one = beside >= 0;
        for (int h = 3 * t; h < 3 * t + 3; h++) {
            int other = edges.partner(h);
            if (other == HalfEdges.OPEN) {
                return false;
            }
            one &= other >= 0 && other / 3 == beside / 3;
            if (other == HalfEdges.CROWDED) {
                return true;
            }
        }
        return one;
    }
}
