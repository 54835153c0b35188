package org.diapason.compositing;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;

/**
 * The right-hand side of a blend: how far the target's own differences are from those wished for.
 *
 * <p>The blended image f makes {@code Σ w (f_p − f_q − v_pq)² + λ Σ (f_p − h_p)²} least, the first
 * sum over pairs of neighbours at least one of which is in the mask. With f = t + e that is {@code
 * Σ_q w (e_p − e_q) + λ e_p = Σ_q w (v_pq − (t_p − t_q)) + λ (h_p − t_p)}, so that e is exactly 0
 * where the target has the wished differences already.
 */
final class Differences {
    private Differences() {}

    /**
     * Returns the right-hand sides, one per channel and one number per pixel of the patch.
     *
     * @param screen λ
     * @param hold which image is h
     */
    static List<double[]> of(Patch patch, Guidance.Field field, double screen, Blend.Hold hold) {
        int channels = patch.channels();
        double[][] sums = new double[channels][patch.inside().length];
        double[] weights = patch.weights();
        boolean toSource = screen > 0 && hold == Blend.Hold.SOURCE;
        Parallel.forEach(
                patch.size(1) * patch.size(2),
                row -> {
                    double[] v = new double[channels];
                    for (int i = 0; i < patch.size(0); i++) {
                        int p = row * patch.size(0) + i;
                        if (patch.inside()[p]) {
                            pixel(patch, field, weights, row, i, v, sums);
                            for (int c = 0; toSource && c < channels; c++) {
                                double h = patch.source(c)[p];
                                sums[c][p] += screen * (h - patch.target(c)[p]);
                            }
                        }
                    }
                });
        return new ArrayList<>(List.of(sums));
    }

    private static void pixel(
            Patch patch,
            Guidance.Field field,
            double[] w,
            int row,
            int i,
            double[] v,
            double[][] sums) {
        int ni = patch.size(0);
        int nj = patch.size(1);
        int p = row * ni + i;
        add(patch, field, p, i > 0, p - 1, w[0], v, sums);
        add(patch, field, p, i < ni - 1, p + 1, w[0], v, sums);
        int j = row % nj;
        add(patch, field, p, j > 0, p - ni, w[1], v, sums);
        add(patch, field, p, j < nj - 1, p + ni, w[1], v, sums);
        int k = row / nj;
        add(patch, field, p, k > 0, p - ni * nj, w[2], v, sums);
        add(patch, field, p, k < patch.size(2) - 1, p + ni * nj, w[2], v, sums);
    }

    private static void add(
            Patch patch,
            Guidance.Field field,
            int p,
            boolean there,
            int q,
            double w,
            double[] v,
            double[][] sums) {
        if (!there) {
            return;
        }
        field.difference(p, q, v);
        for (int c = 0; c < v.length; c++) {
            sums[c][p] += w * (v[c] - patch.ofTarget(c, p, q));
        }
    }
}
