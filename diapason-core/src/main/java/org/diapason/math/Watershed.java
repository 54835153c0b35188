package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/**
 * Watershed from markers: basins grow from the markers, the lowest voxel at their rims first, of
 * equal ones the one reached first, until they meet (Meyer 1994, Signal Processing 38(1):113–125,
 * doi:10.1016/0165-1684(94)90060-4). Neighbours share a face; no line is left between basins.
 *
 * <p>One pass with a heap: n log n time, 16 bytes a voxel. One thread.
 */
public final class Watershed {
    private final Geometry g;
    private final float[] height;
    private final int[] label;
    private final int[] order;
    private int reached;
    private long[] heap = new long[1024];
    private int size;

    private Watershed(Geometry g, float[] height, int[] markers) {
        this.g = g;
        this.height = height;
        label = markers.clone();
        order = new int[height.length];
    }

    /**
     * Returns the label of each voxel; 0 where the height is NaN, and what NaN shuts off.
     *
     * @param height 0 or more, or NaN; not modified
     * @param markers labels from 1 on, 0 where there is none; not modified
     */
    public static int[] flood(Geometry g, float[] height, int[] markers) {
        Watershed shed = new Watershed(g, height, markers);
        shed.flood();
        return shed.label;
    }

    private void flood() {
        for (int v = 0; v < label.length; v++) {
            if (height[v] != height[v]) {
                label[v] = 0;
            } else if (label[v] > 0) {
                push(v, height[v]);
            }
        }
        int plane = g.ni() * g.nj();
        while (size > 0) {
            int v = order[(int) pop()];
            int i = v % g.ni();
            int j = v / g.ni() % g.nj();
            int k = v / plane;
            reach(v, v - plane, k > 0);
            reach(v, v - g.ni(), j > 0);
            reach(v, v - 1, i > 0);
            reach(v, v + 1, i + 1 < g.ni());
            reach(v, v + g.ni(), j + 1 < g.nj());
            reach(v, v + plane, k + 1 < g.nk());
        }
    }

    private void reach(int from, int to, boolean inside) {
        if (inside && label[to] == 0 && height[to] == height[to]) {
            label[to] = label[from];
            push(to, height[to]);
        }
    }

    /** Floats from 0 on are ordered like their bits; below them stands when it was reached. */
    private void push(int v, float at) {
        order[reached] = v;
        long key = (long) Float.floatToRawIntBits(Math.max(0f, at)) << 32 | reached++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        int n = size++;
        while (n > 0 && heap[(n - 1) / 2] > key) {
            heap[n] = heap[(n - 1) / 2];
            n = (n - 1) / 2;
        }
        heap[n] = key;
    }

    private long pop() {
        long least = heap[0];
        long key = heap[--size];
        int n = 0;
        for (int child = 1; child < size; child = 2 * n + 1) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= key) {
                break;
            }
            heap[n] = heap[child];
            n = child;
        }
        heap[n] = key;
        return least;
    }
}
