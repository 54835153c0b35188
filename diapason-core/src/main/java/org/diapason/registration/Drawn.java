package org.diapason.registration;

import org.diapason.math.Parallel;
import org.diapason.volume.Affine;
import org.diapason.volume.Geometry;

/**
 * The moving image drawn on the fixed grid under shifts and a linear transform, with its slope
 * along the axes of the fixed grid: linear between voxels, the border value goes on beyond.
 */
final class Drawn {
    private final Geometry fixed;
    private final Geometry moving;
    private final Geometry flow;

    /** Fixed voxels to moving voxels, row by row. */
    private final float[] map = new float[12];

    private final int[][] low = new int[3][];
    private final float[][] share = new float[3][];

    /** 1 where an axis has neighbours to lie between, else 0. */
    private final float[] aside = new float[3];

    /** Value, and change of it by mm along i, j and k; NaN where there is none. */
    final float[] value;

    final float[][] slope;

    /**
     * @param flow the grid of the shifts; begins with the fixed one and has its directions
     * @param start fixed mm to moving mm, after the shifts
     */
    Drawn(Geometry fixed, Geometry moving, Geometry flow, Affine start) {
        this.fixed = fixed;
        this.moving = moving;
        this.flow = flow;
        Affine all = Affine.toWorld(fixed).then(start).then(Affine.toWorld(moving).inverse());
        for (int n = 0; n < 12; n++) {
            map[n] = (float) all.get(n / 4, n % 4);
        }
        for (int a = 0; a < 3; a++) {
            aside[a] = fixed.size(a) > 1 ? 1 : 0;
            low[a] = new int[fixed.size(a)];
            share[a] = new float[fixed.size(a)];
            for (int i = 0; i < fixed.size(a); i++) {
                double x = i * fixed.spacing(a) / flow.spacing(a);
                int whole = Math.max(0, Math.min(flow.size(a) - 2, (int) x));
                low[a][i] = whole;
                share[a][i] = flow.size(a) == 1 ? 0 : (float) (x - whole);
            }
        }
        value = new float[fixed.voxels()];
        slope = new float[3][fixed.voxels()];
    }

    /** Draws the image under the given shifts along the axes of the fixed grid, in mm. */
    void draw(float[] image, float[][] shifts) {
        Parallel.forEach(
                fixed.nk(),
                k -> {
                    float[][] row = new float[3][flow.ni()];
                    float[] x = new float[3];
                    float[] out = new float[4];
                    for (int j = 0; j < fixed.nj(); j++) {
                        blend(shifts, j, k, row);
                        row(image, row, j, k, x, out);
                    }
                });
    }

    /** Says which voxels a linear transform alone puts inside the moving image. */
    static boolean[] inside(Geometry fixed, Geometry moving, Affine start) {
        Affine all = Affine.toWorld(fixed).then(start).then(Affine.toWorld(moving).inverse());
        boolean[] in = new boolean[fixed.voxels()];
        Parallel.forEach(
                fixed.nk(),
                k -> {
                    double[] p = new double[3];
                    for (int j = 0, v = fixed.index(0, 0, k); j < fixed.nj(); j++) {
                        for (int i = 0; i < fixed.ni(); i++, v++) {
                            p[0] = i;
                            p[1] = j;
                            p[2] = k;
                            all.apply(p);
                            in[v] = true;
                            for (int a = 0; a < 3; a++) {
                                in[v] &= p[a] >= -0.5 && p[a] <= moving.size(a) - 0.5;
                            }
                        }
                    }
                });
        return in;
    }

    private void blend(float[][] shifts, int j, int k, float[][] row) {
        int ni = flow.ni();
        int from = flow.index(0, low[1][j], low[2][k]);
        int nextJ = flow.nj() > 1 ? ni : 0;
        int nextK = flow.nk() > 1 ? ni * flow.nj() : 0;
        float fj = share[1][j];
        float fk = share[2][k];
        float w00 = (1 - fj) * (1 - fk);
        float w10 = fj * (1 - fk);
        float w01 = (1 - fj) * fk;
        float w11 = fj * fk;
        for (int c = 0; c < 3; c++) {
            float[] u = shifts[c];
            float[] to = row[c];
            for (int i = 0, p = from; i < ni; i++, p++) {
                to[i] =
                        w00 * u[p]
                                + w10 * u[p + nextJ]
                                + w01 * u[p + nextK]
                                + w11 * u[p + nextJ + nextK];
            }
        }
    }

