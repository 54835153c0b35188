package org.diapason.math;

import java.util.Arrays;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;
import org.diapason.volume.Transform;

/** The connected parts of a mask: voxels that share a face, an edge or a corner. */
public final class Parts {
    /** Leads from a place to the next voxel up, and from a voxel nowhere. */
    private static final double UP = 1 - 1e-6;

    private final int[] low = {Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE};
    private final int[] size = new int[3];
    private final int[] label;
    private final int count;

    /** Finds the parts of a mask; keeps four bytes a voxel of its bounding box. */
    public Parts(Geometry g, boolean[] mask) {
        int[] high = {-1, -1, -1};
        for (int v = 0; v < mask.length; v++) {
            if (mask[v]) {
                int[] at = {v % g.ni(), v / g.ni() % g.nj(), v / (g.ni() * g.nj())};
                for (int a = 0; a < 3; a++) {
                    low[a] = Math.min(low[a], at[a]);
                    high[a] = Math.max(high[a], at[a]);
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            size[a] = Math.max(0, high[a] - low[a] + 1);
        }
        label = new int[size[0] * size[1] * size[2]];
        for (int n = 0; n < label.length; n++) {
            int i = low[0] + n % size[0];
            int j = low[1] + n / size[0] % size[1];
            int k = low[2] + n / (size[0] * size[1]);
            label[n] = mask[g.index(i, j, k)] ? -1 : 0;
        }
        int parts = 0;
        for (int n = 0; n < label.length; n++) {
            if (label[n] < 0) {
                flood(n, ++parts);
            }
        }
        count = parts;
    }

    private void flood(int seed, int part) {
        int[] stack = new int[64];
        int top = 0;
        stack[top++] = seed;
        label[seed] = part;
        while (top > 0) {
            int n = stack[--top];
            int i = n % size[0];
            int j = n / size[0] % size[1];
            int k = n / (size[0] * size[1]);
            if (top + 27 > stack.length) {
                stack = Arrays.copyOf(stack, 2 * stack.length);
            }
            for (int z = Math.max(0, k - 1); z <= Math.min(size[2] - 1, k + 1); z++) {
                for (int y = Math.max(0, j - 1); y <= Math.min(size[1] - 1, j + 1); y++) {
                    for (int x = Math.max(0, i - 1); x <= Math.min(size[0] - 1, i + 1); x++) {
                        int m = x + size[0] * (y + size[1] * z);
                        if (label[m] < 0) {
                            label[m] = part;
                            stack[top++] = m;
                        }
                    }
                }
            }
        }
    }

    public int count() {
        return count;
    }

    /** Returns the part of a voxel, from 1 on; 0 outside the mask and outside its grid. */
    public int at(int i, int j, int k) {
        int x = i - low[0];
        int y = j - low[1];
        int z = k - low[2];
        boolean in = x >= 0 && x < size[0] && y >= 0 && y < size[1] && z >= 0 && z < size[2];
        return in ? label[x + size[0] * (y + size[1] * z)] : 0;
    }

    /**
     * Returns how many parts of a mask have no voxel left in what became of it on another grid: no
     * voxel there whose place lies between voxels of the part.
     */
    public static int lost(Geometry from, boolean[] before, Geometry to, boolean[] after) {
        return lost(from, before, to, after, Affine.IDENTITY);
    }

    /** The same where a transform leads from places of the new grid to those of the old. */
    public static int lost(
            Geometry from, boolean[] before, Geometry to, boolean[] after, Transform transform) {
        Parts parts = new Parts(from, before);
        boolean[] kept = new boolean[parts.count + 1];
        Places places = new Places(to, transform, from);
        double[][] at = new double[3][to.ni()];
        int found = 0;
        for (int v = 0; v < after.length && found < parts.count; v += to.ni()) {
            boolean known = false;
            for (int x = 0; x < to.ni(); x++) {
                if (!after[v + x]) {
                    continue;
                }
                if (!known) {
                    int row = v / to.ni();
                    places.row(row % to.nj(), row / to.nj(), at[0], at[1], at[2]);
                    known = true;
                }
                found += parts.mark(kept, at[0][x], at[1][x], at[2][x], from);
            }
        }
        return parts.count - found;
    }

    private int mark(boolean[] kept, double i, double j, double k, Geometry g) {
        double x = within(i, g.ni());
        double y = within(j, g.nj());
        double z = within(k, g.nk());
        int more = 0;
        for (int corner = 0; corner < 8; corner++) {
            int a = (int) (x + (corner & 1) * UP);
            int b = (int) (y + (corner >> 1 & 1) * UP);
            int c = (int) (z + (corner >> 2) * UP);
            int part = at(a, b, c);
            if (part > 0 && !kept[part]) {
                kept[part] = true;
                more++;
            }
        }
        return more;
    }

    private static double within(double at, int n) {
        return Math.max(0, Math.min(n - 1, at));
    }
}
