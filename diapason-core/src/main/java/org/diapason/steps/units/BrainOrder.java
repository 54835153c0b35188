package org.diapason.steps.units;

import java.util.Arrays;
import java.util.Optional;
import org.diapason.math.Bins;
import org.diapason.math.FuzzyMeans;
import org.diapason.volume.Contrast;
import org.diapason.volume.Geometry;
import org.diapason.volume.Mask;
import org.diapason.volume.Volume;

/**
 * The order of brightness of cerebrospinal fluid, grey and white matter, read from the pixels.
 *
 * <p>Fuzzy c-means (m = 2) on the histogram of the brain gives three classes. White matter is the
 * class that lies deepest under the surface of the mask: brightest it means T1, darkest T2, between
 * the others FLAIR. Which of the other two is fluid is not asked; three orders are told apart and
 * no more.
 *
 * <p>Method: Bezdek 1981 (fuzzy c-means).
 */
enum BrainOrder {
    CSF_GM_WM("CSF < GM < WM"),
    WM_GM_CSF("WM < GM < CSF"),
    CSF_WM_GM("CSF < WM < GM");

    private static final int BINS = 256;
    private static final int ROUNDS = 200;

    /** Share of the voxels that a class needs to count as tissue. */
    private static final double LEAST_SHARE = 0.03;

    /** The deepest class must be deeper than the next by this part of the mean depth. */
    private static final double CLEAR = 0.1;

    private final String label;

    BrainOrder(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Returns the order that a class of contrast fixes, where it fixes one. */
    static Optional<BrainOrder> of(Contrast contrast) {
        if (contrast.t1()) {
            return Optional.of(CSF_GM_WM);
        }
        return switch (contrast) {
            case T2 -> Optional.of(WM_GM_CSF);
            case FLAIR -> Optional.of(CSF_WM_GM);
            default -> Optional.empty();
        };
    }

    /** Returns the order, or nothing where three classes or their depths cannot be told apart. */
    static Optional<BrainOrder> of(Volume volume, Mask brain) {
        float[] values = volume.values();
        boolean[] inside = brain.voxels();
        float[] sorted = new float[values.length];
        int n = 0;
        for (int v = 0; v < values.length; v++) {
            if (inside[v] && Float.isFinite(values[v])) {
                sorted[n++] = values[v];
            }
        }
        if (n < 100) {
            return Optional.empty();
        }
        Arrays.sort(sorted, 0, n);
        double low = sorted[n / 200];
        double high = sorted[n - 1 - n / 200];
        if (!(high > low)) {
            return Optional.empty();
        }
        double[] centres = centres(sorted, n, low, high);
        int[] depth = depth(brain);
        double[] sum = new double[3];
        long[] count = new long[3];
        for (int v = 0; v < values.length; v++) {
            if (inside[v] && Float.isFinite(values[v])) {
                int c = nearest(centres, values[v]);
                sum[c] += depth[v];
                count[c]++;
            }
        }
        return deepest(sum, count, n);
    }

    private static Optional<BrainOrder> deepest(double[] sum, long[] count, int n) {
        double[] mean = new double[3];
        for (int c = 0; c < 3; c++) {
            if (count[c] < LEAST_SHARE * n) {
                return Optional.empty();
            }
            mean[c] = sum[c] / count[c];
        }
        int best = mean[0] > mean[1] ? 0 : 1;
        best = mean[2] > mean[best] ? 2 : best;
        double[] ordered = mean.clone();
        Arrays.sort(ordered);
        double overall = (sum[0] + sum[1] + sum[2]) / n;
        if (ordered[2] - ordered[1] < CLEAR * overall) {
            return Optional.empty();
        }
        return Optional.of(best == 2 ? CSF_GM_WM : best == 0 ? WM_GM_CSF : CSF_WM_GM);
    }

    /** Returns the three centres of fuzzy c-means with m = 2 on the histogram, ascending. */
    private static double[] centres(float[] sorted, int n, double low, double high) {
        Bins bins = Bins.of(Arrays.copyOf(sorted, n), low, high, BINS, true);
        double[] start = {sorted[n / 6], sorted[n / 2], sorted[n - 1 - n / 6]};
        return FuzzyMeans.of(bins, start, 0, ROUNDS).centres().toArray();
    }

    private static int nearest(double[] centres, float value) {
        int best = 0;
        for (int c = 1; c < 3; c++) {
            best = Math.abs(value - centres[c]) < Math.abs(value - centres[best]) ? c : best;
        }
        return best;
    }

    /** Returns the least number of steps along axes from each voxel to one outside the mask. */
    private static int[] depth(Mask brain) {
        Geometry g = brain.geometry();
        boolean[] inside = brain.voxels();
        int[] size = {g.ni(), g.nj(), g.nk()};
        int[] stride = {1, g.ni(), g.ni() * g.nj()};
        int[] depth = new int[inside.length];
        int[] queue = new int[inside.length];
        int tail = 0;
        for (int v = 0; v < inside.length; v++) {
            if (inside[v] && onRim(v, inside, size, stride)) {
                depth[v] = 1;
                queue[tail++] = v;
            }
        }
        for (int head = 0; head < tail; head++) {
            int v = queue[head];
            for (int axis = 0; axis < 3; axis++) {
                int place = v / stride[axis] % size[axis];
                for (int step = -1; step <= 1; step += 2) {
                    int next = v + step * stride[axis];
                    if (place + step >= 0
                            && place + step < size[axis]
                            && inside[next]
                            && depth[next] == 0) {
                        depth[next] = depth[v] + 1;
                        queue[tail++] = next;
                    }
                }
            }
        }
        return depth;
    }

    private static boolean onRim(int v, boolean[] inside, int[] size, int[] stride) {
        for (int axis = 0; axis < 3; axis++) {
            int place = v / stride[axis] % size[axis];
            boolean first = place == 0 || !inside[v - stride[axis]];
            boolean last = place == size[axis] - 1 || !inside[v + stride[axis]];
            // an axis of one voxel has no neighbours
            if (size[axis] > 1 && (first || last)) {
                return true;
            }
        }
        return false;
    }
}