    private void row(float[] image, float[][] row, int j, int k, float[] x, float[] out) {
        float ri = (float) (1 / fixed.spacing(0));
        float rj = (float) (1 / fixed.spacing(1));
        float rk = (float) (1 / fixed.spacing(2));
        int nextI = flow.ni() > 1 ? 1 : 0;
        float[] m = map;
        for (int i = 0, v = fixed.index(0, j, k); i < fixed.ni(); i++, v++) {
            int l = low[0][i];
            float f = share[0][i];
            int bits = Jitter.bits(v);
            float a =
                    i
                            + aside[0] * Jitter.off(bits, 0)
                            + ri * (row[0][l] + f * (row[0][l + nextI] - row[0][l]));
            float b =
                    j
                            + aside[1] * Jitter.off(bits, 1)
                            + rj * (row[1][l] + f * (row[1][l + nextI] - row[1][l]));
            float c =
                    k
                            + aside[2] * Jitter.off(bits, 2)
                            + rk * (row[2][l] + f * (row[2][l + nextI] - row[2][l]));
            x[0] = m[0] * a + m[1] * b + m[2] * c + m[3];
            x[1] = m[4] * a + m[5] * b + m[6] * c + m[7];
            x[2] = m[8] * a + m[9] * b + m[10] * c + m[11];
            read(image, x, out);
            value[v] = out[3];
            slope[0][v] = ri * (out[0] * m[0] + out[1] * m[4] + out[2] * m[8]);
            slope[1][v] = rj * (out[0] * m[1] + out[1] * m[5] + out[2] * m[9]);
            slope[2][v] = rk * (out[0] * m[2] + out[1] * m[6] + out[2] * m[10]);
        }
    }

    /** Writes the slope along the moving axes and the value. */
    private void read(float[] w, float[] at, float[] out) {
        int ni = moving.ni();
        int plane = ni * moving.nj();
        float x = Math.max(0, Math.min(ni - 1, at[0]));
        float y = Math.max(0, Math.min(moving.nj() - 1, at[1]));
        float z = Math.max(0, Math.min(moving.nk() - 1, at[2]));
        int x0 = Math.max(0, Math.min(ni - 2, (int) x));
        int y0 = Math.max(0, Math.min(moving.nj() - 2, (int) y));
        int z0 = Math.max(0, Math.min(moving.nk() - 2, (int) z));
        float fx = x - x0;
        float fy = y - y0;
        float fz = z - z0;
        int di = ni > 1 ? 1 : 0;
        int dj = moving.nj() > 1 ? ni : 0;
        int dk = moving.nk() > 1 ? plane : 0;
        int p = x0 + ni * y0 + plane * z0;
        int q = p + dk;
        float d00 = w[p + di] - w[p];
        float d10 = w[p + dj + di] - w[p + dj];
        float d01 = w[q + di] - w[q];
        float d11 = w[q + dj + di] - w[q + dj];
        float v00 = w[p] + fx * d00;
        float v10 = w[p + dj] + fx * d10;
        float v01 = w[q] + fx * d01;
        float v11 = w[q + dj] + fx * d11;
        float v0 = v00 + fy * (v10 - v00);
        float v1 = v01 + fy * (v11 - v01);
        float d0 = d00 + fy * (d10 - d00);
        float d1 = d01 + fy * (d11 - d01);
        out[0] = x == at[0] ? d0 + fz * (d1 - d0) : 0;
        float e0 = v10 - v00;
        float e1 = v11 - v01;
        out[1] = y == at[1] ? e0 + fz * (e1 - e0) : 0;
        out[2] = z == at[2] ? v1 - v0 : 0;
        out[3] = v0 + fz * (v1 - v0);
    }
}
