package org.diapason.quality;

import java.util.List;
import org.diapason.math.Otsu;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Figures of differences of neighbours, per voxel and not per mm: sharpness of one image, edges
 * kept from another.
 *
 * <p>Neighbours lie along every axis of more than one voxel, along k only where slices do not stand
 * for themselves. A difference counts where all its voxels have values and the first (of a
 * Laplacian the middle) counts.
 */
final class Slopes {
    private final Pair pair;
    private final int[] step;
    private final int[] axis;

    private Slopes(Pair pair, boolean bySlices) {
        this.pair = pair;
        Geometry g = pair.g;
        int[] steps = new int[3];
        int[] axes = new int[3];
        int many = 0;
        for (int a = 0; a < (bySlices ? 2 : 3); a++) {
            if (g.size(a) > 1) {
                axes[many] = a;
                steps[many++] = a == 0 ? 1 : a == 1 ? g.ni() : g.ni() * g.nj();
            }
        }
        step = java.util.Arrays.copyOf(steps, many);
        axis = java.util.Arrays.copyOf(axes, many);
    }

    /** Adds what is seen at a voxel. */
    private interface Seen {
        void add(int v, int[] at, double[] sums);
    }

    private static Tally sum(List<Pair> channels, Settings s, int many, Kind kind) {
        Tally all = null;
        for (Pair pair : channels) {
            Slopes slopes = new Slopes(pair, s.bySlices());
            Seen seen = kind.of(slopes);
            Tally one =
                    Tally.overVoxels(
                            pair.cells,
                            many,
                            (i0, i1, j, k, sums) -> {
                                int row = pair.g.index(0, j, k);
                                int[] at = {0, j, k};
                                for (int i = i0; i < i1; i++) {
                                    at[0] = i;
                                    if (pair.counts(row + i)) {
                                        seen.add(row + i, at, sums);
                                    }
                                }
                            });
            all = all == null ? one : all.plus(one);
        }
        return all;
    }

    private interface Kind {
        Seen of(Slopes slopes);
    }

    private boolean hasNext(int a, int[] at) {
        return at[axis[a]] + 1 < pair.g.size(axis[a]);
    }

    /**
     * Spatial frequency {@code √(Σ over axes of the mean squared difference of neighbours)}:
     * Eskicioglu and Fisher 1995, IEEE Trans. Communications 43(12):2959–2965, with the mean over
     * the differences that there are.
     */
    static Measured frequency(List<Pair> channels, Settings s) {
        Tally tally = sum(channels, s, 7, slopes -> slopes::squares);
        return Measured.of(
                        Metric.SF,
                        tally,
                        sums -> frequency(sums, false),
                        "no two neighbours have values.")
                .with(
                        new Measured.Variant(
                                "VIFB metricsSpatial_frequency",
                                tally,
                                sums -> frequency(sums, true),
                                "divides by all M N pixels, as the paper does, although there are"
                                        + " M (N - 1) differences"));
    }

    private void squares(int v, int[] at, double[] sums) {
        sums[0]++;
        for (int a = 0; a < step.length; a++) {
            if (hasNext(a, at)) {
                double d = (double) pair.y[v + step[a]] - pair.y[v];
                if (d == d) {
                    sums[1 + 2 * a] += d * d;
                    sums[2 + 2 * a]++;
                }
            }
        }
    }

    private static double frequency(double[] sums, boolean all) {
        double sum = 0;
        double pairs = 0;
        for (int a = 0; a < 3; a++) {
            double n = all ? sums[0] : sums[2 + 2 * a];
            sum += sums[2 + 2 * a] > 0 ? sums[1 + 2 * a] / n : 0;
            pairs += sums[2 + 2 * a];
        }
        return pairs > 0 ? Math.sqrt(sum) : Double.NaN;
    }

    /**
     * Average gradient: mean of {@code √(Σ over d axes of d²/d)}, differences to the next voxel.
     */
    static Measured gradient(List<Pair> channels, Settings s) {
        Measured found =
                Measured.of(
                        Metric.AG,
                        sum(channels, s, 2, slopes -> slopes::length),
                        Ssim::mean,
                        "no voxel has a next one with a value along each axis.");
        return s.literature()
                ? found.with(
                        new Measured.Variant(
                                "VIFB metricsAvg_gradient",
                                sum(channels, s, 2, slopes -> slopes::central),
                                sums -> central(sums, channels.get(0).g),
                                "central differences, one-sided at the border, summed over all"
                                        + " pixels and divided by (rows - 1)(columns - 1); slices"
                                        + " only"))
                : found;
    }

