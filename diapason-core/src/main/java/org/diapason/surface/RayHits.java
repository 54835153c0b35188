package org.diapason.surface;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.diapason.math.Parallel;

/**
 * What rays of one direction meet, found by one look at all triangles: seen along the direction a
 * ray is a dot, and only triangles that may cover a dot are asked ({@link RayDots}).
 *
 * <p>Memory: 12 bytes a crossing.
 */
final class RayHits {
    /** Shares of a triangle so near to its edge that rounding may have taken it to either side. */
    private static final double EDGE = 1e-9;

    /** Of the size of the numbers that a distance comes from: what rounding may leave of 0. */
    private static final double ROUNDING = 1e-12;

    /** Crossings at once that keep memory small. */
    static final int MOST = 1 << 22;

    private static final int BLOCK = 1 << 14;

    private final Mesh mesh;
    private final Shells shells;
    private final int[] own;
    private final double[] from;
    private final double[] d;
    private final boolean[] untold;
    private final AtomicInteger count = new AtomicInteger();

    /** Where the shells that a ray meets begin; one more for the end. */
    private final int[] start;

    private int[] met;

    private RayHits(Mesh mesh, Shells shells, int[] own, double[] from, double[] direction) {
        this.mesh = mesh;
        this.shells = shells;
        this.own = own;
        this.from = from;
        d = direction;
        untold = new boolean[own.length];
        start = new int[own.length + 1];
    }

    /**
     * Casts rays.
     *
     * @param own the shell of each ray, whose triangles it does not meet
     * @param from x, y, z of where each begins
     * @param direction of all, none of its numbers 0
     * @param most how many triangles several rays may cross together
     * @return null where they cross more
     */
    static RayHits of(
            Mesh mesh, Shells shells, int[] own, double[] from, double[] direction, int most) {
        RayHits hits = new RayHits(mesh, shells, own, from, direction);
        return hits.cast(own.length == 1 ? Integer.MAX_VALUE : most) ? hits : null;
    }

    /** Says whether a ray meets an edge, or begins on a triangle of another shell. */
    boolean untold(int ray) {
        return untold[ray];
    }

    /** Returns the shells of the triangles of others that a ray crosses, one for each. */
    int[] met(int ray) {
        return Arrays.copyOfRange(met, start[ray], start[ray + 1]);
    }

    private boolean cast(int most) {
        RayDots dots = new RayDots(from, d);
        int faces = mesh.triangles().length / 3;
        int[][] found = new int[(faces + BLOCK - 1) / BLOCK][];
        Parallel.forEach(
                found.length,
                b -> {
                    Found mine = new Found();
                    for (int f = b * BLOCK; f < Math.min(faces, (b + 1) * BLOCK); f++) {
                        if (count.get() > most) {
                            return; // as many as that are met on any thread, sooner or later
                        }
                        mine.face = f;
                        dots.covered(mesh, f, mine);
                    }
                    found[b] = Arrays.copyOf(mine.pairs, mine.size);
                });
        if (count.get() > most) {
            return false;
        }
        for (int[] pairs : found) {
            for (int n = 0; n < pairs.length; n += 2) {
                start[pairs[n] + 1]++;
            }
        }
        for (int r = 0; r < own.length; r++) {
            start[r + 1] += start[r];
        }
        met = new int[start[own.length]];
        int[] to = start.clone();
        for (int[] pairs : found) {
            for (int n = 0; n < pairs.length; n += 2) {
                met[to[pairs[n]]++] = pairs[n + 1];
            }
        }
        return true;
    }

    /** What is met in a block of triangles: the ray and the shell, in turns. */
    private final class Found implements RayDots.Taker {
        private int[] pairs = new int[16];
        private int size;
        private int face;

        @Override
        public void take(int ray) {
            int of = shells.of(face);
            int hit = of < 0 || of == own[ray] ? 0 : hit(face, ray);
            if (hit < 0) {
                untold[ray] = true; // whichever thread comes first writes the same
            } else if (hit > 0) {
                pairs = size == pairs.length ? Arrays.copyOf(pairs, 2 * size) : pairs;
                pairs[size++] = ray;
                pairs[size++] = of;
                count.incrementAndGet();
            }
        }
    }

    /** Returns 1 where the ray crosses the triangle, 0 where not, −1 where it cannot be told. */
    private int hit(int f, int ray) {
        double[] p = mesh.points();
        double[] e = new double[9];
        for (int c = 0; c < 9; c++) {
            int corner = 3 * mesh.triangles()[3 * f + c / 3] + c % 3;
            e[c] = p[corner] - (c < 3 ? from[3 * ray + c] : p[3 * mesh.triangles()[3 * f] + c % 3]);
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
            size += Math.abs(e[n]) + (n < 3 ? Math.abs(from[3 * ray + n]) : 0);
        }
        if (least < -EDGE || along < -ROUNDING * size) {
            return 0;
        }
        return least <= EDGE || along <= ROUNDING * size ? -1 : 1;
    }
}
