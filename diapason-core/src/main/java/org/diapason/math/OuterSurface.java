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
            if (kind[v] == inside && touches(g, kind, v, outside)) {
                found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
                found[count++] = v;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static int fill(Geometry g, byte[] kind, int[] queue, int end, byte from, byte to) {
        int ni = g.ni();
        int plane = ni * g.nj();
        int last = end;
        for (int at = 0; at < last; at++) {
            int v = queue[at];
            int i = v % ni;
            int j = v / ni % g.nj();
            int k = v / plane;
            if (i > 0 && kind[v - 1] == from) {
                kind[v - 1] = to;
                queue[last++] = v - 1;
            }
            if (i < ni - 1 && kind[v + 1] == from) {
                kind[v + 1] = to;
                queue[last++] = v + 1;
            }
            if (j > 0 && kind[v - ni] == from) {
                kind[v - ni] = to;
                queue[last++] = v - ni;
            }
            if (j < g.nj() - 1 && kind[v + ni] == from) {
                kind[v + ni] = to;
                queue[last++] = v + ni;
            }
            if (k > 0 && kind[v - plane] == from) {
                kind[v - plane] = to;
                queue[last++] = v - plane;
            }
            if (k < g.nk() - 1 && kind[v + plane] == from) {
                kind[v + plane] = to;
                queue[last++] = v + plane;
            }
        }
        return last;
    }

    private static boolean touches(Geometry g, byte[] kind, int v, byte other) {
        int ni = g.ni();
        int plane = ni * g.nj();
        int i = v % ni;
        int j = v / ni % g.nj();
        int k = v / plane;
        return i > 0 && kind[v - 1] == other
                || i < ni - 1 && kind[v + 1] == other
                || j > 0 && kind[v - ni] == other
                || j < g.nj() - 1 && kind[v + ni] == other
                || k > 0 && kind[v - plane] == other
                || k < g.nk() - 1 && kind[v + plane] == other;
    }

    /** Says whether a voxel is the first or last of an axis of several. */
    private static boolean isRim(Geometry g, int v) {
        int i = v % g.ni();
        int j = v / g.ni() % g.nj();
        int k = v / (g.ni() * g.nj());
        return g.ni() > 1 && (i == 0 || i == g.ni() - 1)
                || g.nj() > 1 && (j == 0 || j == g.nj() - 1)
                || g.nk() > 1 && (k == 0 || k == g.nk() - 1);
    }
}
