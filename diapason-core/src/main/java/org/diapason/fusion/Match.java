package org.diapason.fusion;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.math.Kept;
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
    public void fuse(Geometry grid, int images, Bands bands, Taker out) {
        Tile.forEach(
                grid,
                consistency ? 2 : 1,
                tile -> {
                    Planes planes = new Planes(tile, images, bands);
                    tile.write(planes::write, out);
                });
    }

    /** What is held of a tile. */
    private final class Planes {
        private final Tile tile;
        private final Kept[] band;
        private final Kept[] salience;
        private final List<Pair> pairs = new ArrayList<>();
        private final Kept chosen;
        private final Majority majority;
        private final float[] which;
        private final float[] whole;

        Planes(Tile tile, int images, Bands bands) {
            this.tile = tile;
            band = new Kept[images];
            salience = new Kept[images];
            for (int n = 0; n < images; n++) {
                band[n] = tile.band(bands, n);
                Kept sums = sums(n, n);
                salience[n] = tile.planes(2, (k, to) -> tile.around(sums, k, to));
                for (int p = 0; p < n; p++) {
                    pairs.add(new Pair(p, n, sums(p, n)));
                }
            }
            float[] most = tile.plane();
            chosen = tile.planes(2, (k, to) -> Choice.largest(salience, k, most, to));
            majority = consistency ? new Majority(tile, chosen, images) : null;
            which = tile.plane();
            whole = tile.plane();
        }

        private Kept sums(int p, int q) {
            return tile.sums((k, to) -> multiply(band[p].at(k), band[q].at(k), to));
        }

        /** Writes Σ r L / Σ r, r = 1 of the one that was chosen. */
        void write(int k, float[] to) {
            if (consistency) {
                majority.write(k, which);
            } else {
                System.arraycopy(chosen.at(k), 0, which, 0, which.length);
            }
            Choice.take(band, k, which, to);
            Arrays.fill(whole, 1);
            for (Pair pair : pairs) {
                pair.add(k, to);
            }
            for (int v = 0; v < to.length; v++) {
                to[v] /= whole[v];
            }
        }

        /** What two of the images have to do with each other. */
        private final class Pair {
            private final int p;
            private final int q;
            private final Kept products;
            private final float[] ratio = tile.plane();

            Pair(int p, int q, Kept products) {
                this.p = p;
                this.q = q;
                this.products = products;
            }

            /** Adds the one that was not chosen by its ratio to the one that was. */
            void add(int k, float[] sum) {
                tile.around(products, k, ratio);
                ratios(salience[p].at(k), salience[q].at(k), ratio);
                add(band[q].at(k), p, sum);
                add(band[p].at(k), q, sum);
            }

            /** Adds one of the two where the other, {@code chosen}, was chosen. */
            private void add(float[] band, int chosen, float[] sum) {
                for (int v = 0; v < sum.length; v++) {
                    float r = ratio[v] * Choice.is(which[v], chosen);
                    sum[v] += r * band[v];
                    whole[v] += r;
                }
            }
        }
    }

    /** Turns Σ L_A L_B into w_min / w_max, 0 where the match is below the threshold. */
    private void ratios(float[] sa, float[] sb, float[] both) {
        float scale = (float) (0.5 / (1 - threshold));
        for (int v = 0; v < both.length; v++) {
            float match = 2 * both[v] / Math.max(Float.MIN_NORMAL, sa[v] + sb[v]);
            float least = Math.max(0, 0.5f - scale * (1 - Math.min(1, match)));
            both[v] = least / (1 - least);
        }
    }

    private static void multiply(float[] a, float[] b, float[] to) {
        for (int v = 0; v < to.length; v++) {
            to[v] = a[v] * b[v];
        }
    }
}
