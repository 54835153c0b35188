package org.diapason.quality;

import java.util.List;

/** Figures of values at the same voxel: errors, correlation, ERGAS. */
final class Differences {
    /** Of the sum of squares: what is left of a spread that is none. */
    private static final double FLAT = 1e-13;

    static final int SUMS = 7;
    private static final int N = 0;
    private static final int X = 1;
    private static final int Y = 2;
    private static final int XX = 3;
    private static final int YY = 4;
    private static final int XY = 5;
    private static final int DD = 6;

    static final String NONE = "no voxel of the mask has a value in both images.";

    private Differences() {}

    /** Returns count, Σx, Σy, Σx², Σy², Σxy of values less the offset, and Σ(x − y)². */
    static Tally sums(Pair pair) {
        float[] x = pair.x;
        float[] y = pair.y;
        double offset = pair.offset;
        return Tally.overVoxels(
                pair.cells,
                SUMS,
                (i0, i1, j, k, sums) -> {
                    int row = pair.g.index(0, j, k);
                    for (int v = row + i0; v < row + i1; v++) {
                        if (pair.counts(v)) {
                            add(sums, x[v] - offset, y[v] - offset);
                        }
                    }
                });
    }

    /** Adds a pair of values to seven sums. */
    static void add(double[] sums, double x, double y) {
        sums[N]++;
        sums[X] += x;
        sums[Y] += y;
        sums[XX] += x * x;
        sums[YY] += y * y;
        sums[XY] += x * y;
        sums[DD] += (x - y) * (x - y);
    }

    private static Tally all(List<Pair> channels) {
        return channels.stream().map(Differences::sums).reduce(Tally::plus).orElseThrow();
    }

    static double mse(double[] sums) {
        return sums[DD] / sums[N];
    }

    static Measured mse(List<Pair> channels) {
        return Measured.of(Metric.MSE, all(channels), Differences::mse, NONE);
    }

    /** {@code 10 log10(L²/MSE)}. */
    static Measured psnr(List<Pair> channels, double range) {
        return Measured.of(
                Metric.PSNR,
                all(channels),
                sums -> psnr(mse(sums), range),
                channels.get(0).none() ? NONE : "the images are equal, so it is infinite.");
    }

    static double psnr(double mse, double range) {
        return 10 * StrictMath.log10(range * range / mse);
    }

    /** Pearson's correlation of seven sums from {@code at} on; NaN where a side is constant. */
    static double correlation(double[] sums, int at) {
        double n = sums[at];
        double xx = sums[at + XX] - sums[at + X] * sums[at + X] / n;
        double yy = sums[at + YY] - sums[at + Y] * sums[at + Y] / n;
        double xy = sums[at + XY] - sums[at + X] * sums[at + Y] / n;
        boolean flat = !(xx > FLAT * sums[at + XX]) || !(yy > FLAT * sums[at + YY]);
        return flat ? Double.NaN : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
    }

    static Measured ncc(List<Pair> channels) {
        Tally sums = null;
        for (Pair pair : channels) {
            // one offset for all, or their sums could not be added
            Pair same = pair.around(channels.get(0).offset);
            sums = sums == null ? sums(same) : sums.plus(sums(same));
        }
        return Measured.of(
                Metric.NCC,
                sums,
                s -> correlation(s, 0),
                channels.get(0).none() ? NONE : "one of the images is constant.");
    }

    /**
     * {@code 100 h/l √(mean over bands of MSE/μ²)}, μ the mean of the reference: Wald 2000, Fusion
     * of Earth Data, p. 99–103.
     */
    static Measured ergas(List<Pair> bands, double ratio) {
        Tally all = null;
        for (Pair band : bands) {
            Tally one = sums(band);
            all = all == null ? one : all.beside(one);
        }
        double[] offset = bands.stream().mapToDouble(p -> p.offset).toArray();
        return Measured.of(
                Metric.ERGAS,
                all,
                sums -> {
                    double sum = 0;
                    for (int b = 0; b < offset.length; b++) {
                        double n = sums[SUMS * b];
                        double mean = sums[SUMS * b + X] / n + offset[b];
                        sum += sums[SUMS * b + DD] / n / (mean * mean);
                    }
                    return 100 * ratio * Math.sqrt(sum / offset.length);
                },
                bands.get(0).none() ? NONE : "a band of the reference has mean 0.");
    }
}
