package org.diapason.surface;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.diapason.math.Parallel;

/**
 * Boxes around boxes around the triangles of a mesh, so that what is near is found without asking
 * all.
 *
 * <p>Triangles are sorted along Morton's curve by their middles and cut into leaves of four; the
 * tree above is complete, so node n has the children 2n and 2n + 1. Boxes are floats rounded
 * outwards: answers are those of the triangles in double, whatever the tree.
 */
final class TriangleTree {
    static final int LEAF = 4;
    private static final int CELLS = 1 << 10;
    private static final int BLOCK = 1 << 14;

    private final double[] points;
    private final int[] triangles;
    private final int[] order;
    private final int leaves;
    private final float[] boxes;

    TriangleTree(Mesh mesh) {
        points = mesh.points();
        triangles = mesh.triangles();
        order = sorted();
        int needed = (order.length + LEAF - 1) / LEAF;
        leaves =
                Math.max(1, Integer.highestOneBit(Math.max(1, needed - 1)) << (needed > 1 ? 1 : 0));
        boxes = new float[12 * leaves];
        Parallel.forEach(
                (leaves + BLOCK - 1) / BLOCK,
                b -> {
                    for (int l = b * BLOCK; l < Math.min(leaves, (b + 1) * BLOCK); l++) {
                        leafBox(l);
                    }
                });
        for (int node = leaves - 1; node >= 1; node--) {
            for (int a = 0; a < 3; a++) {
                boxes[6 * node + a] = Math.min(boxes[12 * node + a], boxes[12 * node + 6 + a]);
                boxes[6 * node + 3 + a] =
                        Math.max(boxes[12 * node + 3 + a], boxes[12 * node + 9 + a]);
            }
        }
    }

    private int[] sorted() {
        double[] low = new double[3];
        double[] high = new double[3];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
        for (int corner : triangles) {
            for (int a = 0; a < 3; a++) {
                low[a] = Math.min(low[a], points[3 * corner + a]);
                high[a] = Math.max(high[a], points[3 * corner + a]);
            }
        }
        double most = 0;
        for (int a = 0; a < 3; a++) {
            most = Math.max(most, high[a] - low[a]);
        }
        double scale = most > 0 ? (CELLS - 1) / (3 * most) : 0;
        long[] keys = new long[triangles.length / 3];
        Parallel.forEach(
                (keys.length + BLOCK - 1) / BLOCK,
                b -> {
                    for (int t = b * BLOCK; t < Math.min(keys.length, (b + 1) * BLOCK); t++) {
                        long code = 0;
                        for (int a = 0; a < 3; a++) {
                            double sum = -3 * low[a];
                            for (int c = 0; c < 3; c++) {
                                sum += points[3 * triangles[3 * t + c] + a];
                            }
                            code |= spread((int) (sum * scale)) << a;
                        }
                        keys[t] = code << 32 | t;
                    }
                });
        Arrays.sort(keys);
        int[] sorted = new int[keys.length];
        for (int t = 0; t < sorted.length; t++) {
            sorted[t] = (int) keys[t];
        }
        return sorted;
    }

    /** Puts two zeros between the ten bits of a number. */
    private static long spread(int cell) {
        long x = Math.max(0, Math.min(CELLS - 1, cell));
        x = (x | x << 16) & 0x30000ffL;
        x = (x | x << 8) & 0x300f00fL;
        x = (x | x << 4) & 0x30c30c3L;
        return (x | x << 2) & 0x9249249L;
    }

    private void leafBox(int leaf) {
        int node = 6 * (leaves + leaf);
        Arrays.fill(boxes, node, node + 3, Float.POSITIVE_INFINITY);
        Arrays.fill(boxes, node + 3, node + 6, Float.NEGATIVE_INFINITY);
        int end = (int) Math.min(order.length, (leaf + 1L) * LEAF);
        for (int n = leaf * LEAF; n < end; n++) {
            for (int c = 0; c < 9; c++) {
                double x = points[3 * triangles[3 * order[n] + c / 3] + c % 3];
                float f = (float) x;
                int a = node + c % 3;
                boxes[a] = Math.min(boxes[a], f > x ? Math.nextDown(f) : f);
                boxes[a + 3] = Math.max(boxes[a + 3], f < x ? Math.nextUp(f) : f);
            }
        }
    }

    /**
     * Goes through the triangles of the boxes that are let in, until one is enough.
     *
     * @param enters whether what is looked for may lie in the box of a node
     * @param enough whether to end with this triangle
     * @return whether it ended so
     */
    boolean any(IntPredicate enters, IntPredicate enough) {
        int[] stack = new int[Integer.SIZE + 1]; // one more a level than the one gone into
        int top = 0;
        stack[top++] = root();
        while (top > 0) {
            int node = stack[--top];
            if (!enters.test(node)) {
                continue;
            }
            if (!isLeaf(node)) {
                stack[top++] = 2 * node;
                stack[top++] = 2 * node + 1;
                continue;
            }
            for (int n = from(node); n < to(node); n++) {
                if (enough.test(order[n])) {
                    return true;
                }
            }
        }
        return false;
    }

    int root() {
        return 1;
    }

    boolean isLeaf(int node) {
        return node >= leaves;
    }

    /** Returns the places of the first triangle of a leaf and behind its last in the order. */
    int from(int node) {
        return (int) Math.min(order.length, (node - leaves) * (long) LEAF);
    }

    int to(int node) {
        return (int) Math.min(order.length, (node - leaves + 1L) * LEAF);
    }

    /** Returns the triangle at a place in the order. */
    int triangle(int place) {
        return order[place];
    }

    /** Returns one of the six numbers of the box of a node: low x, y, z, high x, y, z. */
    float box(int node, int side) {
        return boxes[6 * node + side];
    }

    /** Returns the square of the distance of a place to the box of a node; infinity if empty. */
    double squareTo(int node, double x, double y, double z) {
        int b = 6 * node;
        double dx = Math.max(0, Math.max(boxes[b] - x, x - boxes[b + 3]));
        double dy = Math.max(0, Math.max(boxes[b + 1] - y, y - boxes[b + 4]));
        double dz = Math.max(0, Math.max(boxes[b + 2] - z, z - boxes[b + 5]));
        return dx * dx + dy * dy + dz * dz;
    }
}
