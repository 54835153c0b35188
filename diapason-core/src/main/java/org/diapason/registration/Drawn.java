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
    private final Geometry flow;

    /** Fixed voxels to moving voxels, row by row. */
    private final float[] map = new float[12];

    /** Moving voxels by mm along the axes of the fixed grid, row by row. */
    private final float[] perMm = new float[9];

    /** The last voxel of the moving image along each axis, and 1 where it is not the only one. */
    private final int[] last = new int[3];

    private final int[] step = new int[3];

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
        this.flow = flow;
        Affine all = Affine.toWorld(fixed).then(start).then(Affine.toWorld(moving).inverse());
        for (int n = 0; n < 12; n++) {
            map[n] = (float) all.get(n / 4, n % 4);
        }
        for (int n = 0; n < 9; n++) {
            perMm[n] = (float) (all.get(n / 3, n % 3) / fixed.spacing(n % 3));
        }
        for (int a = 0; a < 3; a++) {
            last[a] = moving.size(a) - 1;
            step[a] = Math.min(1, last[a]);
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

    /**
     * Draws the image under the given shifts along the axes of the fixed grid, in mm.
     *
     * @param asked a voxel whose value here is NaN is not drawn: it has no value and an old slope;
     *     null for all
     */
    void draw(float[] image, float[][] shifts, float[] asked) {
        Parallel.forEach(
                fixed.nk(),
                k -> {
                    float[][] row = new float[3][flow.ni()];
                    for (int j = 0; j < fixed.nj(); j++) {
                        blend(shifts, j, k, row);
                        row(image, row, j, k, asked);
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

    private void row(float[] image, float[][] row, int j, int k, float[] asked) {
        float ri = (float) (1 / fixed.spacing(0));
        float rj = (float) (1 / fixed.spacing(1));
        float rk = (float) (1 / fixed.spacing(2));
        int next = flow.ni() > 1 ? 1 : 0;
        int[] left = low[0];
        float[] right = share[0];
        float[] u = row[0];
        float[] w = row[1];
        float[] z = row[2];
        float[] m = map;
        for (int i = 0, v = fixed.index(0, j, k); i < fixed.ni(); i++, v++) {
            if (asked != null && asked[v] != asked[v]) {
                value[v] = Float.NaN;
                continue;
            }
            int l = left[i];
            float f = right[i];
            int bits = Jitter.bits(v);
            float a = i + aside[0] * Jitter.off(bits, 0) + ri * (u[l] + f * (u[l + next] - u[l]));
            float b = j + aside[1] * Jitter.off(bits, 1) + rj * (w[l] + f * (w[l + next] - w[l]));
            float c = k + aside[2] * Jitter.off(bits, 2) + rk * (z[l] + f * (z[l + next] - z[l]));
            read(
                    image,
                    m[0] * a + m[1] * b + m[2] * c + m[3],
                    m[4] * a + m[5] * b + m[6] * c + m[7],
                    m[8] * a + m[9] * b + m[10] * c + m[11],
                    v);
        }
    }

    /** Writes value and slope of an image at a place of it, in voxels. */
    private void read(float[] w, float atX, float atY, float atZ, int v) {
        float x = inside(atX, last[0]);
        float y = inside(atY, last[1]);
        float z = inside(atZ, last[2]);
        int x0 = Math.min((int) x, last[0] - step[0]);
        int y0 = Math.min((int) y, last[1] - step[1]);
        int z0 = Math.min((int) z, last[2] - step[2]);
        float fx = x - x0;
        float fy = y - y0;
        float fz = z - z0;
        int ni = last[0] + 1;
        int plane = ni * (last[1] + 1);
        int di = step[0];
        int dj = step[1] * ni;
        int p = x0 + ni * y0 + plane * z0;
        int q = p + step[2] * plane;
        float d00 = w[p + di] - w[p];
        float d10 = w[p + dj + di] - w[p + dj];
        float d01 = w[q + di] - w[q];
        float d11 = w[q + dj + di] - w[q + dj];
        float v00 = w[p] + fx * d00;
        float e0 = w[p + dj] + fx * d10 - v00;
        float v01 = w[q] + fx * d01;
        float e1 = w[q + dj] + fx * d11 - v01;
        float v0 = v00 + fy * e0;
        float v1 = v01 + fy * e1;
        float d0 = d00 + fy * (d10 - d00);
        float d1 = d01 + fy * (d11 - d01);
        // Beyond the border the value goes on, level.
        float sx = x == atX ? d0 + fz * (d1 - d0) : 0;
        float sy = y == atY ? e0 + fz * (e1 - e0) : 0;
        float sz = z == atZ ? v1 - v0 : 0;
        float[] t = perMm;
        value[v] = v0 + fz * (v1 - v0);
        slope[0][v] = sx * t[0] + sy * t[3] + sz * t[6];
        slope[1][v] = sx * t[1] + sy * t[4] + sz * t[7];
        slope[2][v] = sx * t[2] + sy * t[5] + sz * t[8];
    }

    private static float inside(float x, int last) {
        return x >= 0 ? x <= last ? x : last : 0;
    }
}
