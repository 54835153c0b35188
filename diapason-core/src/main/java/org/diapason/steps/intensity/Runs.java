package org.diapason.steps.intensity;

import org.diapason.volume.Numbers;

/** A set of voxels as first places and lengths of runs, so that a fitted step can hold it. */
final class Runs {
    private Runs() {}

    static Numbers of(boolean[] inside) {
        int runs = 0;
        for (int v = 0; v < inside.length; v++) {
            runs += inside[v] && (v == 0 || !inside[v - 1]) ? 1 : 0;
        }
        double[] out = new double[2 * runs];
        int at = -2;
        for (int v = 0; v < inside.length; v++) {
            if (inside[v]) {
                if (v == 0 || !inside[v - 1]) {
                    at += 2;
                    out[at] = v;
                }
                out[at + 1]++;
            }
        }
        return Numbers.of(out);
    }

    /**
     * Returns the voxels of runs in rising order.
     *
     * @throws IllegalArgumentException if they are not runs within so many voxels
     */
    static int[] voxels(Numbers runs, int most, String name) {
        long total = 0;
        double end = 0;
        boolean sound = runs.size() % 2 == 0;
        for (int r = 0; sound && r < runs.size(); r += 2) {
            double start = runs.get(r);
            double length = runs.get(r + 1);
            sound = start >= end && length >= 1 && start + length <= most;
            sound &= start == Math.rint(start) && length == Math.rint(length);
            end = start + length;
            total += (long) length;
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    name + " must be starts and lengths of runs within " + most + " voxels");
        }
        int[] out = new int[(int) total];
        int n = 0;
        for (int r = 0; r < runs.size(); r += 2) {
            for (int t = 0; t < runs.get(r + 1); t++) {
                out[n++] = (int) runs.get(r) + t;
            }
        }
        return out;
    }

    static int[] voxels(boolean[] inside) {
        return voxels(of(inside), inside.length, "voxels");
    }
}
