package org.diapason.quality;

import java.util.List;

/** Figures of values at the same voxel: errors, correlation, ERGAS. */
final class Differences {
    /** Of the sum of squares: what is left of a spread that is none. */
    private static final double FLAT = 1e-13;

    /** How many sums {@link #correlation} takes: count, Σx, Σy, Σx², Σy², Σxy. */
    static final int SUMS = 6;

    private static final int N = 0;
    private static final int X = 1;
    private static final int Y = 2;
    private static final int XX = 3;
    private static final int YY = 4;
    private static final int XY = 5;

    /** Beside the count, of {@link #errors}. */
    private static final int ERRORS = 4;

    private static final int DD = 1;
    private static final int MEAN = 2;
    private static final int SIZE = 3;

    /** Of the mean size of values: what is left of a mean that is none. */
    private static final double NO_MEAN = 1e-12;

    static final String NONE = "no voxel of the mask has a value in both images.";

    private Differences() {}

    /** Returns count, Σ(x − y)², Σx and Σ|x|. */
    private static Tally errors(Pair pair) {
        float[] x = pair.x;
        float[] y = pair.y;
        return Tally.overVoxels(
                pair.cells,
                ERRORS,
                (i0, i1, j, k, sums) -> {
                    int row = pair.g.index(0, j, k);
                    for (int v = row + i0; v < row + i1; v++) {
                        if (pair.counts(v)) {
                            double d = (double) x[v] - y[v];
                            sums[N]++;
                            sums[DD] += d * d;
                            sums[MEAN] += x[v];
                            sums[SIZE] += Math.abs(x[v]);
                        }
                    }
                });
    }

    /** Adds a pair of values to the sums of a correlation. */
    static void add(double[] sums, double x, double y) {
        sums[N]++;
        sums[X] += x;
        sums[Y] += y;
        sums[XX] += x * x;
        sums[YY] += y * y;
        sums[XY] += x * y;
    }

    private static Tally errors(List<Pair> channels) {
        return channels.stream().map(Differences::errors).reduce(Tally::plus).orElseThrow();
    }

    static double mse(double[] sums) {
        return sums[DD] / sums[N];
    }

    static Measured mse(List<Pair> channels) {
        return Measured.of(Metric.MSE, errors(channels), Differences::mse, NONE);
    }

    /** {@code 10 log10(L²/MSE)}. */
    static Measured psnr(List<Pair> channels, double range) {
        return Measured.of(
                Metric.PSNR,
                errors(channels),
                sums -> psnr(mse(sums), range),
                Pair.none(channels) ? NONE : "the images are equal, so it is infinite.");
    }

    static double psnr(double mse, double range) {
        return 10 * StrictMath.log10(range * range / mse);
    }

    /**
     * Pearson's correlation of the sums from {@code at} on; NaN where a side is constant.
     *
     * @param nothing a variance of either side that is none
     */
    static double correlation(double[] sums, int at, double nothing) {
        double n = sums[at];
        double xx = sums[at + XX] - sums[at + X] * sums[at + X] / n;
        double yy = sums[at + YY] - sums[at + Y] * sums[at + Y] / n;
        double xy = sums[at + XY] - sums[at + X] * sums[at + Y] / n;
        boolean flat =
                !(xx > FLAT * sums[at + XX] + n * nothing)
                        || !(yy > FLAT * sums[at + YY] + n * nothing);
        return flat ? Double.NaN : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
    }

    /**
     * Returns the variance that rounding to float alone gives sums and differences of a few values.
     *
     * @param largest absolute value
     */
    static double rounding(double largest) {
        double most = 4 * 0x1p-24 * largest;
        return most * most;
    }

    /** Sums of each image less its own mean, or that of the larger would swallow the other. */
    static Measured ncc(List<Pair> channels) {
        double mx = Pair.mean(channels, true);
        double my = Pair.mean(channels, false);
        Tally all = null;
        for (Pair pair : channels) {
            Tally one =
                    Tally.overVoxels(
                            pair.cells,
                            SUMS,
                            (i0, i1, j, k, sums) -> {
                                int row = pair.g.index(0, j, k);
                                for (int v = row + i0; v < row + i1; v++) {
                                    if (pair.counts(v)) {
                                        add(sums, pair.x[v] - mx, pair.y[v] - my);
                                    }
                                }
                            });
            all = all == null ? one : all.plus(one);
        }
        return Measured.of(
                Metric.NCC,
                all,
                s -> correlation(s, 0, 0),
                Pair.none(channels) ? NONE : "one of the images is constant.");
    }

    /**
     * {@code 100 h/l √(mean over bands of MSE/μ²)}, μ the mean of the reference: Wald 2000, Fusion
     * of Earth Data, p. 99–103.
     */
    static Measured ergas(List<Pair> bands, double ratio) {
        Tally all = bands.stream().map(Differences::errors).reduce(Tally::beside).orElseThrow();
        return Measured.of(
                Metric.ERGAS,
                all,
                sums -> {
                    double sum = 0;
                    for (int b = 0; b < sums.length; b += ERRORS) {
                        double mean = sums[b + MEAN] / sums[b];
                        boolean none = Math.abs(sums[b + MEAN]) <= NO_MEAN * sums[b + SIZE];
                        sum += none ? Double.NaN : sums[b + DD] / sums[b] / (mean * mean);
                    }
                    return 100 * ratio * Math.sqrt(sum * ERRORS / sums.length);
                },
                bands.stream().anyMatch(Pair::none)
                        ? "a band has no voxel of the mask with a value in both images."
                        : "a band of the reference has mean 0.");
    }
}
