package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * What the neighbourhood of every voxel looks like to itself, blind to contrast: the
 * self-similarity context of Heinrich et al. 2013 (MICCAI, doi:10.1007/978-3-642-40811-3_24).
 *
 * <p>Twelve channels: for each pair of the six neighbours that are not opposite, {@code exp(−D/V)},
 * D the squared difference of the patches (3 voxels wide) about the two, less the least of the
 * twelve, V their mean. In a plane there are four neighbours and four pairs.
 */
final class Mind {
    private static final int[][] NEIGHBOURS = {
        {-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}
    };

    private Mind() {}

    /**
     * Returns the channels, 0 to 1 and never NaN; where there is no value, or one without end,
     * nothing differs.
     */
    static float[][] of(Geometry g, float[] values) {
        int use = g.nk() == 1 ? 4 : 6;
        float[][] channels = new float[use == 4 ? 4 : 12][];
        int n = 0;
        for (int a = 0; a < use; a++) {
            for (int b = a + 1; b < use; b++) {
                if (a / 2 != b / 2) {
                    channels[n] = squares(g, values, NEIGHBOURS[a], NEIGHBOURS[b]);
                    BoxSum.over(g, channels[n++], 1);
                }
            }
        }
        Parallel.forEach(g.nk(), k -> turn(channels, g.index(0, 0, k), g.ni() * g.nj()));
        return channels;
    }

    private static float[] squares(Geometry g, float[] values, int[] a, int[] b) {
        float[] out = new float[values.length];
        for (int k = 0, v = 0; k < g.nk(); k++) {
            for (int j = 0; j < g.nj(); j++) {
                for (int i = 0; i < g.ni(); i++, v++) {
                    float d = values[at(g, i, j, k, a)] - values[at(g, i, j, k, b)];
                    out[v] = d - d == 0 ? d * d : 0;
                }
            }
        }
        return out;
    }

    private static int at(Geometry g, int i, int j, int k, int[] by) {
        return g.index(
                Math.max(0, Math.min(g.ni() - 1, i + by[0])),
                Math.max(0, Math.min(g.nj() - 1, j + by[1])),
                Math.max(0, Math.min(g.nk() - 1, k + by[2])));
    }

    private static void turn(float[][] channels, int from, int count) {
        for (int v = from; v < from + count; v++) {
            double least = Double.POSITIVE_INFINITY;
            double sum = 0;
            for (float[] c : channels) {
                least = Math.min(least, c[v]);
                sum += c[v];
            }
            double mean = sum / channels.length - least;
            boolean some = mean > 0 && mean < Double.POSITIVE_INFINITY;
            for (float[] c : channels) {
                c[v] = some ? (float) StrictMath.exp((least - c[v]) / mean) : 1;
            }
        }
    }
}
