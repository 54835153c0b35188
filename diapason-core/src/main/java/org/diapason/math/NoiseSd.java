package org.diapason.math;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.diapason.volume.Geometry;

/**
 * The standard deviation of the noise of an image of which nothing else is known: what is left
 * within slices when planes and edges along the axes are taken off by the mask {@code (1 −2 1) ⊗ (1
 * −2 1)}, whose answer to white noise has 6 times its standard deviation.
 *
 * <p>The median of its size, over 0.6745, in the place of Immerkær's mean, so that texture in less
 * than half of the image does not count. Noise that neighbours share, as after interpolation, is
 * found too small. Where the answer is 0 to rounding (air that was cut out), a voxel does not
 * count.
 *
 * <p>Method: Immerkær 1996, Computer Vision and Image Understanding 64(2):300–302,
 * doi:10.1006/cviu.1996.0060.
 */
public final class NoiseSd {
    private static final double NORMAL = 0.6744897501960817;
    private static final int LEAST = 100;
    private static final int MOST = 1 << 20;

    /** An answer below this share of the values it was made of is rounding. */
    private static final double ROUNDING = 1e-6;

    private NoiseSd() {}

    /**
     * Returns the standard deviation in the unit of the values; nothing where fewer than 100 voxels
     * tell, or an axis within the slices has fewer than three.
     *
     * @param in which voxels count; null for all
     */
    public static OptionalDouble of(Geometry g, float[] values, boolean[] in) {
        return of(g, values, in, 1);
    }

    /**
     * The same by a mask whose places lie some voxels apart: of white noise the same number, of
     * noise that neighbours share a larger one, and so where the object has structure.
     *
     * @param lag voxels; 1 or more
     */
    public static OptionalDouble of(Geometry g, float[] values, boolean[] in, int lag) {
        long places = 0; // that count: few of many are not to be stepped over
        for (int v = 0; in != null && v < in.length; v++) {
            places += in[v] ? 1 : 0;
        }
        if (in == null) {
            places = Math.max(0, g.ni() - 2L * lag) * Math.max(0, g.nj() - 2L * lag) * g.nk();
        }
        int step = (int) Math.max(1, (places + MOST - 1) / MOST);
        double[] sizes = new double[(int) (places / step) + 1];
        int n = 0;
        long place = 0;
        for (int k = 0; k < g.nk(); k++) {
            for (int j = lag; j + lag < g.nj(); j++) {
                for (int i = lag; i + lag < g.ni(); i++) {
                    int at = g.index(i, j, k);
                    if ((in == null || in[at]) && place++ % step == 0) {
                        double size = answer(values, at, lag, lag * g.ni());
                        if (size > 0) { // not NaN either
                            sizes[n++] = size;
                        }
                    }
                }
            }
        }
        if (n < LEAST) {
            return OptionalDouble.empty();
        }
        Arrays.sort(sizes, 0, n);
        return OptionalDouble.of(sizes[n / 2] / (6 * NORMAL));
    }

    /** Returns the size of the mask's answer, 0 where it is rounding. */
    private static double answer(float[] v, int at, int si, int sj) {
        double sum = 0;
        double all = 0;
        for (int b = -1; b <= 1; b++) {
            for (int a = -1; a <= 1; a++) {
                double w = (a == 0 ? -2 : 1) * (b == 0 ? -2 : 1);
                double x = v[at + a * si + b * sj];
                sum += w * x;
                all += Math.abs(w * x);
            }
        }
        return Math.abs(sum) <= ROUNDING * all ? 0 : Math.abs(sum);
    }
}
