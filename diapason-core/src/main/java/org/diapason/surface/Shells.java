package org.diapason.surface;

import java.util.Arrays;

/**
 * The parts of a mesh that hang together by edges, and what each encloses.
 *
 * <p>An edge of more than two triangles joins nothing: two cubes that share one edge are two
 * shells.
 */
final class Shells {
    private final int[] of;
    private final double[] volumeMm3;
    private final int[] first;
    private final boolean orientable;
    private final int turned;

    private Shells(int[] of, double[] volumeMm3, int[] first, boolean orientable, int turnedFaces) {
        this.of = of;
        this.volumeMm3 = volumeMm3;
        this.first = first;
        this.orientable = orientable;
        this.turned = turnedFaces;
    }

    static Shells of(Mesh mesh, HalfEdges edges) {
        return edges.rings().holds() ? byPoints(mesh) : byEdges(mesh, edges);
    }

    /** Of rings: what hangs together by points does so by edges, and all agree on outside. */
    private static Shells byPoints(Mesh mesh) {
        int[] t = mesh.triangles();
        int[] root = roots(t, mesh.points().length / 3);
        int[] shell = new int[root.length];
        int[] first = new int[16];
        int shells = 0;
        int[] of = new int[t.length / 3];
        for (int f = 0; f < of.length; f++) {
            int r = root[t[3 * f]];
            if (shell[r] == 0) {
                first = shells == first.length ? Arrays.copyOf(first, 2 * shells) : first;
                first[shells] = f;
                shell[r] = ++shells;
            }
            of[f] = shell[r] - 1;
        }
        first = Arrays.copyOf(first, shells);
        return new Shells(of, volumes(mesh, of, first, shells), first, true, 0);
    }

    /** Returns for each point the lowest of those it hangs together with by triangles. */
    private static int[] roots(int[] t, int points) {
        int[] up = new int[points];
        for (int p = 0; p < points; p++) {
            up[p] = p;
        }
        for (int c = 0; c < t.length; c += 3) {
            int a = root(up, t[c]);
            int b = root(up, t[c + 1]);
            int d = root(up, t[c + 2]);
            int low = Math.min(a, Math.min(b, d));
            up[a] = low;
            up[b] = low;
            up[d] = low;
        }
        for (int p = 0; p < points; p++) {
            up[p] = up[up[p]]; // what is lower was brought to its root before
        }
        return up;
    }

    private static int root(int[] up, int point) {
        int p = point;
        while (up[p] != p) {
            up[p] = up[up[p]];
            p = up[p];
        }
        return p;
    }

    private static Shells byEdges(Mesh mesh, HalfEdges edges) {
        int faces = mesh.triangles().length / 3;
        int[] of = new int[faces];
        Arrays.fill(of, -1);
        boolean[] flipped = new boolean[faces];
        int[] stack = new int[faces];
        int[] first = new int[16];
        int shells = 0;
        int turned = 0;
        boolean orientable = true;
        for (int start = 0; start < faces; start++) {
            if (of[start] >= 0 || edges.collapsed(start)) {
                continue;
            }
            if (shells == first.length) {
                first = Arrays.copyOf(first, 2 * shells);
            }
            first[shells] = start;
            of[start] = shells;
            int top = 0;
            stack[top++] = start;
            int size = 0;
            int against = 0;
            while (top > 0) {
                int t = stack[--top];
                size++;
                against += flipped[t] ? 1 : 0;
                for (int h = 3 * t; h < 3 * t + 3; h++) {
                    int other = edges.partner(h);
                    if (other < 0) {
                        continue;
                    }
                    boolean flip = flipped[t] ^ edges.turned(h);
                    if (of[other / 3] < 0) {
                        of[other / 3] = shells;
                        flipped[other / 3] = flip;
                        stack[top++] = other / 3;
                    } else {
                        orientable &= flipped[other / 3] == flip;
                    }
                }
            }
            turned += Math.min(against, size - against);
            shells++;
        }
        return new Shells(
                of,
                volumes(mesh, of, first, shells),
                Arrays.copyOf(first, shells),
                orientable,
                turned);
    }

    /** Sums signed tetrahedra of each shell from a point of its own, for sound arithmetic. */
    private static double[] volumes(Mesh mesh, int[] of, int[] first, int shells) {
        double[] p = mesh.points();
        int[] t = mesh.triangles();
        double[] sums = new double[shells];
        for (int f = 0; f < of.length; f++) {
            if (of[f] < 0) {
                continue;
            }
            int o = 3 * t[3 * first[of[f]]];
            int a = 3 * t[3 * f];
            int b = 3 * t[3 * f + 1];
            int c = 3 * t[3 * f + 2];
            double bx = p[b] - p[o];
            double by = p[b + 1] - p[o + 1];
            double bz = p[b + 2] - p[o + 2];
            double cx = p[c] - p[o];
            double cy = p[c + 1] - p[o + 1];
            double cz = p[c + 2] - p[o + 2];
            sums[of[f]] +=
                    (p[a] - p[o]) * (by * cz - bz * cy)
                            + (p[a + 1] - p[o + 1]) * (bz * cx - bx * cz)
                            + (p[a + 2] - p[o + 2]) * (bx * cy - by * cx);
        }
        for (int s = 0; s < shells; s++) {
            sums[s] /= 6;
        }
        return sums;
    }

    int count() {
        return volumeMm3.length;
    }

    /** Returns how many shells are solid and hold less than a thousandth of the largest. */
    int crumbs() {
        double most = Arrays.stream(volumeMm3).max().orElse(0);
        return (int) Arrays.stream(volumeMm3).filter(v -> v > 0 && v < most / 1000).count();
    }

    /** Returns the shell of a triangle; −1 of one that names a point twice. */
    int of(int face) {
        return of[face];
    }

    /** Returns the signed volume of a shell; it means something where the shell is closed. */
    double volumeMm3(int shell) {
        return volumeMm3[shell];
    }

    /** Returns the signed volumes of these shells with the points elsewhere. */
    double[] volumesOf(Mesh moved) {
        return volumes(moved, of, first, first.length);
    }

    /** Returns the lowest triangle of a shell. */
    int first(int shell) {
        return first[shell];
    }

    /** Says whether the triangles could be turned so that all agree; of a Möbius strip not. */
    boolean orientable() {
        return orientable;
    }

    /** Returns how many triangles would have to be turned so that those beside them agree. */
    int turnedFaces() {
        return turned;
    }

    /** Returns the mesh without some of its shells; points and triangles keep their order. */
    Mesh without(Mesh mesh, boolean[] leftOut) {
        int[] from = mesh.triangles();
        int[] to = new int[from.length];
        int corners = 0;
        int[] number = new int[mesh.points().length / 3];
        for (int c = 0; c < from.length; c++) {
            if (of[c / 3] < 0 || !leftOut[of[c / 3]]) {
                to[corners++] = from[c];
                number[from[c]] = 1;
            }
        }
        double[] points = new double[mesh.points().length];
        int count = 0;
        for (int p = 0; p < number.length; p++) {
            if (number[p] > 0) {
                System.arraycopy(mesh.points(), 3 * p, points, 3 * count, 3);
                number[p] = count++;
            }
        }
        for (int c = 0; c < corners; c++) {
            to[c] = number[to[c]];
        }
        return Mesh.of(Arrays.copyOf(points, 3 * count), Arrays.copyOf(to, corners));
    }
}
