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
        double[][] sums = new double[patch.channels()][];
        Parallel.forEach(sums.length, c -> sums[c] = new double[patch.inside().length]);
        boolean toSource = screen > 0 && hold == Blend.Hold.SOURCE;
        Parallel.forEach(
                patch.size(1) * patch.size(2),
                row -> new Row(patch, field, row, sums).sum(toSource ? screen : 0));
        return new ArrayList<>(List.of(sums));
    }

    /** One row of a patch, from the first of its pixels in the mask to the last. */
    private static final class Row {
        private final Patch patch;
        private final Guidance.Field field;
        private final double[][] sums;
        private final int row;
        private final int start;
        private final double[][] v;
        private final double[] t;
        private int first;
        private int end;

        Row(Patch patch, Guidance.Field field, int row, double[][] sums) {
            this.patch = patch;
            this.field = field;
            this.sums = sums;
            this.row = row;
            int ni = patch.size(0);
            start = row * ni;
            first = 0;
            end = ni;
            while (first < ni && !patch.inside()[start + first]) {
                first++;
            }
            while (end > first && !patch.inside()[start + end - 1]) {
                end--;
            }
            v = new double[sums.length][end - first];
            t = new double[end - first];
        }

        void sum(double screen) {
            if (first == end) {
                return;
            }
            int ni = patch.size(0);
            int nj = patch.size(1);
            double[] w = patch.weights();
            add(Math.max(1, first), end, -1, w[0]);
            add(first, Math.min(ni - 1, end), 1, w[0]);
            if (row % nj > 0) {
                add(first, end, -ni, w[1]);
            }
            if (row % nj < nj - 1) {
                add(first, end, ni, w[1]);
            }
            if (row / nj > 0) {
                add(first, end, -ni * nj, w[2]);
            }
            if (row / nj < patch.size(2) - 1) {
                add(first, end, ni * nj, w[2]);
            }
            for (int c = 0; c < sums.length; c++) {
                finish(c, screen);
            }
        }

        /** Adds what pixels from one to another shall differ by from those a step away. */
        private void add(int from, int to, int step, double weight) {
            int p = start + from;
            int n = to - from;
            field.differences(p, p + step, n, v);
            for (int c = 0; c < sums.length; c++) {
                patch.ofTarget(c, p, p + step, n, t);
                double[] sum = sums[c];
                double[] wished = v[c];
                for (int m = 0; patch.hasAbsent() && m < n; m++) {
                    wished[m] = patch.isAbsent(p + step + m) ? 0 : wished[m];
                    t[m] = patch.isAbsent(p + step + m) ? 0 : t[m];
                }
                for (int m = 0; m < n; m++) {
                    sum[p + m] += weight * (wished[m] - t[m]);
                }
            }
        }

        private void finish(int c, double screen) {
            for (int p = start + first; p < start + end; p++) {
                if (!patch.inside()[p]) {
                    sums[c][p] = 0;
                } else if (screen > 0) {
                    sums[c][p] += screen * ((double) patch.source(c)[p] - patch.target(c)[p]);
                }
            }
        }
    }
}
