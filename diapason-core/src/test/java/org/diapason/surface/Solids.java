package org.diapason.surface;

import java.util.ArrayList;
import java.util.List;

/** Meshes whose shape is known, sound and broken. */
final class Solids {
    private Solids() {}

    /** A box from a corner, its sides outwards. */
    static Mesh box(double x, double y, double z, double sx, double sy, double sz) {
        double[] points = new double[24];
        for (int c = 0; c < 8; c++) {
            points[3 * c] = x + (c & 1) * sx;
            points[3 * c + 1] = y + (c >> 1 & 1) * sy;
            points[3 * c + 2] = z + (c >> 2) * sz;
        }
        int[] t = {
            0, 2, 3, 0, 3, 1, 4, 5, 7, 4, 7, 6, 0, 1, 5, 0, 5, 4, 2, 6, 7, 2, 7, 3, 0, 4, 6, 0, 6,
            2, 1, 3, 7, 1, 7, 5
        };
        return Mesh.of(points, t);
    }

    /** An octahedron whose triangles were cut in four so many times, brought to a radius. */
    static Mesh sphere(double radius, int cuts) {
        Weld weld = new Weld();
        List<int[]> faces = new ArrayList<>();
        double[][] axis = {{1, 0, 0}, {0, 1, 0}, {-1, 0, 0}, {0, -1, 0}};
        for (int n = 0; n < 4; n++) {
            double[] a = axis[n];
            double[] b = axis[(n + 1) % 4];
            cut(weld, faces, radius, a, b, new double[] {0, 0, 1}, cuts);
            cut(weld, faces, radius, b, a, new double[] {0, 0, -1}, cuts);
        }
        return mesh(weld.points(), faces);
    }

    private static void cut(
            Weld weld, List<int[]> faces, double r, double[] a, double[] b, double[] c, int cuts) {
        if (cuts == 0) {
            faces.add(new int[] {on(weld, r, a), on(weld, r, b), on(weld, r, c)});
            return;
        }
        double[] ab = half(a, b);
        double[] bc = half(b, c);
        double[] ca = half(c, a);
        cut(weld, faces, r, a, ab, ca, cuts - 1);
        cut(weld, faces, r, ab, b, bc, cuts - 1);
        cut(weld, faces, r, ca, bc, c, cuts - 1);
        cut(weld, faces, r, ab, bc, ca, cuts - 1);
    }

    private static double[] half(double[] a, double[] b) {
        return new double[] {(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2};
    }

    private static int on(Weld weld, double r, double[] p) {
        double f = r / Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
        return weld.add(f * p[0], f * p[1], f * p[2]);
    }

    /** A ring of radius R whose section has radius r, of n × m squares cut in two. */
    static Mesh torus(double big, double small, int n, int m) {
        double[] points = new double[3 * n * m];
        List<int[]> faces = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double u = 2 * Math.PI * i / n;
            for (int j = 0; j < m; j++) {
                double v = 2 * Math.PI * j / m;
                int p = i * m + j;
                double from = big + small * Math.cos(v);
                points[3 * p] = from * Math.cos(u);
                points[3 * p + 1] = from * Math.sin(u);
                points[3 * p + 2] = small * Math.sin(v);
                int right = (i + 1) % n * m + j;
                int up = i * m + (j + 1) % m;
                int both = (i + 1) % n * m + (j + 1) % m;
                faces.add(new int[] {p, right, both});
                faces.add(new int[] {p, both, up});
            }
        }
        return mesh(points, faces);
    }

    /** A band of n squares that is turned by half before its ends meet. */
    static Mesh moebius(int n) {
        double[] points = new double[6 * n];
        List<int[]> faces = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double u = 2 * Math.PI * i / n;
            for (int s = 0; s < 2; s++) {
                double w = s - 0.5;
                double from = 2 + w * Math.cos(u / 2);
                points[6 * i + 3 * s] = from * Math.cos(u);
                points[6 * i + 3 * s + 1] = from * Math.sin(u);
                points[6 * i + 3 * s + 2] = w * Math.sin(u / 2);
            }
            boolean end = i == n - 1;
            int a = 2 * i;
            int c = end ? 1 : a + 2;
            int d = end ? 0 : a + 3;
            faces.add(new int[] {a, c, a + 1});
            faces.add(new int[] {a + 1, c, d});
        }
        return mesh(points, faces);
    }

    static Mesh mesh(double[] points, List<int[]> faces) {
        int[] triangles = new int[3 * faces.size()];
        for (int t = 0; t < triangles.length; t++) {
            triangles[t] = faces.get(t / 3)[t % 3];
        }
        return Mesh.of(points, triangles);
    }

    /** Several meshes as one, points that are equal made one where asked. */
    static Mesh together(boolean welded, Mesh... all) {
        Weld weld = new Weld();
        List<Double> points = new ArrayList<>();
        List<int[]> faces = new ArrayList<>();
        for (Mesh mesh : all) {
            int before = points.size() / 3;
            int[] number = new int[mesh.points().length / 3];
            for (int p = 0; p < number.length; p++) {
                double[] x = mesh.points();
                number[p] = welded ? weld.add(x[3 * p], x[3 * p + 1], x[3 * p + 2]) : before + p;
            }
            for (double x : mesh.points()) {
                points.add(x);
            }
            int[] t = mesh.triangles();
            for (int f = 0; f < t.length; f += 3) {
                faces.add(new int[] {number[t[f]], number[t[f + 1]], number[t[f + 2]]});
            }
        }
        double[] plain = points.stream().mapToDouble(x -> x).toArray();
        return mesh(welded ? weld.points() : plain, faces);
    }

    /** The same surface with inside and outside changed. */
    static Mesh insideOut(Mesh mesh) {
        int[] t = mesh.triangles().clone();
        for (int f = 0; f < t.length; f += 3) {
            t[f] = mesh.triangles()[f + 1];
            t[f + 1] = mesh.triangles()[f];
        }
        return Mesh.of(mesh.points(), t);
    }

    /** The mesh without one triangle. */
    static Mesh without(Mesh mesh, int face) {
        int[] t = mesh.triangles();
        int[] left = new int[t.length - 3];
        System.arraycopy(t, 0, left, 0, 3 * face);
        System.arraycopy(t, 3 * face + 3, left, 3 * face, left.length - 3 * face);
        return Mesh.of(mesh.points(), left);
    }

    /** The mesh with one triangle turned over. */
    static Mesh turned(Mesh mesh, int face) {
        int[] t = mesh.triangles().clone();
        int swap = t[3 * face];
        t[3 * face] = t[3 * face + 1];
        t[3 * face + 1] = swap;
        return Mesh.of(mesh.points(), t);
    }

    /** The mesh moved and made larger. */
    static Mesh moved(Mesh mesh, double scale, double x, double y, double z) {
        double[] points = mesh.points().clone();
        double[] by = {x, y, z};
        for (int c = 0; c < points.length; c++) {
            points[c] = scale * points[c] + by[c % 3];
        }
        return Mesh.of(points, mesh.triangles());
    }
}
