package org.diapason.steps.perturb;

import java.util.Arrays;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/** Draws a contour anew along patches of like voxels ({@link Slic}). */
final class Supervoxels {
    private static final double ALWAYS = 0.9;
    private static final double NEVER = 0.2;

    private Supervoxels() {}

    /** Returns the mask made anew of the patches that lie in it; it is not empty. */
    static Mask redrawn(Volume volume, Mask mask, double edgeMm, Rng rng) {
        Geometry g = volume.geometry();
        int[] low = new int[3];
        int[] size = new int[3];
        box(mask, edgeMm, low, size);
        int voxels = size[0] * size[1] * size[2];
        float[] all = volume.values();
        boolean[] allInside = mask.voxels();
        float[] values = new float[voxels];
        boolean[] before = new boolean[voxels];
        for (int row = 0; row < size[1] * size[2]; row++) {
            int from = g.index(low[0], low[1] + row % size[1], low[2] + row / size[1]);
            System.arraycopy(all, from, values, row * size[0], size[0]);
            System.arraycopy(allInside, from, before, row * size[0], size[0]);
        }
        double[] spacingMm = {g.spacing(0), g.spacing(1), g.spacing(2)};
        int[] patch = Slic.patches(size, spacingMm, values, edgeMm);
        boolean[] taken = taken(patch, before, rng);
        boolean[] inside = new boolean[g.voxels()];
        for (int v = 0; v < voxels; v++) {
            int row = v / size[0];
            int at = g.index(low[0] + v % size[0], low[1] + row % size[1], low[2] + row / size[1]);
            inside[at] = taken[patch[v]];
        }
        return Mask.of(mask.geometry(), inside);
    }

    /** The box of the mask and two edges more on every side. */
    private static void box(Mask mask, double edgeMm, int[] low, int[] size) {
        Geometry g = mask.geometry();
        int[] high = new int[3];
        Arrays.fill(low, Integer.MAX_VALUE);
        boolean[] inside = mask.voxels();
        for (int v = 0; v < inside.length; v++) {
            if (inside[v]) {
                int row = v / g.ni();
                int[] at = {v % g.ni(), row % g.nj(), row / g.nj()};
                for (int a = 0; a < 3; a++) {
                    low[a] = Math.min(low[a], at[a]);
                    high[a] = Math.max(high[a], at[a]);
                }
            }
        }
        for (int a = 0; a < 3; a++) {
            int margin = (int) Math.ceil(2 * edgeMm / g.spacing(a));
            low[a] = Math.max(0, low[a] - margin);
            size[a] = Math.min(g.size(a) - 1, high[a] + margin) - low[a] + 1;
        }
    }

    /** Draws for every patch, in their order, whether it is taken. */
    private static boolean[] taken(int[] patch, boolean[] inside, Rng rng) {
        int count = Arrays.stream(patch).max().orElse(-1) + 1;
        int[] size = new int[count];
        int[] shared = new int[count];
        for (int v = 0; v < patch.length; v++) {
            size[patch[v]]++;
            shared[patch[v]] += inside[v] ? 1 : 0;
        }
        boolean[] taken = new boolean[count];
        int best = 0;
        for (int c = 0; c < count; c++) {
            double part = (double) shared[c] / size[c];
            boolean drawn = rng.nextDouble() < part;
            taken[c] = part >= ALWAYS || part >= NEVER && drawn;
            best = part > (double) shared[best] / size[best] ? c : best;
        }
        taken[best] = true;
        return taken;
    }
}
