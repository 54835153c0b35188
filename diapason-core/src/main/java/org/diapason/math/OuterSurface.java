package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Geometry;

/** Finds where a body ends: the voxels of its largest part that touch the air around it. */
public final class OuterSurface {
    private OuterSurface() {}

    /**
     * Returns the voxels at or above the threshold, of the largest piece connected by faces, that
     * share a face with air that reaches the rim of the volume; rising. Air inside the body, tables
     * and cushions are left out; NaN is air.
     */
    public static int[] of(Geometry g, float[] values, double threshold) {
        int n = g.voxels();
        byte[] kind = new byte[n];
        int[] queue = new int[n];
        for (int v = 0; v < n; v++) {
            kind[v] = (byte) (values[v] >= threshold ? 1 : 0);
        }
        int end = 0;
        for (int v = 0; v < n; v++) {
            if (kind[v] == 0 && isRim(g, v)) {
                kind[v] = 2;
                queue[end++] = v;
            }
        }
        fill(g, kind, queue, end, (byte) 0, (byte) 2);
        int best = -1;
        int most = 0;
        for (int v = 0; v < n; v++) {
            if (kind[v] == 1) {
                queue[0] = v;
                kind[v] = 3;
                int size = fill(g, kind, queue, 1, (byte) 1, (byte) 3);
                if (size > most) {
                    most = size;
                    best = v;
                }
            }
        }
        if (best < 0) {
            return new int[0];
        }
        queue[0] = best;
        kind[best] = 4;
        fill(g, kind, queue, 1, (byte) 3, (byte) 4);
        return border(g, kind, (byte) 4, (byte) 2);
    }

    /** Returns the voxels of a mask that share a face with one outside it; rising. */
    public static int[] ofMask(Geometry g, boolean[] mask) {
        byte[] kind = new byte[mask.length];
        for (int v = 0; v < kind.length; v++) {
            kind[v] = (byte) (mask[v] ? 4 : 2);
        }
        return border(g, kind, (byte) 4, (byte) 2);
    }

    private static int[] border(Geometry g, byte[] kind, byte inside, byte outside) {
        int[] found = new int[1024];
        int count = 0;
        for (int v = 0; v < kind.length; v++) {
            boolean touches = false;
            for (int side = 0; kind[v] == inside && side < 6 && !touches; side++) {
                int w = neighbour(g, v, side);
                touches = w >= 0 && kind[w] == outside;
            }
            if (touches) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = v;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static int fill(Geometry g, byte[] kind, int[] queue, int end, byte from, byte to) {
        int last = end;
        for (int at = 0; at < last; at++) {
            for (int side = 0; side < 6; side++) {
                int w = neighbour(g, queue[at], side);
                if (w >= 0 && kind[w] == from) {
                    kind[w] = to;
                    queue[last++] = w;
                }
            }
        }
        return last;
    }

    private static boolean isRim(Geometry g, int v) {
        for (int side = 0; side < 6; side++) {
            if (g.size(side / 2) > 1 && neighbour(g, v, side) < 0) {
                return true;
            }
        }
        return false;
    }

    /** Returns the voxel across a face: two a axis, down and up; −1 outside. */
    private static int neighbour(Geometry g, int v, int side) {
        int axis = side / 2;
        int step = axis == 0 ? 1 : axis == 1 ? g.ni() : g.ni() * g.nj();
        int at = v / step % g.size(axis);
        if (side % 2 == 0) {
            return at == 0 ? -1 : v - step;
        }
        return at == g.size(axis) - 1 ? -1 : v + step;
    }
}
