package org.diapason.quality;

import java.util.List;
import org.diapason.volume.Geometry;

/**
 * Edges of two sources that a fused image carries over, Q^AB/F: Xydeas and Petrović 2000,
 * Electronics Letters 36(4):308–309, doi:10.1049/el:20000267, with the angle of their Proc. SPIE
 * 4051:89–98 of the same year.
 *
 * <p>By Sobel gradients (sx, sy) within slices, length g, angle α = atan(sy/sx):
 *
 * <pre>
 * G = min(gA, gF) / max(gA, gF)         A = | |αA − αF| − π/2 | · 2/π
 * Q = 0.9994/(1 + e^(−15 (G − 0.5))) · 0.9879/(1 + e^(−22 (A − 0.8)))
 * Q^AB/F = Σ (Q^AF gA + Q^BF gB) / Σ (gA + gB)
 * </pre>
 *
 * <p>For edges less than a right angle apart A is the 1 − 2|αA − αF|/π of the Letters. Beyond, that
 * falls to −1 for lines that are all but the same, on either side of the vertical, and changes when
 * the images are flipped; the A of SPIE does neither. F = A = B gives 0.974794, not 1. A pixel
 * counts where all nine pixels around it have values in all three images, so not at the border.
 */
final class EdgeTransfer {
    private static final String VIFB =
            "where both edges are equally strong G is the edge's strength itself instead of 1;"
                    + " A = 1 - 2 |turn|/pi falls below 0 for lines on either side of the vertical;"
                    + " and the image is continued by zeros, which are edges then";

    private final Geometry g;
    private final float[][] images;
    private final boolean[] in;
    private final boolean literature;

    private EdgeTransfer(Geometry g, float[][] images, boolean[] in, boolean literature) {
        this.g = g;
        this.images = images;
        this.in = in;
        this.literature = literature;
    }

    /**
     * @param a channels of the first source beside those of the fused image
     * @param b the same of the second source
     */
    static Measured of(List<Pair> a, List<Pair> b, boolean withLiterature) {
        Measured found =
                Measured.of(
                        Metric.QABF,
                        sums(a, b, false),
                        sums -> sums[1] / sums[2],
                        "no source has an edge, or no pixel has values all around it in all three"
                                + " images.");
        return withLiterature
                ? found.with(
                        new Measured.Variant(
                                "VIFB metricsQabf",
                                sums(a, b, true),
                                sums -> sums[1] / sums[2],
                                VIFB))
                : found;
    }

    private static Tally sums(List<Pair> a, List<Pair> b, boolean literature) {
        Tally all = null;
        for (int c = 0; c < Math.max(a.size(), b.size()); c++) {
            Pair pa = a.get(Math.min(c, a.size() - 1));
            Pair pb = b.get(Math.min(c, b.size() - 1));
            EdgeTransfer one =
                    new EdgeTransfer(pa.g, new float[][] {pa.x, pb.x, pa.y}, pa.in, literature);
            Tally tally =
                    Tally.overVoxels(
                            pa.cells,
                            3,
                            (i0, i1, j, k, sums) -> {
                                double[] s = new double[6];
                                for (int i = i0; i < i1; i++) {
                                    one.add(i, j, k, s, sums);
                                }
                            });
            all = all == null ? tally : all.plus(tally);
        }
        return all;
    }

    private void add(int i, int j, int k, double[] s, double[] sums) {
        boolean border = i == 0 || j == 0 || i == g.ni() - 1 || j == g.nj() - 1;
        if (border && !literature || in != null && !in[g.index(i, j, k)]) {
            return;
        }
        for (int image = 0; image < 3; image++) {
            sobel(images[image], i, j, k, s, 2 * image);
        }
        double a = Math.sqrt(s[0] * s[0] + s[1] * s[1]);
        double b = Math.sqrt(s[2] * s[2] + s[3] * s[3]);
        double f = Math.sqrt(s[4] * s[4] + s[5] * s[5]);
        if (a + b + f != a + b + f) {
            return;
        }
        sums[0]++;
        sums[2] += a + b;
        if (a > 0) {
            sums[1] += a * kept(a, f, s[0], s[1], s[4], s[5]);
        }
        if (b > 0) {
            sums[1] += b * kept(b, f, s[2], s[3], s[4], s[5]);
        }
    }

    private void sobel(float[] v, int i, int j, int k, double[] s, int to) {
        double nw = at(v, i - 1, j - 1, k);
        double n = at(v, i, j - 1, k);
        double ne = at(v, i + 1, j - 1, k);
        double w = at(v, i - 1, j, k);
        double e = at(v, i + 1, j, k);
        double sw = at(v, i - 1, j + 1, k);
        double so = at(v, i, j + 1, k);
        double se = at(v, i + 1, j + 1, k);
        s[to] = ne + 2 * e + se - nw - 2 * w - sw + 0 * at(v, i, j, k);
        s[to + 1] = nw + 2 * n + ne - sw - 2 * so - se;
    }

    private double at(float[] v, int i, int j, int k) {
        return i < 0 || j < 0 || i >= g.ni() || j >= g.nj() ? 0 : v[g.index(i, j, k)];
    }

    private double kept(double source, double fused, double sx, double sy, double fx, double fy) {
        double strength =
                source == fused
                        ? (literature ? fused : 1)
                        : Math.min(source, fused) / Math.max(source, fused);
        double turn = Math.abs(angle(sx, sy) - angle(fx, fy));
        double alike =
                (literature ? Math.PI / 2 - turn : Math.abs(turn - Math.PI / 2)) * 2 / Math.PI;
        return 0.9994
                / (1 + StrictMath.exp(-15 * (strength - 0.5)))
                * (0.9879 / (1 + StrictMath.exp(-22 * (alike - 0.8))));
    }

    private static double angle(double sx, double sy) {
        return sx == 0 ? Math.PI / 2 : StrictMath.atan(sy / sx);
    }
}
