package org.diapason.surface;

import java.util.Arrays;

/** The closed surface of one region of a net: see {@link SurfaceNets}. */
final class RegionNet {
    private static final double SPLIT = 1.0 / 8;

    /**
     * Where a cell stands in the ring around one of its edges, counter-clockwise about the edge's
     * axis from the cell of which it is the last edge, by axis and place of the edge.
     */
    private static final int[][] RING = {{2, 3, 1, 0}, {2, 1, 3, 0}, {2, 3, 1, 0}};

    private final FlyingEdges edges;
    private final NetCells cells;
    private final float[] offsets;
    private final GridToWorld world;
    private final double[] points;

    /** Per crossed edge: the points of the four cells around it, each before that of the face. */
    private final int[] rings;

    private final boolean[] rising;

    RegionNet(InsideBits inside, NetCells cells, float[] offsets) {
        edges = new FlyingEdges(inside, CubeLoops.items());
        this.cells = cells;
        this.offsets = offsets;
        world = new GridToWorld(inside.geometry());
        points = new double[Math.multiplyExact(3, edges.items())];
        rings = new int[Math.multiplyExact(8, edges.points())];
        rising = new boolean[edges.points()];
        Arrays.fill(rings, -1);
        edges.walk(this::meet);
    }

    private void meet(int cube, int[] crossed, int item, int i, int j, int k) {
        int cell = 3 * cells.cell(i, j, k);
        double x = offsets[cell] + 0.5;
        double y = offsets[cell + 1] + 0.5;
        double z = offsets[cell + 2] + 0.5;
        int loops = CubeLoops.count(cube);
        for (int loop = 0; loop < loops; loop++) {
            double[] m = loops == 1 ? new double[] {x, y, z} : middle(cube, loop);
            world.put(
                    i + x + SPLIT * (m[0] - x),
                    j + y + SPLIT * (m[1] - y),
                    k + z + SPLIT * (m[2] - z),
                    points,
                    3 * (item + loop));
        }
        for (int e = 0; e < 12; e++) {
            int loop = CubeLoops.at(cube, e);
            if (loop >= 0) {
                int place = RING[e / 4][e % 4];
                rings[8 * crossed[e] + 2 * place] = item + loop;
                if (place == 0) {
                    rising[crossed[e]] = (cube >> CubeTable.corner(e) & 1) == 0;
                }
            }
        }
        int next = item + loops;
        for (int axis = 0; axis < 3; axis++) {
            byte[] ends = CubeLoops.segments(cube, axis);
            for (int s = 0; s < ends.length && ends.length == 4; s += 2, next++) {
                double[] a = middle(ends[s]);
                double[] b = middle(ends[s + 1]);
                world.put(
                        i + (a[0] + b[0]) / 2,
                        j + (a[1] + b[1]) / 2,
                        k + (a[2] + b[2]) / 2,
                        points,
                        3 * next);
                rings[8 * crossed[ends[s]] + side(ends[s], axis)] = next;
                rings[8 * crossed[ends[s + 1]] + side(ends[s + 1], axis)] = next;
            }
        }
    }

    /** Returns where the low face across an axis stands in the ring around an edge on it. */
    private static int side(int edge, int axis) {
        int place = RING[edge / 4][edge % 4];
        boolean firstAcross = axis == (edge / 4 + 1) % 3;
        int before = firstAcross ? (place == 1 ? 0 : 2) : place == 2 ? 1 : 3;
        return 2 * before + 1;
    }

    private static double[] middle(int cube, int loop) {
        double[] sum = new double[3];
        int count = 0;
        for (int e = 0; e < 12; e++) {
            if (CubeLoops.at(cube, e) == loop) {
                double[] m = middle(e);
                for (int a = 0; a < 3; a++) {
                    sum[a] += m[a];
                }
                count++;
            }
        }
        for (int a = 0; a < 3; a++) {
            sum[a] /= count;
        }
        return sum;
    }

    private static double[] middle(int edge) {
        int c = CubeTable.corner(edge);
        double[] at = {c & 1, c >> 1 & 1, c >> 2};
        at[edge / 4] = 0.5;
        return at;
    }

    Mesh mesh() {
        long corners = 0;
        for (int r = 0; r < rings.length; r++) {
            corners += rings[r] < 0 ? 0 : 3;
        }
        corners -= 6L * rising.length;
        int[] triangles = new int[Math.toIntExact(corners)];
        boolean mirrored = world.mirrored();
        int[] ring = new int[8];
        int to = 0;
        for (int p = 0; p < rising.length; p++) {
            int size = 0;
            for (int r = 8 * p; r < 8 * p + 8; r++) {
                if (rings[r] >= 0) {
                    ring[size++] = rings[r];
                }
            }
            int start = start(ring, size, 8 * p);
            for (int t = 1; t + 1 < size; t++) {
                int b = ring[(start + t) % size];
                int c = ring[(start + t + 1) % size];
                triangles[to++] = ring[start];
                triangles[to++] = rising[p] != mirrored ? c : b;
                triangles[to++] = rising[p] != mirrored ? b : c;
            }
        }
        return Mesh.of(points, triangles);
    }

    /**
     * Returns the corner from which a ring is cut to triangles: an end of the shorter diagonal of a
     * quadrilateral, and otherwise the point of a face, which no other ring has with any corner of
     * this one but its neighbours.
     */
    private int start(int[] ring, int size, int at) {
        if (size == 4) {
            return square(ring[1], ring[3]) < square(ring[0], ring[2]) ? 1 : 0;
        }
        for (int r = 0; r < size; r++) {
            for (int s = 1; s < 8; s += 2) {
                if (ring[r] == rings[at + s]) {
                    return r;
                }
            }
        }
        throw new AssertionError(size);
    }

    private double square(int p, int q) {
        double sum = 0;
        for (int a = 0; a < 3; a++) {
            double d = points[3 * p + a] - points[3 * q + a];
            sum += d * d;
        }
        return sum;
    }
}
