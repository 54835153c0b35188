package org.diapason.steps.intensity;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.diapason.math.Moments;
import org.diapason.math.Rng;
import org.diapason.math.SortedFloats;
import org.diapason.volume.Geometry;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Scans of travelling subjects, each by its mask means, the means of equal shares and some voxels.
 */
final class PairedScans {
    private static final int SHARES = 128;
    private static final int SAMPLE = 4096;

    /**
     * What is kept of one scan.
     *
     * @param means mean of each mask
     * @param shares of each mask the means of 128 equal shares of its ordered values
     * @param places some voxels of the first mask, rising: the same in every scan of one grid
     * @param values what they hold
     */
    record Scan(
            String who,
            Geometry grid,
            double[] means,
            double[][] shares,
            int[] places,
            float[] values) {

        static Scan of(Admission image, List<String> masks) {
            double[] means = new double[masks.size()];
            double[][] shares = new double[masks.size()][];
            for (int m = 0; m < means.length; m++) {
                float[] x = image.values(masks.get(m));
                means[m] = Moments.of(x).mean();
                shares[m] = SortedFloats.of(x).shareMeans(SHARES);
            }
            Volume volume = image.volume();
            int[] places = thinned(volume.values(), image.inside(masks.get(0)));
            float[] values = new float[places.length];
            for (int n = 0; n < places.length; n++) {
                values[n] = volume.values()[places[n]];
            }
            return new Scan(image.who(), volume.geometry(), means, shares, places, values);
        }

        /** A voxel is taken by its place alone, so that other scans take the same ones. */
        private static int[] thinned(float[] all, boolean[] inside) {
            int count = 0;
            for (boolean in : inside) {
                count += in ? 1 : 0;
            }
            double share = (double) SAMPLE / count;
            int[] places = new int[count];
            int n = 0;
            for (int v = 0; v < all.length; v++) {
                if (inside[v]
                        && Math.abs(all[v]) <= Float.MAX_VALUE
                        && (share >= 1 || new Rng(v).nextDouble() < share)) {
                    places[n++] = v;
                }
            }
            return Arrays.copyOf(places, n);
        }
    }

    /** One subject, scanned at both sites. */
    record Pair(String subject, Scan source, Scan target) {

        /**
         * Returns the values of the voxels that were kept of both scans: source, then target.
         *
         * @throws RefusedException if they do not lie on one grid
         */
        float[][] voxels() {
            if (!source.grid.isClose(target.grid, Admission.SAME_GRID)) {
                throw new RefusedException(
                        source.who
                                + " does not lie on the grid of "
                                + target.who
                                + ", and a monotone map compares them voxel by voxel. Register and"
                                + " resample both to one grid, or choose affine or tissue-wise.");
            }
            float[][] both = new float[2][source.places.length];
            int n = 0;
            for (int s = 0; s < source.places.length; s++) {
                int t = Arrays.binarySearch(target.places, source.places[s]);
                if (t >= 0) {
                    both[0][n] = source.values[s];
                    both[1][n++] = target.values[t];
                }
            }
            return new float[][] {Arrays.copyOf(both[0], n), Arrays.copyOf(both[1], n)};
        }

        /** Returns Kendall's τ between the two scans over pairs of voxels that lie far apart. */
        double concordance() {
            float[][] both = voxels();
            int half = both[0].length / 2;
            double sum = 0;
            for (int p = 0; p < half; p++) {
                double dx = both[0][p + half] - both[0][p];
                double dy = both[1][p + half] - both[1][p];
                sum += Math.signum(dx) * Math.signum(dy);
            }
            return half == 0 ? 0 : sum / half;
        }
    }

    final SortedMap<String, Scan> sources = new TreeMap<>();
    final SortedMap<String, Scan> targets = new TreeMap<>();
    int repeated;

    /** Keeps the first scan of a subject at a site. */
    void add(boolean source, String subject, Scan scan) {
        repeated += (source ? sources : targets).putIfAbsent(subject, scan) == null ? 0 : 1;
    }

    void merge(PairedScans later) {
        later.sources.forEach((subject, scan) -> add(true, subject, scan));
        later.targets.forEach((subject, scan) -> add(false, subject, scan));
        repeated += later.repeated;
    }

    /** Returns the subjects that were scanned at both sites, in the order of their names. */
    List<Pair> pairs() {
        return sources.entrySet().stream()
                .filter(e -> targets.containsKey(e.getKey()))
                .map(e -> new Pair(e.getKey(), e.getValue(), targets.get(e.getKey())))
                .toList();
    }
}
