package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Where a stationary velocity carries every place in unit time, by scaling and squaring (Arsigny et
 * al. 2006, MICCAI, doi:10.1007/11866565_113): first a 2ⁿth of the way, at most a tenth of the
 * distance of the control points, by the rule of the midpoint; then the way is doubled n times. The
 * way back is the flow of the negative velocity.
 */
final class Flow {
    /**
     * The first part of the way at most, as a share of what the velocity is alike over: the
     * midpoint is off by about a thousandth of it, and every doubling more would lose as much
     * between voxels.
     */
    private static final double FIRST = 0.1;

    private Flow() {}

    /**
     * Returns shifts along the axes of a grid, in mm.
     *
     * @param velocity along each axis in mm; zero at the border of the grid
     * @param sign 1 for the way there, −1 for the way back
     * @param alikeMm over which the velocity is alike: the distance of its control points
     */
    static float[][] of(Geometry g, float[][] velocity, int sign, double alikeMm) {
        double most = largest(g, velocity);
        int halvings = 0;
        double part = sign;
        while (most > FIRST * alikeMm) {
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

    private static double largest(Geometry g, float[][] velocity) {
        float[] planes = new float[g.nk()];
        Parallel.forEach(
                g.nk(),
                k -> {
                    float largest = 0;
                    for (float[] along : velocity) {
                        int end = g.ni() * g.nj() * (k + 1);
                        for (int v = g.index(0, 0, k); v < end; v++) {
                            float size = Math.abs(along[v]);
                            largest = size > largest ? size : largest;
                        }
                    }
                    planes[k] = largest;
                });
        float largest = 0;
        for (float p : planes) {
            largest = Math.max(largest, p);
        }
        return largest;
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
        int topI = Math.max(0, lastI - 1);
        int topJ = Math.max(0, lastJ - 1);
        int topK = Math.max(0, lastK - 1);
        int di = lastI - topI;
        int dj = (lastJ - topJ) * ni;
        int dk = (lastK - topK) * plane;
        float si = (float) (along / g.spacing(0));
        float sj = (float) (along / g.spacing(1));
        float sk = (float) (along / g.spacing(2));
        float keep = add ? 1 : 0;
        float[] ax = a[0];
        float[] ay = a[1];
        float[] az = a[2];
        for (int i = 0, v = from; i < ni; i++, v++) {
            float x = inside(i + si * ax[v], lastI);
            float y = inside(j + sj * ay[v], lastJ);
            float z = inside(k + sk * az[v], lastK);
            int x0 = Math.min((int) x, topI);
            int y0 = Math.min((int) y, topJ);
            int z0 = Math.min((int) z, topK);
            float fx = x - x0;
            float fy = y - y0;
            float fz = z - z0;
            int p = x0 + ni * y0 + plane * z0;
            out[0][v] = keep * ax[v] + whole * at(b[0], p, di, dj, dk, fx, fy, fz);
            out[1][v] = keep * ay[v] + whole * at(b[1], p, di, dj, dk, fx, fy, fz);
            out[2][v] = keep * az[v] + whole * at(b[2], p, di, dj, dk, fx, fy, fz);
        }
    }

    private static float inside(float x, int last) {
        return x >= 0 ? x <= last ? x : last : 0;
    }

    private static float at(
            float[] w, int p, int di, int dj, int dk, float fx, float fy, float fz) {
        int q = p + dk;
        float b00 = w[p] + fx * (w[p + di] - w[p]);
        float b10 = w[p + dj] + fx * (w[p + dj + di] - w[p + dj]);
        float b01 = w[q] + fx * (w[q + di] - w[q]);
        float b11 = w[q + dj] + fx * (w[q + dj + di] - w[q + dj]);
        float b0 = b00 + fy * (b10 - b00);
        float b1 = b01 + fy * (b11 - b01);
        return b0 + fz * (b1 - b0);
    }
}
