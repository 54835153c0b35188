package org.diapason.reconstruction;

import java.util.Arrays;
import org.diapason.math.Parallel;
import org.diapason.volume.Geometry;

/**
 * Forward differences per mm along every axis that has neighbours: {@code (∇u)_a(p) = (u(p + e_a) −
 * u(p)) / h_a}, 0 at the far border, and their exact transpose.
 */
final class Differences {
    /** Voxels a thread works on at a time, at least. */
    private static final int RUN = 1 << 14;

    final Geometry grid;
    final int n;

    /** Distance of neighbours in the array, one an axis that has any. */
    final int[] step;

    /** 1 / spacing in mm of these axes. */
    final float[] perMm;

    private final int[] axis;
    private final int rowsAtOnce;
    private final int rows;

    Differences(Geometry grid) {
        this.grid = grid;
        n = grid.voxels();
        int[] strides = {1, grid.ni(), grid.ni() * grid.nj()};
        int[] used = {0, 0, 0};
        int count = 0;
        for (int a = 0; a < 3; a++) {
            if (grid.size(a) > 1) {
                used[count++] = a;
            }
        }
        axis = Arrays.copyOf(used, count);
        step = new int[count];
        perMm = new float[count];
        for (int c = 0; c < count; c++) {
            step[c] = strides[axis[c]];
            perMm[c] = (float) (1 / grid.spacing(axis[c]));
        }
        rows = grid.nj() * grid.nk();
        rowsAtOnce = Math.max(1, RUN / grid.ni());
    }

    /** Returns how many axes have neighbours. */
    int axes() {
        return axis.length;
    }

    /** Works on one row of voxels along i. */
    interface Row {
        void at(int first, int j, int k);
    }

    /** Runs the body once for every row. */
    void rows(Row body) {
        int ni = grid.ni();
        Parallel.forEach(
                (rows + rowsAtOnce - 1) / rowsAtOnce,
                b -> {
                    int end = Math.min(rows, (b + 1) * rowsAtOnce);
                    for (int r = b * rowsAtOnce; r < end; r++) {
                        body.at(r * ni, r % grid.nj(), r / grid.nj());
                    }
                });
    }

    /** Writes ∇u, one array an axis. */
    void apply(float[] u, float[][] d) {
        rows(
                (first, j, k) -> {
                    for (int c = 0; c < axis.length; c++) {
                        forward(u, d[c], c, first, hasNext(c, j, k));
                    }
                });
    }

    private void forward(float[] u, float[] d, int c, int first, boolean next) {
        int ni = grid.ni();
        if (!next) {
            Arrays.fill(d, first, first + ni, 0);
            return;
        }
        int last = axis[c] == 0 ? ni - 1 : ni;
        int s = step[c];
        float w = perMm[c];
        for (int p = first; p < first + last; p++) {
            d[p] = (u[p + s] - u[p]) * w;
        }
        if (last < ni) {
            d[first + last] = 0;
        }
    }

    /** Writes ∇ᵀd. */
    void transpose(float[][] d, float[] image) {
        rows(
                (first, j, k) -> {
                    int ni = grid.ni();
                    Arrays.fill(image, first, first + ni, 0);
                    for (int c = 0; c < axis.length; c++) {
                        backward(d[c], image, c, first, j, k);
                    }
                });
    }

    private void backward(float[] d, float[] image, int c, int first, int j, int k) {
        int ni = grid.ni();
        int s = step[c];
        float w = perMm[c];
        if (axis[c] == 0) {
            image[first] -= w * d[first];
            for (int p = first + 1; p < first + ni - 1; p++) {
                image[p] += w * (d[p - 1] - d[p]);
            }
            image[first + ni - 1] += w * d[first + ni - 2];
            return;
        }
        if (hasNext(c, j, k)) {
            for (int p = first; p < first + ni; p++) {
                image[p] -= w * d[p];
            }
        }
        if ((axis[c] == 1 ? j : k) > 0) {
            for (int p = first; p < first + ni; p++) {
                image[p] += w * d[p - s];
            }
        }
    }

    /** Says whether the voxels of a row have a next one; along i all but the last do. */
    boolean hasNext(int c, int j, int k) {
        return axis[c] == 0 || (axis[c] == 1 ? j + 1 < grid.nj() : k + 1 < grid.nk());
    }

    /**
     * Writes {@code Σ_a h_a^−e (w(p) [p has a next] + w(p − e_a) [p has one before])}: column sums
     * of |∇| for e = 1, of twice its square for e = 2, weighted by the voxel whose difference it
     * is.
     *
     * @param weight null for 1
     */
    void spread(float[] weight, int power, float[] out) {
        rows(
                (first, j, k) -> {
                    for (int i = 0; i < grid.ni(); i++) {
                        int p = first + i;
                        double sum = 0;
                        for (int c = 0; c < axis.length; c++) {
                            double h = power == 1 ? perMm[c] : perMm[c] * (double) perMm[c];
                            int at = axis[c] == 0 ? i : axis[c] == 1 ? j : k;
                            if (at + 1 < grid.size(axis[c])) {
                                sum += h * (weight == null ? 1 : weight[p]);
                            }
                            if (at > 0) {
                                sum += h * (weight == null ? 1 : weight[p - step[c]]);
                            }
                        }
                        out[p] = (float) sum;
                    }
                });
    }
}
