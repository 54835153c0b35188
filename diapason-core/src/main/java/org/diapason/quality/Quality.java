package org.diapason.quality;

import java.util.List;
import org.diapason.volume.Geometry;

/**
 * Universal quality index: Wang and Bovik 2002, IEEE Signal Processing Letters 9(3):81–84,
 * doi:10.1109/97.995823, eq. 2, {@code Q = 4 σxy μx μy / ((σx² + σy²)(μx² + μy²))}, mean over
 * windows.
 *
 * <p>Where both windows are flat it is {@code 2 μx μy / (μx² + μy²)}, and 1 where both are zero, as
 * in the authors' code.
 */
final class Quality {
    /** Of the mean square about the offset: what is left of a variance that is none. */
    private static final double FLAT = 1e-13;

    /** Of the square of the offset: what is left of a mean that is none. */
    private static final double DARK = 1e-28;

    private Quality() {}

    /** Means over squares of 8 in slices, one at every pixel. */
    static Measured index(List<Pair> channels) {
        Tally all = null;
        for (Pair pair : channels) {
            Tally one = tally(pair, 8, 1);
            all = all == null ? one : all.plus(one);
        }
        return Measured.of(
                Metric.UQI,
                all,
                Ssim::mean,
                Windows.none(Windows.on(channels.get(0).g, Windows.box(8), true)));
    }

    /** Sums over squares of a side, one after the other; {@link Ssim#mean} is their mean. */
    static Tally inBlocks(Pair pair, int side) {
        return tally(pair, side, side);
    }

    private static Tally tally(Pair pair, int side, int step) {
        Geometry g = pair.g;
        double add = 2 * pair.offset;
        return pair.overWindows(
                Windows.on(g, Windows.box(side), true),
                true,
                1,
                step,
                (means, n, out) -> {
                    for (int i = 0; i < n; i++) {
                        double vp = means[2][i] - means[0][i] * means[0][i];
                        double vq = means[3][i] - means[1][i] * means[1][i];
                        double p = (means[0][i] + add) * (means[0][i] + add);
                        double q = means[1][i] * means[1][i];
                        boolean flat = !(vp + vq > FLAT * (means[2][i] + means[3][i]));
                        double light = p + q > DARK * add * add ? (p - q) / (p + q) : 1;
                        double shape = flat ? 1 : (vp - vq) / (vp + vq);
                        out[0][i] = p + q != p + q ? Double.NaN : light * shape;
                    }
                });
    }
}
