package org.diapason.fusion;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Blocks;
import org.diapason.math.BoxMean;
import org.diapason.step.Default;
import org.diapason.volume.Geometry;

/**
 * Averages details where images show the same and selects where they differ, by the match measure
 * {@code M = 2 Σ L_A L_B / (S_A + S_B)}, {@code S = Σ L²} over 3 voxels an axis.
 *
 * <p>The image of the larger S is chosen. Another weighs nothing where {@code M < T}, else {@code
 * w_min = ½ − ½ (1 − M)/(1 − T)} against {@code w_max = 1 − w_min}. Of three images and more each
 * has the ratio {@code w_min / w_max} to the one chosen, and weights are divided by their sum; for
 * two that is the published rule.
 *
 * <p>Method: Burt and Kolczynski 1993, ICCV, 173–182, doi:10.1109/ICCV.1993.378222, eqs. 2 to 8.
 *
 * @param threshold T, from −1 to below 1
 * @param consistency whether a place goes to the image that most of its 3 × 3 (× 3) neighbours go
 *     to
 */
public record Match(@Default("0.7") double threshold, @Default("true") boolean consistency)
        implements Detail {

    public Match {
        if (!(threshold >= -1 && threshold < 1)) {
            throw new IllegalArgumentException("threshold must be −1 … 1, got " + threshold);
        }
    }

    @Override
    public float[] fuse(Geometry grid, List<float[]> bands) {
        int n = bands.size();
        List<float[]> salience = new ArrayList<>();
        bands.forEach(band -> salience.add(around(grid, band, band)));
        byte[] chosen = largest(salience);
        if (consistency) {
            chosen = Majority.of(grid, chosen, n);
        }
        float[] out = taken(bands, chosen);
        float[] whole = n > 2 ? new float[out.length] : null;
        for (int p = 0; p < n; p++) {
            for (int q = p + 1; q < n; q++) {
                float[] both = around(grid, bands.get(p), bands.get(q));
                new Pair(p, q, bands, salience, both).add(chosen, out, whole);
            }
        }
        if (whole != null) {
            Blocks.forEach(
                    out.length,
                    (from, to) -> {
                        for (int v = from; v < to; v++) {
                            out[v] /= 1 + whole[v];
                        }
                    });
        }
        return out;
    }

    /** What two of the images have to do with each other. */
    private final class Pair {
        private final int p;
        private final int q;
        private final List<float[]> bands;
        private final float[] sp;
        private final float[] sq;
        private final float[] both;

        Pair(int p, int q, List<float[]> bands, List<float[]> salience, float[] both) {
            this.p = p;
            this.q = q;
            this.bands = bands;
            this.both = both;
            sp = salience.get(p);
            sq = salience.get(q);
        }

        /** Adds the one that was not chosen by its ratio; of two images, the mean at once. */
        void add(byte[] chosen, float[] out, float[] whole) {
            float[] a = bands.get(p);
            float[] b = bands.get(q);
            Blocks.forEach(
                    out.length,
                    (from, to) -> {
                        for (int v = from; v < to; v++) {
                            if (chosen[v] != p && chosen[v] != q) {
                                continue;
                            }
                            double energy = (double) sp[v] + sq[v];
                            double match = energy > 0 ? 2 * both[v] / energy : 0;
                            if (match < threshold) {
                                continue;
                            }
                            float other = chosen[v] == p ? b[v] : a[v];
                            double least = 0.5 - 0.5 * (1 - Math.min(1, match)) / (1 - threshold);
                            if (whole == null) {
                                out[v] = (float) ((1 - least) * out[v] + least * other);
                            } else {
                                double ratio = least / (1 - least);
                                out[v] += (float) (ratio * other);
                                whole[v] += (float) ratio;
                            }
                        }
                    });
        }
    }

    private static float[] taken(List<float[]> bands, byte[] chosen) {
        float[] out = new float[chosen.length];
        Blocks.forEach(
                out.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        out[v] = bands.get(chosen[v])[v];
                    }
                });
        return out;
    }

    private static byte[] largest(List<float[]> salience) {
        byte[] chosen = new byte[salience.get(0).length];
        Blocks.forEach(
                chosen.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        int most = 0;
                        for (int n = 1; n < salience.size(); n++) {
                            most = salience.get(n)[v] > salience.get(most)[v] ? n : most;
                        }
                        chosen[v] = (byte) most;
                    }
                });
        return chosen;
    }

    private static float[] around(Geometry g, float[] a, float[] b) {
        float[] product = new float[a.length];
        Blocks.forEach(
                product.length,
                (from, to) -> {
                    for (int v = from; v < to; v++) {
                        product[v] = a[v] * b[v];
                    }
                });
        BoxMean.replace(g, product, new int[] {1, 1, 1});
        return product;
    }
}
