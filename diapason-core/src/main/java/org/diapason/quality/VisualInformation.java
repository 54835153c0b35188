package org.diapason.quality;

import java.util.List;
import org.diapason.math.LocalMoments;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Visual information fidelity in the pixel domain: Sheikh and Bovik 2006, IEEE TIP 15(2):430–444,
 * doi:10.1109/TIP.2005.859378, as in the authors' {@code vifp_mscale}: four scales, Gaussian
 * windows of 17, 9, 5 and 3 pixels and σ of a fifth of that, natural logarithms (their ratio has no
 * base), its 10⁻¹⁰ beside variances, and a noise of variance 2 on a range of 255, so {@code 2
 * (L/255)²}.
 *
 * <p>Slices stand for themselves. A window counts where all its pixels have values and its middle
 * is in the mask.
 */
final class VisualInformation {
    private static final int SCALES = 4;

    /** What the coarsest window needs after three times half of what is inside. */
    private static final int LEAST = 41;

    private static final double NOISE = 2 / (255.0 * 255.0);

    /** Beside variances on a range of 255. */
    private static final double NOTHING = 1e-10;

    /** The same of piq. */
    private static final double PIQ = 1e-8;

    private VisualInformation() {}

    /** How much of the first image's information the second keeps; above 1 where it enhances. */
    static Measured of(List<Pair> channels, double range, boolean literature) {
        Geometry g = channels.get(0).g;
        if (Math.min(g.ni(), g.nj()) < LEAST) {
            return Measured.none(
                    Metric.VIF,
                    "a slice has "
                            + g.ni()
                            + " × "
                            + g.nj()
                            + " pixels, and four scales need 41 × 41.");
        }
        Tally all = tally(channels, range, NOTHING);
        Measured found =
                Measured.of(
                        Metric.VIF,
                        all,
                        VisualInformation::ratio,
                        all.total()[0] > 0
                                ? "the reference has no information: it is flat everywhere."
                                : "no window holds values only.");
        return literature
                ? found.with(
                        new Measured.Variant(
                                "piq 0.8 vif_p",
                                tally(channels, range, PIQ),
                                VisualInformation::ratio,
                                "takes 1e-8 for the 1e-10 of the authors, below which a variance is"
                                        + " none"))
                : found;
    }

    private static double ratio(double[] sums) {
        return sums[1] / sums[2];
    }

    private static Tally tally(List<Pair> channels, double range, double none) {
        Tally all = null;
        for (Pair channel : channels) {
            Pair pair = channel;
            for (int scale = 1; scale <= SCALES; scale++) {
                int n = (1 << (SCALES - scale + 1)) + 1;
                double[][] weights = Windows.on(pair.g, Windows.gaussian(n, n / 5.0), true);
                // background is flat and the least: sums near it keep variances of 1e-10
                pair = scale == 1 ? pair : halved(pair, weights);
                pair = pair.around(pair.none() ? 0 : pair.least(true));
                Tally one =
                        pair.overWindows(
                                weights, false, 2, 1, (m, w, o) -> add(m, w, o, range, none));
                all = all == null ? one : all.plus(one);
            }
        }
        return all;
    }

    private static void add(double[][] means, int n, double[][] out, double range, double none) {
        double noise = NOISE * range * range;
        double nothing = none / (255.0 * 255.0) * range * range;
        for (int i = 0; i < n; i++) {
            double mx = means[0][i];
            double my = means[1][i];
            double vx = Math.max(0, means[2][i] - mx * mx);
            double vy = Math.max(0, means[3][i] - my * my);
            double gain = (means[4][i] - mx * my) / (vx + nothing);
            double rest = vy - gain * (means[4][i] - mx * my);
            if (vx < nothing || vy < nothing) {
                gain = 0;
                rest = vy < nothing ? 0 : vy;
                vx = vx < nothing ? 0 : vx;
            }
            if (gain < 0) {
                gain = 0;
                rest = vy;
            }
            out[0][i] = StrictMath.log1p(gain * gain * vx / (Math.max(nothing, rest) + noise));
            out[1][i] = StrictMath.log1p(vx / noise);
        }
    }

    /** Returns both images blurred by the window where it lies inside, every second pixel. */
    private static Pair halved(Pair pair, double[][] weights) {
        Geometry g = pair.g;
        int wi = g.ni() - weights[0].length + 1;
        int wj = g.nj() - weights[1].length + 1;
        Geometry to = Geometry.of((wi + 1) / 2, (wj + 1) / 2, g.nk(), 1, 1, 1);
        float[][] out = new float[2][to.voxels()];
        boolean[] in = pair.in == null ? null : new boolean[to.voxels()];
        LocalMoments blur = new LocalMoments(g, pair.x, pair.y, pair.offset, weights, false);
        Parallel.forEach(
                g.nk(),
                slice ->
                        blur.rows(
                                0,
                                wj,
                                slice,
                                slice + 1,
                                (j, k, means, n) -> {
                                    for (int i = 0; i < n && j % 2 == 0; i += 2) {
                                        int v = to.index(i / 2, j / 2, k);
                                        out[0][v] = (float) (means[0][i] + pair.offset);
                                        out[1][v] = (float) (means[1][i] + pair.offset);
                                        if (in != null) {
                                            in[v] =
                                                    pair.in[
                                                            g.index(
                                                                    i + weights[0].length / 2,
                                                                    j + weights[1].length / 2,
                                                                    k)];
                                        }
                                    }
                                }));
        return Pair.of(to, out[0], out[1], in, pair.cells);
    }
}
