package org.diapason.quality;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.diapason.volume.RefusedException;
import org.diapason.volume.Volume;

/**
 * Figures of a fused image beside its two sources.
 *
 * <p>What compares two images is the mean of source A beside the fused image and source B beside
 * it, but mutual information, which is their sum (Qu, Zhang and Yan 2002), and its normalised form
 * {@code 2 (I(A; F)/(H(A) + H(F)) + I(B; F)/(H(B) + H(F)))} (Hossny et al. 2008), 0 to 2. PSNR is
 * of the mean of both errors. Figures of one image alone are of the fused one.
 *
 * @param together figures of all three, in their order
 * @param byA source A beside the fused image
 * @param byB source B beside the fused image
 */
public record FusionQuality(
        Map<Metric, Figure> together, Map<Metric, Figure> byA, Map<Metric, Figure> byB) {

    private static final String EDGES =
            "edges of the sources differ, so no fused image reaches 1 beside both";

    private static final String CONSTANT = "the fused image and a source are both constant.";

    private static final String WHICH =
            "it is for bands sharpened by another image, and which source is the sharp one was not"
                    + " said. Say it: --sharp A, or --sharp B.";

    /** Which images a sharpened one was made of. */
    public enum Sharp {
        /** The first source lent its sharpness to the second. */
        A,
        /** The second source lent its sharpness to the first. */
        B
    }

    /**
     * Judges a fused image.
     *
     * @param sharp which source lent its sharpness, for QNR; where it is not said, the one of one
     *     channel where the other has as many as the fused image
     * @param low the source that is not sharp on its own coarser grid; empty where it is only known
     *     on the grid of the fused image
     * @throws RefusedException if the images do not lie on one grid or their channels do not fit
     */
    public static FusionQuality of(
            Volume fused,
            Volume a,
            Volume b,
            Optional<Sharp> sharp,
            Optional<Volume> low,
            Collection<Metric> wanted,
            Settings settings) {
        Comparison byA = new Comparison(a, fused, settings);
        Comparison byB = new Comparison(b, fused, settings);
        Map<Metric, Figure> together = new EnumMap<>(Metric.class);
        Map<Metric, Figure> figuresA = new EnumMap<>(Metric.class);
        Map<Metric, Figure> figuresB = new EnumMap<>(Metric.class);
        Map<Metric, Measured> sharpened = sharpened(fused, a, b, sharp, low, wanted, settings);
        for (Metric metric : wanted) {
            Measured made =
                    sharpened.containsKey(metric)
                            ? sharpened.get(metric)
                            : measured(metric, byA, byB, settings);
            together.put(metric, noted(made).figure(settings));
            if (!metric.ofThree() && !metric.ofOne()) {
                figuresA.put(metric, noted(byA.measured(metric)).figure(settings));
                figuresB.put(metric, noted(byB.measured(metric)).figure(settings));
            }
        }
        return new FusionQuality(together, figuresA, figuresB);
    }

    private static Measured noted(Measured made) {
        if (made.metric() != Metric.EPI && made.metric() != Metric.EPI_RATIO) {
            return made;
        }
        return made.withNote(made.note().isEmpty() ? EDGES : made.note() + "; " + EDGES);
    }

    private static Measured measured(
            Metric metric, Comparison byA, Comparison byB, Settings settings) {
        if (metric == Metric.QABF) {
            return EdgeTransfer.of(byA.channels(), byB.channels(), settings.literature());
        }
        if (metric == Metric.SCD) {
            return differences(byA.channels(), byB.channels());
        }
        Measured a = byA.measured(metric);
        if (metric.ofOne()) {
            return a;
        }
        Measured b = byB.measured(metric);
        return switch (metric) {
            case MI -> Measured.both(metric, a, b, Double::sum);
            case NMI -> normalised(byA, byB);
            case PSNR -> peak(a, byA, byB, settings);
            default -> Measured.both(metric, a, b, (p, q) -> (p + q) / 2);
        };
    }

    private static Measured normalised(Comparison byA, Comparison byB) {
        Measured a = byA.measured(Metric.MI);
        Measured b = byB.measured(Metric.MI);
        String undefined =
                Pair.none(byA.channels()) || Pair.none(byB.channels())
                        ? Differences.NONE
                        : CONSTANT;
        return Measured.both(
                Metric.NMI,
                Measured.of(Metric.NMI, a.tally(), JointHistogram.shared(), undefined),
                Measured.of(Metric.NMI, b.tally(), JointHistogram.shared(), undefined),
                Double::sum);
    }

    private static Measured peak(Measured a, Comparison byA, Comparison byB, Settings settings) {
        if (settings.range().isEmpty()) {
            return a;
        }
        double range = settings.range().get().width();
        Measured mse =
                Measured.both(
                        Metric.PSNR,
                        byA.measured(Metric.MSE),
                        byB.measured(Metric.MSE),
                        (p, q) -> Differences.psnr((p + q) / 2, range));
        return Measured.of(Metric.PSNR, mse.tally(), mse.finish(), a.undefined());
    }

    /**
     * {@code r(F − B, A) + r(F − A, B)}: Aslantas and Bendes 2015, AEU 69(12):1890–1896,
     * doi:10.1016/j.aeue.2015.09.004, eq. 3.
     */
    private static Measured differences(List<Pair> byA, List<Pair> byB) {
        Tally all = null;
        double a = Pair.mean(byA, true);
        double b = Pair.mean(byB, true);
        double f = Pair.mean(byA, false);
        for (int c = 0; c < Math.max(byA.size(), byB.size()); c++) {
            Pair pa = byA.get(Math.min(c, byA.size() - 1));
            Pair pb = byB.get(Math.min(c, byB.size() - 1));
            Tally one = difference(pa, pb, f - b, a).beside(difference(pb, pa, f - a, b));
            all = all == null ? one : all.plus(one);
        }
        double nothing =
                Differences.rounding(
                        Math.max(
                                Pair.largest(byA, false),
                                Math.max(Pair.largest(byA, true), Pair.largest(byB, true))));
        return Measured.of(
                Metric.SCD,
                all,
                s ->
                        Differences.correlation(s, 0, nothing)
                                + Differences.correlation(s, Differences.SUMS, nothing),
                "a source is constant, or the fused image less a source is.");
    }

    /**
     * Sums of the fused image less one source, beside the other source.
     *
     * @param d0 near which the sums of that difference are taken
     * @param x0 the same of the source
     */
    private static Tally difference(Pair source, Pair other, double d0, double x0) {
        return Tally.overVoxels(
                source.cells,
                Differences.SUMS,
                (i0, i1, j, k, sums) -> {
                    int row = source.g.index(0, j, k);
                    for (int v = row + i0; v < row + i1; v++) {
                        if (source.counts(v) && other.counts(v)) {
                            double d = (double) source.y[v] - other.x[v];
                            Differences.add(sums, d - d0, source.x[v] - x0);
                        }
                    }
                });
    }

    private static Map<Metric, Measured> sharpened(
            Volume fused,
            Volume a,
            Volume b,
            Optional<Sharp> sharp,
            Optional<Volume> low,
            Collection<Metric> wanted,
            Settings settings) {
        if (wanted.stream().noneMatch(Qnr.METRICS::contains)) {
            return Map.of();
        }
        Optional<Sharp> known = sharp.isPresent() ? sharp : byChannels(fused, a, b);
        if (known.isEmpty()) {
            Map<Metric, Measured> none = new EnumMap<>(Metric.class);
            Qnr.METRICS.forEach(m -> none.put(m, Measured.none(m, WHICH)));
            return none;
        }
        Volume lent = known.get() == Sharp.A ? a : b;
        Volume bands = low.orElse(known.get() == Sharp.A ? b : a);
        return new Qnr(fused, bands, lent, settings).measured();
    }

    private static Optional<Sharp> byChannels(Volume fused, Volume a, Volume b) {
        if (fused.channels() == 1 || a.channels() == b.channels()) {
            return Optional.empty();
        }
        return Optional.of(a.channels() == 1 ? Sharp.A : Sharp.B);
    }
}
