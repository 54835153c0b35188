package org.diapason.quality;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Entropies of counts in equal bins, and what is made of them.
 *
 * <p>Bins lie as NumPy lays them: edges {@code low + b (high − low)/n}, a value on an edge in the
 * bin above, the highest in the last. They span each image's own least to most value, so that gain
 * and offset change nothing, unless the low end of the data range was given; then they span that,
 * and what lies beyond is counted at its ends.
 */
final class JointHistogram {
    /** Of scikit-image's normalised mutual information. */
    static final int NMI_BINS = 100;

    static final int BINS = 256;

    private static final double LN2 = StrictMath.log(2);

    private JointHistogram() {}

    /** The bins of one image. */
    private record Edges(double low, double high, double[] at) {
        static Edges of(double low, double high, int bins) {
            double[] at = new double[bins + 1];
            for (int b = 0; b < bins; b++) {
                at[b] = low + b * ((high - low) / bins);
            }
            at[bins] = high;
            return new Edges(low, high, at);
        }

        /** Of values that are scaled to 0 … last and rounded, halves up. */
        static Edges rounded(double low, double high, int last) {
            double[] at = new double[last + 2];
            for (int b = 0; b <= last + 1; b++) {
                at[b] = low + (b - 0.5) * ((high - low) / last);
            }
            return new Edges(at[0], at[last + 1], at);
        }

        int bin(double value) {
            int last = at.length - 2;
            int b = (int) ((value - low) / (high - low) * (last + 1));
            b = Math.max(0, Math.min(last, b));
            while (b > 0 && value < at[b]) {
                b--;
            }
            while (b < last && value >= at[b + 1]) {
                b++;
            }
            return b;
        }
    }

    private static Edges edges(List<Pair> channels, boolean ofX, int bins, Settings s) {
        if (s.range().isPresent() && !Double.isNaN(s.range().get().low())) {
            DataRange r = s.range().get();
            return Edges.of(r.low(), r.low() + r.width(), bins);
        }
        return own(channels, ofX, bins);
    }

    private static Edges own(List<Pair> channels, boolean ofX, int bins) {
        double low = channels.stream().mapToDouble(p -> p.least(ofX)).min().orElseThrow();
        double high = channels.stream().mapToDouble(p -> p.most(ofX)).max().orElseThrow();
        // NumPy gives a constant image a range of 1 around it
        return low == high ? Edges.of(low - 0.5, high + 0.5, bins) : Edges.of(low, high, bins);
    }

    private static Tally count(List<Pair> channels, Edges ex, Edges ey, Settings s) {
        int nx = ex.at.length - 1;
        int ny = ey.at.length - 1;
        Tally all = null;
        for (Pair pair : channels) {
            Tally one =
                    Tally.overVoxels(
                            s.draws() > 0 ? pair.cells : pair.cells.strips(),
                            1 + nx * ny,
                            (i0, i1, j, k, sums) -> {
                                int row = pair.g.index(0, j, k);
                                for (int v = row + i0; v < row + i1; v++) {
                                    if (pair.counts(v)) {
                                        sums[0]++;
                                        sums[1 + ex.bin(pair.x[v]) * ny + ey.bin(pair.y[v])]++;
                                    }
                                }
                            });
            all = all == null ? one : all.plus(one);
        }
        return all;
    }

    /** Mutual information in bits, 256 bins an image. */
    static Measured mutualInformation(List<Pair> channels, Settings s) {
        Edges ex = edges(channels, true, BINS, s);
        Edges ey = edges(channels, false, BINS, s);
        Tally counts = count(channels, ex, ey, s);
        Measured found =
                Measured.of(Metric.MI, counts, JointHistogram::information, Differences.NONE);
        return s.literature() && !Pair.none(channels) ? found.with(vifb(channels, s)) : found;
    }

    private static Measured.Variant vifb(List<Pair> channels, Settings s) {
        Edges[] edges = new Edges[2];
        for (int side = 0; side < 2; side++) {
            Edges own = own(channels, side == 0, BINS);
            edges[side] = Edges.rounded(own.low, own.high, BINS - 1);
        }
        return new Measured.Variant(
                "VIFB metricsMutinf",
                count(channels, edges[0], edges[1], s),
                sums -> information(sums) * LN2,
                "takes natural logarithms (nat, not bit), and bins that are rounded, so that the"
                        + " first and the last of 256 are half as wide");
    }

    private static double information(double[] sums) {
        double[] h = entropies(sums, BINS);
        return Math.max(0, h[0] + h[1] - h[2]);
    }

    /**
     * {@code 2 I(x; y) / (H(x) + H(y))} of the sums of {@link #mutualInformation}: a term of
     * Hossny, Nahavandi and Creighton 2008, Electronics Letters 44(18):1066–1067.
     */
    static ToDoubleFunction<double[]> shared() {
        return sums -> {
            double[] h = entropies(sums, BINS);
            return 2 * (h[0] + h[1] - h[2]) / (h[0] + h[1]);
        };
    }

    /** {@code (H(x) + H(y)) / H(x, y)}, 100 bins over each image's own values. */
    static Measured normalised(List<Pair> channels, Settings s) {
        Tally counts =
                count(channels, own(channels, true, NMI_BINS), own(channels, false, NMI_BINS), s);
        return Measured.of(
                Metric.NMI,
                counts,
                sums -> {
                    double[] h = entropies(sums, NMI_BINS);
                    return (h[0] + h[1]) / h[2];
                },
                Pair.none(channels) ? Differences.NONE : "both images are constant.");
    }

    /** Entropy of the second image in bits, 256 bins. */
    static Measured entropy(List<Pair> channels, Settings s) {
        Edges one = Edges.of(0, 1, 1);
        Edges ey = edges(channels, false, BINS, s);
        return Measured.of(
                Metric.ENTROPY,
                count(channels, one, ey, s),
                sums -> entropies(sums, BINS)[1],
                Differences.NONE);
    }

    /** Returns the entropies of x, of y and of both in bits. */
    private static double[] entropies(double[] sums, int ny) {
        int nx = (sums.length - 1) / ny;
        double[] px = new double[nx];
        double[] py = new double[ny];
        double both = 0;
        for (int a = 0; a < nx; a++) {
            for (int b = 0; b < ny; b++) {
                double count = sums[1 + a * ny + b];
                px[a] += count;
                py[b] += count;
                both += plogp(count, sums[0]);
            }
        }
        return new double[] {entropy(px, sums[0]), entropy(py, sums[0]), both};
    }

    private static double entropy(double[] counts, double n) {
        double sum = 0;
        for (double count : counts) {
            sum += plogp(count, n);
        }
        return sum;
    }

    private static double plogp(double count, double n) {
        return count == 0
                ? (n == 0 ? Double.NaN : 0)
                : -count / n * StrictMath.log(count / n) / LN2;
    }
}
