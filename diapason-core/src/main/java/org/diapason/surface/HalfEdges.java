package org.diapason.surface;

import java.util.Arrays;
import org.diapason.math.Parallel;

/**
 * Which side of an edge lies across which: half-edge h runs from corner h of the triangles to the
 * next corner of the same triangle.
 *
 * <p>Where triangles stand in one ring around every point ({@link RingProof}) nothing is wrong with
 * any edge, and none is looked for.
 *
 * <p>A triangle that names one point twice has no half-edges. Edges are found by sorting the
 * half-edges of each point, the lower of two; a point where a million meet costs no more than
 * elsewhere.
 */
final class HalfEdges {
    /** Nothing lies across. */
    static final int OPEN = -1;

    /** The edge has more than two sides. */
    static final int CROWDED = -2;

    private static final int BLOCK = 1 << 14;

    private final int[] triangles;

    /** Empty where all triangles stand in rings. */
    private final int[] across;

    private final RingProof rings;

    /** How many edges of each kind there are, and the lowest half-edge of each. */
    record Kind(long count, int first) {
        static final Kind NONE = new Kind(0, -1);

        Kind and(int half) {
            return new Kind(count + 1, first < 0 ? half : Math.min(first, half));
        }

        Kind and(Kind other) {
            int low = first < 0 || other.first >= 0 && other.first < first ? other.first : first;
            return new Kind(count + other.count, low);
        }
    }

    private Kind all = Kind.NONE;
    private Kind open = Kind.NONE;
    private Kind turned = Kind.NONE;
    private Kind crowded = Kind.NONE;

    private HalfEdges(int[] triangles, RingProof rings) {
        this.triangles = triangles;
        this.rings = rings;
        across = new int[rings.holds() ? 0 : triangles.length];
    }

    static HalfEdges of(Mesh mesh) {
        HalfEdges edges = new HalfEdges(mesh.triangles(), RingProof.of(mesh));
        if (edges.rings.holds()) {
            edges.all = new Kind(mesh.triangles().length / 2, 0);
        } else {
            edges.join(mesh.points().length / 3);
        }
        return edges;
    }

    /** Says by which proof no edge has a fault; where it holds, {@link #across} is not known. */
    RingProof rings() {
        return rings;
    }

    /** Returns the half-edge after h in its triangle. */
    static int next(int h) {
        return h % 3 == 2 ? h - 2 : h + 1;
    }

    /** Returns the half-edge before h in its triangle. */
    static int before(int h) {
        return h % 3 == 0 ? h + 2 : h - 1;
    }

    /** Returns the opposite half-edge, a negative number where there is not exactly one. */
    int across(int h) {
        return Math.max(CROWDED, across[h]);
    }

    /**
     * Returns the one other side of the edge, whichever way it runs; a negative number where there
     * is not exactly one.
     */
    int partner(int h) {
        return across[h] <= -3 ? -3 - across[h] : across[h];
    }

    /** Says whether the other side of the edge runs in the same direction. */
    boolean turned(int h) {
        return across[h] <= -3;
    }

    /** Says whether a triangle names one point twice. */
    boolean collapsed(int t) {
        int a = triangles[3 * t];
        int b = triangles[3 * t + 1];
        int c = triangles[3 * t + 2];
        return a == b || b == c || c == a;
    }

    Kind all() {
        return all;
    }

    Kind open() {
        return open;
    }

    Kind turned() {
        return turned;
    }

    Kind crowded() {
        return crowded;
    }

    /** Says whether every edge has two sides that run against each other. */
    boolean closed() {
        return open.count + turned.count + crowded.count == 0;
    }

    private void join(int points) {
        int[] start = new int[points + 1];
        for (int t = 0; t < triangles.length / 3; t++) {
            for (int h = 3 * t; h < 3 * t + 3 && !collapsed(t); h++) {
                start[low(h) + 1]++;
            }
        }
        for (int p = 0; p < points; p++) {
            start[p + 1] += start[p];
        }
        long[] sides = new long[start[points]];
        int[] at = Arrays.copyOf(start, points);
        Arrays.fill(across, OPEN);
        for (int t = 0; t < triangles.length / 3; t++) {
            for (int h = 3 * t; h < 3 * t + 3 && !collapsed(t); h++) {
                int high = Math.max(triangles[h], triangles[next(h)]);
                sides[at[low(h)]++] = (long) high << 32 | h;
            }
        }
        int blocks = (points + BLOCK - 1) / BLOCK;
        Kind[][] kinds = new Kind[blocks][];
        Parallel.forEach(
                blocks,
                b -> {
                    Kind[] found = {Kind.NONE, Kind.NONE, Kind.NONE, Kind.NONE};
                    for (int p = b * BLOCK; p < Math.min(points, (b + 1) * BLOCK); p++) {
                        Arrays.sort(sides, start[p], start[p + 1]);
                        pair(sides, start[p], start[p + 1], found);
                    }
                    kinds[b] = found;
                });
        for (Kind[] found : kinds) {
            all = all.and(found[0]);
            open = open.and(found[1]);
            turned = turned.and(found[2]);
            crowded = crowded.and(found[3]);
        }
    }

    private int low(int h) {
        return Math.min(triangles[h], triangles[next(h)]);
    }

    /** Joins the half-edges of one point, sorted by the other point, then by themselves. */
    private void pair(long[] sides, int from, int to, Kind[] found) {
        for (int s = from; s < to; ) {
            int end = s + 1;
            while (end < to && sides[end] >>> 32 == sides[s] >>> 32) {
                end++;
            }
            int h = (int) sides[s];
            found[0] = found[0].and(h);
            if (end - s == 1) {
                found[1] = found[1].and(h);
            } else if (end - s == 2) {
                int other = (int) sides[s + 1];
                boolean same = triangles[h] == triangles[other];
                across[h] = same ? -3 - other : other;
                across[other] = same ? -3 - h : h;
                found[2] = same ? found[2].and(h) : found[2];
            } else {
                for (int e = s; e < end; e++) {
                    across[(int) sides[e]] = CROWDED;
                }
                found[3] = found[3].and(h);
            }
            s = end;
        }
    }
}
