package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Places to compare images at: one in each voxel, off its centre by chance.
 *
 * <p>Interpolation averages noise away between voxels and not at them. On a regular grid a metric
 * therefore grows where grids do <em>not</em> meet, and two images that lie right are pulled apart;
 * scattered places lie at all shares of a voxel under any shift (Pluim, Maintz and Viergever 2000,
 * CVIU 77(2):211–232, doi:10.1006/cviu.1999.0816).
 */
final class Jitter {
    private Jitter() {}

    /** Returns 30 bits of chance for a voxel. */
    static int bits(int v) {
        int h = (v + 1) * 0x9E3779B9;
        h = (h ^ h >>> 16) * 0x85EBCA6B;
        h = (h ^ h >>> 13) * 0xC2B2AE35;
        return (h ^ h >>> 16) >>> 2;
    }

    /** Returns how far the place lies from the centre along an axis, in voxels: within ±1/2. */
    static float off(int bits, int axis) {
        return ((bits >>> 10 * axis & 1023) - 511.5f) / 1024;
    }

    /** Returns the values of an image at the places, linear between voxels; NaN spreads. */
    static float[] at(Geometry g, float[] values) {
        float[] out = new float[values.length];
        Parallel.forEach(
                g.nk(),
                k -> {
                    int[] where = {0, 0, k};
                    int[] step = {1, g.ni(), g.ni() * g.nj()};
                    int[] by = new int[3];
                    float[] f = new float[3];
                    for (int j = 0, v = g.index(0, 0, k); j < g.nj(); j++) {
                        where[1] = j;
                        for (int i = 0; i < g.ni(); i++, v++) {
                            where[0] = i;
                            int bits = bits(v);
                            for (int a = 0; a < 3; a++) {
                                float off = off(bits, a);
                                boolean in = off < 0 ? where[a] > 0 : where[a] < g.size(a) - 1;
                                f[a] = in ? Math.abs(off) : 0;
                                by[a] = in ? off < 0 ? -step[a] : step[a] : 0;
                            }
                            out[v] = linear(values, v, by, f);
                        }
                    }
                });
        return out;
    }

    private static float linear(float[] w, int v, int[] by, float[] f) {
        int i = by[0];
        int j = by[1];
        int q = v + by[2];
        float v0 = w[v] + f[0] * (w[v + i] - w[v]);
        v0 += f[1] * (w[v + j] + f[0] * (w[v + j + i] - w[v + j]) - v0);
        float v1 = w[q] + f[0] * (w[q + i] - w[q]);
        v1 += f[1] * (w[q + j] + f[0] * (w[q + j + i] - w[q + j]) - v1);
        return v0 + f[2] * (v1 - v0);
    }
}
