package org.diapason.quality;

import org.diapason.volume.Geometry;

/** Images at a coarser scale, by means of neighbouring voxels. */
final class Halving {
    private Halving() {}

    /**
     * Returns means of two voxels along each axis; a last odd one stays as it is. NaN where one of
     * them is; the mask is that of the first voxel.
     */
    static Pair of(Pair pair, boolean bySlices) {
        return by(pair, 2, bySlices, 0);
    }

    /**
     * Returns means of {@code step × step} pixels around every step-th one, mirrored at the border,
     * as {@code imfilter(…, 'symmetric')} and {@code (1:f:end)} of ssim.m.
     */
    static Pair averaged(Pair pair, int step) {
        return by(pair, step, true, (step - 1) / 2);
    }

    private static Pair by(Pair pair, int step, boolean bySlices, int before) {
        Geometry g = pair.g;
        int si = g.ni() == 1 ? 1 : step;
        int sj = g.nj() == 1 ? 1 : step;
        int sk = g.nk() == 1 || bySlices ? 1 : step;
        Geometry to =
                Geometry.of(
                        (g.ni() + si - 1) / si,
                        (g.nj() + sj - 1) / sj,
                        (g.nk() + sk - 1) / sk,
                        1,
                        1,
                        1);
        boolean[] in = pair.in == null ? null : new boolean[to.voxels()];
        float[][] out = new float[2][to.voxels()];
        int[] reach = {si, sj, sk};
        for (int k = 0; k < to.nk(); k++) {
            for (int j = 0; j < to.nj(); j++) {
                for (int i = 0; i < to.ni(); i++) {
                    int v = to.index(i, j, k);
                    out[0][v] = mean(g, pair.x, i * si, j * sj, k * sk, reach, before);
                    out[1][v] = mean(g, pair.y, i * si, j * sj, k * sk, reach, before);
                    if (in != null) {
                        in[v] = pair.in[g.index(i * si, j * sj, k * sk)];
                    }
                }
            }
        }
        return Pair.of(to, out[0], out[1], in, pair.cells);
    }

    private static float mean(
            Geometry g, float[] values, int i, int j, int k, int[] reach, int before) {
        double sum = 0;
        for (int c = 0; c < reach[2]; c++) {
            int z = mirrored(k + c, g.nk());
            for (int b = 0; b < reach[1]; b++) {
                int y = mirrored(j + b - before, g.nj());
                for (int a = 0; a < reach[0]; a++) {
                    sum += values[g.index(mirrored(i + a - before, g.ni()), y, z)];
                }
            }
        }
        return (float) (sum / ((double) reach[0] * reach[1] * reach[2]));
    }

    private static int mirrored(int at, int n) {
        return org.diapason.math.Boundary.MIRROR.at(at, n);
    }
}