    private void length(int v, int[] at, double[] sums) {
        double length = length(pair.y, v, at);
        if (length == length) {
            sums[0]++;
            sums[1] += length / Math.sqrt(step.length);
        }
    }

    private double length(float[] values, int v, int[] at) {
        double sum = step.length == 0 ? Double.NaN : 0;
        for (int a = 0; a < step.length; a++) {
            double d = hasNext(a, at) ? (double) values[v + step[a]] - values[v] : Double.NaN;
            sum += d * d;
        }
        return Math.sqrt(sum);
    }

    private void central(int v, int[] at, double[] sums) {
        double sum = 0;
        for (int a = 0; a < Math.min(2, step.length); a++) {
            int before = at[axis[a]] > 0 ? step[a] : 0;
            int after = hasNext(a, at) ? step[a] : 0;
            double d = (double) pair.y[v + after] - pair.y[v - before];
            d /= before > 0 && after > 0 ? 2 : 1;
            sum += d * d;
        }
        if (sum == sum) {
            sums[0]++;
            sums[1] += Math.sqrt(sum / 2);
        }
    }

    private static double central(double[] sums, Geometry g) {
        return sums[1] / ((g.ni() - 1.0) * (g.nj() - 1.0) * g.nk());
    }

    /**
     * Edge preservation, the correlation of both Laplacians (sum of neighbours less as many times
     * the voxel): Sattar, Floreby, Salomonsson and Lövström 1997, IEEE TIP 6(6):888–895.
     */
    static Measured preservation(List<Pair> channels, Settings s) {
        double nothing =
                Differences.rounding(
                        Math.max(Pair.largest(channels, true), Pair.largest(channels, false)));
        return Measured.of(
                Metric.EPI,
                sum(channels, s, Differences.SUMS, slopes -> slopes::laplacians),
                sums -> Differences.correlation(sums, 0, nothing),
                "one of the images has no edges, or no voxel has all its neighbours.");
    }

    private void laplacians(int v, int[] at, double[] sums) {
        double x = 0;
        double y = 0;
        for (int a = 0; a < step.length; a++) {
            if (at[axis[a]] == 0 || !hasNext(a, at)) {
                return;
            }
            x += (double) pair.x[v - step[a]] + pair.x[v + step[a]] - 2.0 * pair.x[v];
            y += (double) pair.y[v - step[a]] + pair.y[v + step[a]] - 2.0 * pair.y[v];
        }
        if (x + y == x + y) {
            Differences.add(sums, x, y);
        }
    }

    /** Edge preservation, the ratio of summed lengths of slopes, second image over first. */
    static Measured ratio(List<Pair> channels, Settings s) {
        return Measured.of(
                        Metric.EPI_RATIO,
                        sum(channels, s, 3, slopes -> slopes::lengths),
                        sums -> sums[2] / sums[1],
                        "the reference has no slopes, or no voxel has a next one with a value.")
                .withNote("1 keeps every slope; above 1 slopes were added or are noise");
    }

    private void lengths(int v, int[] at, double[] sums) {
        double x = length(pair.x, v, at);
        double y = length(pair.y, v, at);
        if (x + y == x + y) {
            sums[0]++;
            sums[1] += x;
            sums[2] += y;
        }
    }

    /**
     * Edge preservation, the ratio of summed lengths of slopes at the edges of the first image:
     * where its slope is as long as Otsu's threshold of all of them that are not 0, or longer. No
     * mask of edges is needed; where one is given, edges are looked for in it.
     */
    static Measured edges(List<Pair> channels, Settings s) {
        return Measured.of(
                        Metric.EPI_EDGES,
                        sum(channels, s, 3, Slopes::atEdges),
                        sums -> sums[2] / sums[1],
                        "the reference has no slopes, or no voxel has a next one with a value.")
                .withNote("1 keeps every edge of the reference; slopes elsewhere do not count");
    }

    private Seen atEdges() {
        float[] slopes = new float[pair.x.length];
        int slice = pair.g.ni() * pair.g.nj();
        Parallel.forEach(
                pair.g.nk(),
                k -> {
                    int[] at = {0, 0, k};
                    for (int n = 0; n < slice; n++) {
                        at[0] = n % pair.g.ni();
                        at[1] = n / pair.g.ni();
                        int v = k * slice + n;
                        slopes[v] = pair.counts(v) ? (float) length(pair.x, v, at) : Float.NaN;
                    }
                });
        double edge = Otsu.threshold(slopes);
        return (v, at, sums) -> {
            if (slopes[v] >= edge) {
                lengths(v, at, sums);
            }
        };
    }
}
