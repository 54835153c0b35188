package org.diapason.surface;

import org.diapason.math.Parallel;

/**
 * The short proof that a mesh is closed, manifold and turned alike: around every point its
 * triangles form one ring.
 *
 * <p>Triangle (p, x, y) leads around p from x to y. Where one is followed from y to the triangle
 * that leads on from there, and so on, and all triangles of p are met before x is reached again, no
 * edge of p has other than one triangle on either side, these run against each other, and no two
 * fans touch in p. A ring of two is no proof: both may be the same triangle, front and back.
 *
 * <p>No edge is kept for it, so it takes a third of the time and of the memory of {@link
 * HalfEdges}, which say what is wrong where the proof fails. Points of more than 64 triangles are
 * left to them too.
 *
 * @param holds whether it is so
 * @param vertices points that a triangle uses; means something where the proof holds
 */
record RingProof(boolean holds, int vertices) {
    private static final RingProof FAILED = new RingProof(false, 0);
    private static final int MOST = 64;

    /** Points a bucket: what is asked of them stays near the processor. */
    private static final int SHIFT = 12;

    static RingProof of(Mesh mesh) {
        int[] t = mesh.triangles();
        int points = mesh.points().length / 3;
        int count = (points + (1 << SHIFT) - 1) >> SHIFT;
        Buckets corners = Buckets.of(t.length, count, c -> t[c] >> SHIFT);
        int[] used = new int[count];
        boolean[] failed = new boolean[1];
        Parallel.forEach(
                count,
                b -> {
                    used[b] = failed[0] ? 0 : used(t, corners, b);
                    failed[0] |= used[b] < 0; // whichever thread comes first writes the same
                });
        int vertices = 0;
        for (int u : used) {
            if (u < 0) {
                return FAILED;
            }
            vertices += u;
        }
        return new RingProof(true, vertices);
    }

    /** Returns how many points of a bucket a triangle uses, −1 where one has no single ring. */
    private static int used(int[] t, Buckets corners, int bucket) {
        int from = corners.start(bucket);
        int many = corners.start(bucket + 1) - from;
        int[] end = new int[1 << SHIFT];
        for (int n = 0; n < many; n++) {
            end[local(t[corners.items()[from + n]])]++;
        }
        int used = 0;
        int sum = 0;
        for (int p = 0; p < end.length; p++) {
            if (end[p] > MOST) {
                return -1;
            }
            used += end[p] > 0 ? 1 : 0;
            int here = end[p];
            end[p] = sum;
            sum += here;
        }
        int[] x = new int[many];
        int[] y = new int[many];
        for (int n = 0; n < many; n++) {
            int c = corners.items()[from + n];
            int to = end[local(t[c])]++;
            x[to] = t[HalfEdges.next(c)];
            y[to] = t[HalfEdges.before(c)];
        }
        int start = 0;
        for (int p = 0; p < end.length; p++) {
            if (end[p] > start && !ring(x, y, start, end[p])) {
                return -1;
            }
            start = end[p];
        }
        return used;
    }

    private static int local(int point) {
        return point & (1 << SHIFT) - 1;
    }

    /** Says whether the steps from x to y go round once and leave none out. */
    private static boolean ring(int[] x, int[] y, int start, int end) {
        int met = 1;
        for (int at = y[start]; at != x[start]; met++) {
            int n = start + 1;
            while (n < end && x[n] != at) {
                n++;
            }
            if (n == end || met == end - start) {
                return false;
            }
            at = y[n];
        }
        return met > 2 && met == end - start;
    }
}
