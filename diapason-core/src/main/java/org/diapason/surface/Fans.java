package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * How the triangles stand around each point.
 *
 * <p>A point is pinched where its triangles are more than one fan. Points at edges that are crowded
 * or turned are not asked: their fault is told already.
 *
 * @param vertices points that a triangle uses
 * @param pinched points with more than one fan
 * @param first the lowest of them; −1 for none
 */
record Fans(long vertices, long pinched, int first) {
    private static final int BLOCK = 1 << 14;

    static Fans of(Mesh mesh, HalfEdges edges) {
        if (edges.rings().holds()) {
            return new Fans(edges.rings().vertices(), 0, -1);
        }
        int[] triangles = mesh.triangles();
        int points = mesh.points().length / 3;
        int[] start = new int[points];
        int[] count = new int[points];
        Arrays.fill(start, -1);
        for (int h = triangles.length - 1; h >= 0; h--) {
            if (!edges.collapsed(h / 3)) {
                start[triangles[h]] = h;
                count[triangles[h]]++;
            }
        }
        int blocks = (points + BLOCK - 1) / BLOCK;
        Fans[] found = new Fans[blocks];
        Parallel.forEach(
                blocks,
                b -> {
                    long used = 0;
                    long pinched = 0;
                    int first = -1;
                    for (int p = b * BLOCK; p < Math.min(points, (b + 1) * BLOCK); p++) {
                        used += count[p] > 0 ? 1 : 0;
                        if (count[p] > 0 && fan(edges, start[p]) < count[p]) {
                            pinched++;
                            first = first < 0 ? p : first;
                        }
                    }
                    found[b] = new Fans(used, pinched, first);
                });
        Fans sum = new Fans(0, 0, -1);
        for (Fans f : found) {
            int first = sum.first < 0 ? f.first : sum.first;
            sum = new Fans(sum.vertices + f.vertices, sum.pinched + f.pinched, first);
        }
        return sum;
    }

    /** Returns how many triangles are met around a point; all of them where it is not asked. */
    private static int fan(HalfEdges edges, int start) {
        int met = 0;
        int h = start;
        do {
            met++;
            int side = HalfEdges.before(h);
            h = edges.across(side);
            if (h < 0 && edges.partner(side) != HalfEdges.OPEN) {
                return Integer.MAX_VALUE;
            }
        } while (h >= 0 && h != start);
        if (h == start) {
            return met;
        }
        for (h = start; ; met++) {
            int other = edges.across(h);
            if (other < 0) {
                return edges.partner(h) == HalfEdges.OPEN ? met : Integer.MAX_VALUE;
            }
            h = HalfEdges.next(other);
        }
    }
}
