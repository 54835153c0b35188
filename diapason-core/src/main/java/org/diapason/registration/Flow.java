package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Where a stationary velocity carries every place in unit time, by scaling and squaring (Arsigny et
 * al. 2006, MICCAI, doi:10.1007/11866565_113): first a 2ⁿth of the way, less than a quarter of a
 * voxel, by the rule of the midpoint; then the way is doubled n times. The way back is the flow of
 * the negative velocity.
 */
final class Flow {
    /** The first part of the way, in voxels, at most. */
    private static final double FIRST = 0.25;

    private Flow() {}

    /**
     * Returns shifts along the axes of a grid, in mm.
     *
     * @param velocity along each axis in mm; zero at the border of the grid
     * @param sign 1 for the way there, −1 for the way back
     */
    static float[][] of(Geometry g, float[][] velocity, int sign) {
        double most = 0;
        for (int a = 0; a < 3; a++) {
            float largest = 0;
            for (float v : velocity[a]) {
                largest = Math.max(largest, Math.abs(v));
            }
            most = Math.max(most, largest / g.spacing(a));
        }
        int halvings = 0;
        double part = sign;
        while (most > FIRST) {
            most /= 2;
            part /= 2;
            halvings++;
        }
        float[][] u = new float[3][g.voxels()];
        float half = (float) (part / 2);
        float whole = (float) part;
        float[][] at = velocity;
        float[][] into = u;
        rows(g, (from, j, k) -> step(g, at, at, into, from, j, k, half, whole, false));
        float[][] other = halvings == 0 ? null : new float[3][g.voxels()];
        for (int n = 0; n < halvings; n++) {
            float[][] was = u;
            float[][] next = other;
            rows(g, (from, j, k) -> step(g, was, was, next, from, j, k, 1, 1, true));
            u = next;
            other = was;
        }
        return u;
    }

    private interface Row {
        void at(int from, int j, int k);
    }

    private static void rows(Geometry g, Row row) {
        Parallel.forEach(
                g.nk(),
                k -> {
                    for (int j = 0; j < g.nj(); j++) {
                        row.at(g.index(0, j, k), j, k);
                    }
                });
    }

    /** Writes a row of (add ? a(p) : 0) + whole · b(p + along · a(p)). */
    private static void step(
            Geometry g,
            float[][] a,
            float[][] b,
            float[][] out,
            int from,
            int j,
            int k,
            float along,
            float whole,
            boolean add) {
        int ni = g.ni();
        int plane = ni * g.nj();
        int lastI = ni - 1;
        int lastJ = g.nj() - 1;
        int lastK = g.nk() - 1;
        float si = (float) (along / g.spacing(0));
        float sj = (float) (along / g.spacing(1));
        float sk = (float) (along / g.spacing(2));
        for (int i = 0, v = from; i < ni; i++, v++) {
            float x = Math.max(0, Math.min(lastI, i + si * a[0][v]));
            float y = Math.max(0, Math.min(lastJ, j + sj * a[1][v]));
            float z = Math.max(0, Math.min(lastK, k + sk * a[2][v]));
            int x0 = (int) x;
            int y0 = (int) y;
            int z0 = (int) z;
            float fx = x - x0;
            float fy = y - y0;
            float fz = z - z0;
            int di = x0 < lastI ? 1 : 0;
            int dj = y0 < lastJ ? ni : 0;
            int dk = z0 < lastK ? plane : 0;
            int p = x0 + ni * y0 + plane * z0;
            for (int c = 0; c < 3; c++) {
                float[] w = b[c];
                float b00 = w[p] + fx * (w[p + di] - w[p]);
                float b10 = w[p + dj] + fx * (w[p + dj + di] - w[p + dj]);
                int q = p + dk;
                float b01 = w[q] + fx * (w[q + di] - w[q]);
                float b11 = w[q + dj] + fx * (w[q + dj + di] - w[q + dj]);
                float b0 = b00 + fy * (b10 - b00);
                float b1 = b01 + fy * (b11 - b01);
                out[c][v] = (add ? a[c][v] : 0) + whole * (b0 + fz * (b1 - b0));
            }
        }
    }
}
