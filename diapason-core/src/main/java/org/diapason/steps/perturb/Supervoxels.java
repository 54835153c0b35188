package org.diapason.steps.perturb;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Rng;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * Patches of like voxels about one edge length wide, by simple linear iterative clustering (SLIC):
 * each voxel belongs to the nearest centre within one edge along every axis, by distance in edges
 * and by difference of intensity in standard deviations of the box. Centres start on a lattice and
 * move to the mean of their voxels ten times. Patches need not be connected.
 */
final class Supervoxels {
    private static final int ROUNDS = 10;
    private static final double ALWAYS = 0.9;
    private static final double NEVER = 0.2;

    private final Volume volume;
    private final Geometry g;
    private final double edgeMm;
    private final int[] low = new int[3];
    private final int[] high = new int[3];
    private final double scale;
    private final int[] owner;
    private final double[] distance;

    private Supervoxels(Volume volume, Mask mask, double edgeMm) {
        this.volume = volume;
        this.edgeMm = edgeMm;
        g = volume.geometry();
        box(mask);
        owner = new int[g.voxels()];
        distance = new double[g.voxels()];
        scale = spread();
    }

    /**
     * Returns the mask made anew of the patches that lie in it; the mask itself if none is taken.
     */
    static Mask redrawn(Volume volume, Mask mask, double edgeMm, Rng rng) {
        Supervoxels patches = new Supervoxels(volume, mask, edgeMm);
        int count = patches.cluster();
        boolean[] taken = patches.choose(mask, count, rng);
        boolean[] inside = new boolean[mask.voxels().length];
        boolean any = false;
        for (int v = 0; v < inside.length; v++) {
            inside[v] = patches.owner[v] >= 0 && taken[patches.owner[v]];
            any |= inside[v];
        }
        return any ? Mask.of(mask.geometry(), inside) : mask;
    }

    /** The box of the mask and two edges more on every side. */
    private void box(Mask mask) {
        Arrays.fill(low, Integer.MAX_VALUE);
        boolean[] inside = mask.voxels();
        for (int v = 0; v < inside.length; v++) {
            for (int a = 0; a < 3 && inside[v]; a++) {
                low[a] = Math.min(low[a], along(v, a));
                high[a] = Math.max(high[a], along(v, a));
            }
        }
        for (int a = 0; a < 3; a++) {
            int margin = (int) Math.ceil(2 * edgeMm / g.spacing(a));
            low[a] = Math.max(0, low[a] - margin);
            high[a] = Math.min(g.size(a) - 1, high[a] + margin);
        }
    }

    private int along(int v, int axis) {
        return axis == 0 ? v % g.ni() : axis == 1 ? v / g.ni() % g.nj() : v / g.ni() / g.nj();
    }

    private interface Body {
        void voxel(int v, int i, int j, int k);
    }

    private void each(int[] from, int[] to, Body body) {
        for (int k = from[2]; k <= to[2]; k++) {
            for (int j = from[1]; j <= to[1]; j++) {
                for (int i = from[0]; i <= to[0]; i++) {
                    body.voxel(g.index(i, j, k), i, j, k);
                }
            }
        }
    }

    /** Returns the standard deviation in the box; 1 where all is alike. */
    private double spread() {
        double[] sums = new double[3];
        float[] values = volume.values();
        each(
                low,
                high,
                (v, i, j, k) -> {
                    if (Float.isFinite(values[v])) {
                        sums[0]++;
                        sums[1] += values[v];
                    }
                });
        double mean = sums[1] / sums[0];
        each(
                low,
                high,
                (v, i, j, k) -> {
                    if (Float.isFinite(values[v])) {
                        sums[2] += (values[v] - mean) * (values[v] - mean);
                    }
                });
        double sd = Math.sqrt(sums[2] / sums[0]);
        return sd > 0 ? sd : 1;
    }

