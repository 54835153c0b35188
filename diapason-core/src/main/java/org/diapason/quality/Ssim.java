package org.diapason.quality;

import java.util.List;
import java.util.function.IntBinaryOperator;
import org.diapason.math.Boundary;
import org.diapason.volume.Geometry;

/**
 * Structural similarity: Wang, Bovik, Sheikh and Simoncelli 2004, IEEE TIP 13(4):600–612,
 * doi:10.1109/TIP.2003.819861, eq. 13, and its mean over all windows that lie inside, eq. 17; K1 =
 * 0.01, K2 = 0.03.
 *
 * <p>A window spans every axis of more than one voxel, so that volumes are compared in cubes unless
 * slices stand for themselves. It counts where all its voxels have values in both images and its
 * middle lies in the mask.
 */
final class Ssim {
    private static final double K1 = 0.01;
    private static final double K2 = 0.03;
    private static final double[] WANG = Windows.gaussian(11, 1.5);

    /** Of the five scales, from fine to coarse: Wang, Simoncelli and Bovik 2003. */
    private static final double[] EXPONENTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};

    /** The coarsest scale of 161 voxels has 11. */
    private static final int LEAST_MULTISCALE = 161;

    private Ssim() {}

    /** Writes SSIM, and its product of contrast and structure where there is room for it. */
    private static Pair.Formula formula(double range, double offset, double covariance) {
        double c1 = K1 * range * K1 * range;
        double c2 = K2 * range * K2 * range;
        return (means, n, out) -> {
            if (out.length == 1) {
                similarity(means, n, out[0], c1, c2, 2 * offset, covariance);
            } else {
                both(means, n, out, c1, c2, 2 * offset, covariance);
            }
        };
    }

    private static void similarity(
            double[][] means, int n, double[] out, double c1, double c2, double add, double f) {
        double[] mp = means[0];
        double[] mq = means[1];
        double[] pp = means[2];
        double[] qq = means[3];
        for (int i = 0; i < n; i++) {
            double vp = f * (pp[i] - mp[i] * mp[i]);
            double vq = f * (qq[i] - mq[i] * mq[i]);
            double p = (mp[i] + add) * (mp[i] + add);
            double q = mq[i] * mq[i];
            out[i] =
                    (0.5 * (p - q) + c1)
                            * (0.5 * (vp - vq) + c2)
                            / ((0.5 * (p + q) + c1) * (0.5 * (vp + vq) + c2));
        }
    }

    private static void both(
            double[][] means, int n, double[][] out, double c1, double c2, double add, double f) {
        for (int i = 0; i < n; i++) {
            double mp = means[0][i];
            double mq = means[1][i];
            double vp = f * (means[2][i] - mp * mp);
            double vq = f * (means[3][i] - mq * mq);
            double p = (mp + add) * (mp + add);
            double q = mq * mq;
            double cs = (0.5 * (vp - vq) + c2) / (0.5 * (vp + vq) + c2);
            out[0][i] = (0.5 * (p - q) + c1) / (0.5 * (p + q) + c1) * cs;
            out[1][i] = cs;
        }
    }

    private static Tally tally(
            List<Pair> channels, double[] w, double range, boolean bySlices, boolean sample) {
        Tally all = null;
        for (Pair pair : channels) {
            double[][] weights = Windows.on(pair.g, w, bySlices);
            double voxels = Windows.voxels(weights);
            Pair.Formula f = formula(range, pair.offset, sample ? voxels / (voxels - 1) : 1);
            Tally one = pair.overWindows(weights, true, 1, 1, f);
            all = all == null ? one : all.plus(one);
        }
        return all;
    }

    static double mean(double[] sums) {
        return sums[0] > 0 ? sums[1] / sums[0] : Double.NaN;
    }

    /** SSIM of Wang's window: Gaussian of σ = 1.5 voxels and 11 taps, population covariance. */
    static Measured gaussian(List<Pair> channels, double range, Settings s) {
        Geometry g = channels.get(0).g;
        Measured found =
                Measured.of(
                        Metric.SSIM,
                        tally(channels, WANG, range, s.bySlices(), false),
                        Ssim::mean,
                        Windows.none(Windows.on(g, WANG, s.bySlices())));
        return s.literature() ? literature(found, channels, range, s) : found;
    }

    /** SSIM as scikit-image computes it by default: cubes of 7, sample covariance. */
    static Measured uniform(List<Pair> channels, double range, Settings s) {
        double[] box = Windows.box(7);
        return Measured.of(
                Metric.SSIM_UNIFORM_7,
                tally(channels, box, range, s.bySlices(), true),
                Ssim::mean,
                Windows.none(Windows.on(channels.get(0).g, box, s.bySlices())));
    }

    private static Measured literature(
            Measured found, List<Pair> channels, double range, Settings s) {
        Geometry g = channels.get(0).g;
        Measured more =
                found.with(
                        new Measured.Variant(
                                "scikit-image, gaussian_weights=True, sigma=1.5 alone",
                                tally(channels, WANG, range, s.bySlices(), true),
                                Ssim::mean,
                                "keeps the sample covariance n/(n - 1) with n voxels of the window"
                                        + " although its weights are not equal; Wang's paper needs"
                                        + " use_sample_covariance=False too"));
        more =
                more.with(
                        new Measured.Variant(
                                "scikit-image before 0.15, use_sample_covariance=False",
                                tally(
                                        grown(channels, 1, Boundary.MIRROR::at, s),
                                        Windows.gaussian(13, 1.5),
                                        range,
                                        s.bySlices(),
                                        false),
                                Ssim::mean,
                                "cuts the Gaussian at 4 instead of 3.5 sigma, so that it has 13"
                                        + " taps, but leaves out the same border of 5 voxels, for"
                                        + " which images are mirrored by one"));
        more =
                more.with(
                        new Measured.Variant(
                                "torchmetrics 1.9",
                                tally(
                                        grown(channels, 5, Ssim::reflected, s),
                                        WANG,
                                        range,
                                        s.bySlices(),
                                        false),
                                Ssim::mean,
                                "takes windows around every voxel, those at the border of mirrored"
                                        + " voxels"));
        int step = (int) Math.max(1, Math.floor(Math.min(g.ni(), g.nj()) / 256.0 + 0.5));
        if (g.nk() > 1 || step == 1) {
            return more;
        }
        List<Pair> coarse = channels.stream().map(p -> Halving.averaged(p, step)).toList();
        return more.with(
                new Measured.Variant(
                        "Wang's ssim.m",
                        tally(coarse, WANG, range, true, false),
                        Ssim::mean,
                        "first averages and takes every "
                                + step
                                + "th pixel, the shorter side over 256, rounded"));
    }

    /** Mirrors at the last voxel itself, of an axis that is longer than the reach. */
    private static int reflected(int at, int n) {
        int inside = Math.abs(at);
        return inside < n ? inside : Math.max(0, 2 * n - 2 - inside);
    }

    private static List<Pair> grown(
            List<Pair> channels, int by, IntBinaryOperator boundary, Settings s) {
        return channels.stream().map(p -> p.grown(by, boundary, s.bySlices())).toList();
    }

    /**
     * Multi-scale SSIM: Wang, Simoncelli and Bovik 2003, Asilomar, doi:10.1109/ACSSC.2003.1292216,
     * eq. 7. Each scale halves by means of two; a last odd voxel stays as it is, so 161 voxels end
     * as 11. Means over windows come before powers; a negative mean is counted as 0.
     */
    static Measured multiScale(List<Pair> channels, double range, Settings s) {
        Geometry g = channels.get(0).g;
        for (int a = 0; a < (s.bySlices() ? 2 : 3); a++) {
            if (g.size(a) < LEAST_MULTISCALE && g.size(a) > 1) {
                return Measured.none(
                        Metric.MS_SSIM,
                        "the image has "
                                + g.size(a)
                                + " voxels along an axis, and five scales need "
                                + LEAST_MULTISCALE
                                + (a == 2 ? ". Compare slices: --by-slices." : "."));
            }
        }
        Tally all = null;
        for (Pair channel : channels) {
            Tally scales = null;
            Pair pair = channel;
            for (int scale = 0; scale < EXPONENTS.length; scale++) {
                pair = scale == 0 ? pair : Halving.of(pair, s.bySlices());
                double[][] weights = Windows.on(pair.g, WANG, s.bySlices());
                Pair.Formula f = formula(range, pair.offset, 1);
                Tally one = pair.overWindows(weights, true, 2, 1, f);
                scales = scales == null ? one : scales.beside(one);
            }
            all = all == null ? scales : all.plus(scales);
        }
        double[] total = all.total();
        boolean negative = total[3 * EXPONENTS.length - 2] < 0;
        for (int scale = 0; scale < EXPONENTS.length - 1; scale++) {
            negative |= total[3 * scale + 2] < 0;
        }
        Measured found =
                Measured.of(
                        Metric.MS_SSIM,
                        all,
                        Ssim::product,
                        Windows.none(Windows.on(g, WANG, s.bySlices())));
        return negative ? found.withNote("a scale's mean is negative and was counted as 0") : found;
    }

    /** Takes count, SSIM and contrast × structure of each scale. */
    private static double product(double[] sums) {
        int last = EXPONENTS.length - 1;
        double product = 1;
        for (int scale = 0; scale <= last; scale++) {
            double mean = sums[3 * scale + (scale == last ? 1 : 2)] / sums[3 * scale];
            product *= StrictMath.pow(mean < 0 ? 0 : mean, EXPONENTS[scale]);
        }
        return product;
    }
}