    /**
     * Gives every voxel of the box its patch, −1 elsewhere, and returns how many patches there are.
     */
    private int cluster() {
        List<double[]> centres = lattice();
        for (int round = 0; round <= ROUNDS; round++) {
            Arrays.fill(owner, -1);
            Arrays.fill(distance, Double.POSITIVE_INFINITY);
            for (int c = 0; c < centres.size(); c++) {
                claim(c, centres.get(c));
            }
            if (round < ROUNDS) {
                move(centres);
            }
        }
        return centres.size();
    }

    /** Returns centres i, j, k in voxels and an intensity. */
    private List<double[]> lattice() {
        List<double[]> centres = new ArrayList<>();
        int[] count = new int[3];
        for (int a = 0; a < 3; a++) {
            double mm = (high[a] - low[a] + 1) * g.spacing(a);
            count[a] = (int) Math.max(1, Math.rint(mm / edgeMm));
        }
        for (int k = 0; k < count[2]; k++) {
            for (int j = 0; j < count[1]; j++) {
                for (int i = 0; i < count[0]; i++) {
                    int[] place = {i, j, k};
                    double[] centre = new double[4];
                    for (int a = 0; a < 3; a++) {
                        double size = high[a] - low[a] + 1;
                        centre[a] = low[a] + (place[a] + 0.5) * size / count[a] - 0.5;
                    }
                    int[] v = {
                        (int) Math.rint(centre[0]),
                        (int) Math.rint(centre[1]),
                        (int) Math.rint(centre[2])
                    };
                    centre[3] = volume.values()[g.index(v[0], v[1], v[2])];
                    centres.add(centre);
                }
            }
        }
        return centres;
    }

    private void claim(int c, double[] centre) {
        int[] from = new int[3];
        int[] to = new int[3];
        for (int a = 0; a < 3; a++) {
            double reach = Math.max(1, edgeMm / g.spacing(a));
            from[a] = Math.max(low[a], (int) Math.ceil(centre[a] - reach));
            to[a] = Math.min(high[a], (int) Math.floor(centre[a] + reach));
        }
        float[] values = volume.values();
        each(
                from,
                to,
                (v, i, j, k) -> {
                    double x = (i - centre[0]) * g.spacing(0);
                    double y = (j - centre[1]) * g.spacing(1);
                    double z = (k - centre[2]) * g.spacing(2);
                    double off = (values[v] - centre[3]) / scale;
                    double far = (x * x + y * y + z * z) / (edgeMm * edgeMm);
                    double total = far + (Double.isFinite(off) ? off * off : 0);
                    if (total < distance[v]) {
                        distance[v] = total;
                        owner[v] = c;
                    }
                });
    }

    private void move(List<double[]> centres) {
        double[][] sums = new double[centres.size()][6];
        float[] values = volume.values();
        each(
                low,
                high,
                (v, i, j, k) -> {
                    if (owner[v] >= 0) {
                        double[] sum = sums[owner[v]];
                        sum[0] += i;
                        sum[1] += j;
                        sum[2] += k;
                        sum[4]++;
                        if (Float.isFinite(values[v])) {
                            sum[3] += values[v];
                            sum[5]++;
                        }
                    }
                });
        for (int c = 0; c < sums.length; c++) {
            for (int a = 0; a < 3 && sums[c][4] > 0; a++) {
                centres.get(c)[a] = sums[c][a] / sums[c][4];
            }
            centres.get(c)[3] = sums[c][5] > 0 ? sums[c][3] / sums[c][5] : Double.NaN;
        }
    }

    /** Draws for every patch, in their order, whether it is taken. */
    private boolean[] choose(Mask mask, int count, Rng rng) {
        double[] size = new double[count];
        double[] shared = new double[count];
        boolean[] inside = mask.voxels();
        for (int v = 0; v < owner.length; v++) {
            if (owner[v] >= 0) {
                size[owner[v]]++;
                shared[owner[v]] += inside[v] ? 1 : 0;
            }
        }
        boolean[] taken = new boolean[count];
        for (int c = 0; c < count; c++) {
            double part = size[c] > 0 ? shared[c] / size[c] : 0;
            boolean drawn = rng.nextDouble() < part;
            taken[c] = part >= ALWAYS || part >= NEVER && drawn;
        }
        return taken;
    }
}
