package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.diapason.math.Parallel;

/**
 * One grid of a multigrid hierarchy: a symmetric operator A that couples a point with its 3 × 3 × 3
 * neighbours, kept as the half of its coefficients that point to later neighbours.
 *
 * <p>The coefficient of the point p and its neighbour at (di, dj, dk) lies at {@code half[di + 3 dj
 * + 9 dk][p]}. Arrays have a border of zeros, so that no loop asks where the grid ends: one point
 * before, two after each row, and so along j and k where these are longer than 1. A point without
 * an equation has inverse 0 and stays 0.
 */
final class MultigridLevel {
    static final int CODES = 14;
    private static final int ROWS_AT_ONCE = 16384;

    final int[] n;
    final int row;
    final int plane;
    final int origin;
    final int size;
    final float[][] half = new float[CODES][];
    float[] inverse;

    MultigridLevel(int ni, int nj, int nk) {
        n = new int[] {ni, nj, nk};
        row = ni + 3;
        plane = row * (nj > 1 ? nj + 3 : 1);
        size = Math.multiplyExact(plane, nk > 1 ? nk + 3 : 1);
        origin = 1 + (nj > 1 ? row : 0) + (nk > 1 ? plane : 0);
        for (int dk = 0; dk <= (nk > 1 ? 1 : 0); dk++) {
            for (int dj = nj > 1 ? -1 : 0; dj <= (nj > 1 ? 1 : 0); dj++) {
                for (int di = -1; di <= 1; di++) {
                    int code = code(di, dj, dk);
                    if (code >= 0) {
                        half[code] = new float[size];
                    }
                }
            }
        }
    }

    /** Returns the finest level, whose equations are the grid's. */
    static MultigridLevel of(PoissonGrid g) {
        MultigridLevel fine = new MultigridLevel(g.ni(), g.nj(), g.nk());
        boolean[] inside = g.inside();
        int step = g.ni() * g.nj();
        fine.forRows(
                (j, k) -> {
                    int q = fine.at(0, j, k);
                    int p = g.ni() * (j + g.nj() * k);
                    double across =
                            g.screen()
                                    + g.wj() * ((j > 0 ? 1 : 0) + (j < g.nj() - 1 ? 1 : 0))
                                    + g.wk() * ((k > 0 ? 1 : 0) + (k < g.nk() - 1 ? 1 : 0));
                    for (int i = 0; i < g.ni(); i++, p++, q++) {
                        if (!inside[p]) {
                            continue;
                        }
                        int along = (i > 0 ? 1 : 0) + (i < g.ni() - 1 ? 1 : 0);
                        fine.half[0][q] = (float) (across + g.wi() * along);
                        if (i < g.ni() - 1 && inside[p + 1]) {
                            fine.half[1][q] = (float) -g.wi();
                        }
                        if (j < g.nj() - 1 && inside[p + g.ni()]) {
                            fine.half[3][q] = (float) -g.wj();
                        }
                        if (k < g.nk() - 1 && inside[p + step]) {
                            fine.half[9][q] = (float) -g.wk();
                        }
                    }
                });
        fine.invert();
        return fine;
    }

    int at(int i, int j, int k) {
        return origin + i + j * row + k * plane;
    }

    static int code(int di, int dj, int dk) {
        return di + 3 * dj + 9 * dk;
    }

    /** Returns the coefficient of two points, the first not after the second. */
    float coefficient(int p, int q) {
        for (int code = 0; code < CODES; code++) {
            int[] offset = offset(code);
            if (half[code] != null && q - p == offset[0] + offset[1] * row + offset[2] * plane) {
                return half[code][p];
            }
        }
        return 0;
    }

    private static int[] offset(int code) {
        int dk = code > 4 ? 1 : 0;
        int dj = Math.floorDiv(code - 9 * dk + 1, 3);
        return new int[] {code - 9 * dk - 3 * dj, dj, dk};
    }

    void invert() {
        inverse = new float[size];
        forRows(
                (j, k) -> {
                    int from = at(0, j, k);
                    for (int p = from; p < from + n[0]; p++) {
                        inverse[p] = half[0][p] > 0 ? 1 / half[0][p] : 0;
                    }
                });
    }

    /** A coefficient of the fine operator and what it adds to one of the coarse operator. */
    private record Term(float weight, float[] from, int shift) {}

    /**
     * Returns {@code Pᵀ A P}, where P interpolates linearly along one axis: every second point is a
     * coarse one, and the others lie in the middle of two. Products along several axes give the
     * bilinear or trilinear P. That P stays in the mask needs no care, as A is 0 outside.
     */
    MultigridLevel coarsen(int axis) {
        int[] c = n.clone();
        c[axis] = n[axis] / 2 + 1;
        MultigridLevel coarse = new MultigridLevel(c[0], c[1], c[2]);
        List<List<Term>> terms = new ArrayList<>();
        for (int code = 0; code < CODES; code++) {
            terms.add(coarse.half[code] == null ? List.of() : terms(code, axis));
        }
        int stride = axis == 0 ? 2 : 1;
        coarse.forRows(
                (j, k) -> {
                    int p = coarse.at(0, j, k);
                    int q = at(0, axis == 1 ? 2 * j : j, axis == 2 ? 2 * k : k);
                    for (int code = 0; code < CODES; code++) {
                        float[] out = coarse.half[code];
                        for (Term term : terms.get(code)) {
                            int from = q + term.shift;
                            if (stride == 1) {
                                add(term.weight, term.from, from, out, p, c[0]);
                            } else {
                                addSecond(term.weight, term.from, from, out, p, c[0]);
                            }
                        }
                    }
                });
        return coarse;
    }

    private List<Term> terms(int code, int axis) {
        int[] offset = offset(code);
        int[] step = {1, row, plane};
        int coarse = offset[axis];
        List<Term> terms = new ArrayList<>();
        for (int s = -1; s <= 1; s++) {
            for (int t = -1; t <= 1; t++) {
                offset[axis] = 2 * coarse + t - s;
                if (Math.abs(offset[axis]) > 1) {
                    continue;
                }
                float weight = (s == 0 ? 1 : 0.5f) * (t == 0 ? 1 : 0.5f);
                int fine = code(offset[0], offset[1], offset[2]);
                int shift = s * step[axis];
                if (fine < 0) {
                    shift += offset[0] + offset[1] * row + offset[2] * plane;
                }
                terms.add(new Term(weight, half[Math.abs(fine)], shift));
            }
        }
        return terms;
    }

    private static void add(float weight, float[] from, int q, float[] out, int p, int n) {
        for (int i = 0; i < n; i++) {
            out[p + i] += weight * from[q + i];
        }
    }

    private static void addSecond(float weight, float[] from, int q, float[] out, int p, int n) {
        for (int i = 0; i < n; i++) {
            out[p + i] += weight * from[q + 2 * i];
        }
    }

    /**
     * Gauss-Seidel over all points, by colours: of points of one colour none is another's
     * neighbour. Backward runs through them in the opposite order, so that both together are
     * symmetric.
     */
    void smooth(float[][] r, float[][] z, boolean forward) {
        int classes = (n[1] > 1 ? 2 : 1) * (n[2] > 1 ? 2 : 1);
        for (int c = 0; c < classes; c++) {
            int which = forward ? c : classes - 1 - c;
            int j0 = n[1] > 1 ? which & 1 : 0;
            int k0 = n[1] > 1 ? which >> 1 : which;
            int nj = n[1] > 1 ? (n[1] - j0 + 1) / 2 : 1;
            int nk = n[2] > 1 ? (n[2] - k0 + 1) / 2 : 1;
            forBlocks(
                    nj * nk,
                    (from, to) -> {
                        float[] t = new float[n[0]];
                        for (int l = from; l < to; l++) {
                            int p = at(0, j0 + 2 * (l % nj), k0 + 2 * (l / nj));
                            for (int channel = 0; channel < r.length; channel++) {
                                rest(r[channel], z[channel], p, t);
                                relax(z[channel], p, t, forward ? 0 : 1);
                                relax(z[channel], p, t, forward ? 1 : 0);
                            }
                        }
                    });
        }
    }

    /** Writes r − A z of a row into t, but for what the row itself adds. */
    private void rest(float[] r, float[] z, int p, float[] t) {
        System.arraycopy(r, p, t, 0, t.length);
        int nj = n[1] > 1 ? 1 : 0;
        int nk = n[2] > 1 ? 1 : 0;
        for (int dk = -nk; dk <= nk; dk++) {
            for (int dj = -nj; dj <= nj; dj++) {
                int c = code(0, dj, dk);
                int q = p + dj * row + dk * plane;
                if (c > 0) {
                    subtract(half[c - 1], half[c], half[c + 1], p, p, p, z, q, t);
                } else if (c < 0) {
                    subtract(half[1 - c], half[-c], half[-1 - c], q - 1, q, q + 1, z, q, t);
                }
            }
        }
    }

    private static void subtract(
            float[] a, float[] b, float[] c, int pa, int pb, int pc, float[] z, int q, float[] t) {
        for (int i = 0; i < t.length; i++) {
            t[i] -= a[pa + i] * z[q + i - 1] + b[pb + i] * z[q + i] + c[pc + i] * z[q + i + 1];
        }
    }

    private void relax(float[] z, int p, float[] t, int first) {
        float[] east = half[1];
        for (int i = first; i < t.length; i += 2) {
            int q = p + i;
            z[q] = inverse[q] * (t[i] - east[q - 1] * z[q - 1] - east[q] * z[q + 1]);
        }
    }

    /** Writes r − A z into out. */
    void residual(float[][] r, float[][] z, float[][] out) {
        float[] east = half[1];
        float[] middle = half[0];
        forBlocks(
                n[1] * n[2],
                (from, to) -> {
                    float[] t = new float[n[0]];
                    for (int l = from; l < to; l++) {
                        int p = at(0, l % n[1], l / n[1]);
                        for (int channel = 0; channel < r.length; channel++) {
                            float[] x = z[channel];
                            rest(r[channel], x, p, t);
                            subtract(east, middle, east, p - 1, p, p, x, p, t);
                            System.arraycopy(t, 0, out[channel], p, t.length);
                        }
                    }
                });
    }

    /** Writes {@code Pᵀ r} into the residuals of the coarse level. */
    void restrict(float[][] r, MultigridLevel coarse, float[][] out) {
        int sj = coarse.n[1] < n[1] ? 2 : 1;
        int sk = coarse.n[2] < n[2] ? 2 : 1;
        boolean si = coarse.n[0] < n[0];
        coarse.forBlocks(
                coarse.n[1] * coarse.n[2],
                (from, to) -> {
                    float[] t = new float[row];
                    for (int l = from; l < to; l++) {
                        int j = l % coarse.n[1];
                        int k = l / coarse.n[1];
                        int p = coarse.at(0, j, k);
                        int q = at(-1, sj * j, sk * k);
                        for (int channel = 0; channel < r.length; channel++) {
                            Arrays.fill(t, 0);
                            for (int dk = 1 - sk; dk < sk; dk++) {
                                for (int dj = 1 - sj; dj < sj; dj++) {
                                    float w = (dj == 0 ? 1 : 0.5f) * (dk == 0 ? 1 : 0.5f);
                                    int at = q + dj * row + dk * plane;
                                    add(w, r[channel], at, t, 0, row - 1);
                                }
                            }
                            float[] to2 = out[channel];
                            for (int i = 0; i < coarse.n[0]; i++) {
                                to2[p + i] =
                                        si
                                                ? t[2 * i + 1] + 0.5f * (t[2 * i] + t[2 * i + 2])
                                                : t[i + 1];
                            }
                        }
                    }
                });
    }

    /** Adds {@code P e} to z, where there is an equation. */
    void prolong(float[][] e, MultigridLevel coarse, float[][] z) {
        boolean cj = coarse.n[1] < n[1];
        boolean ck = coarse.n[2] < n[2];
        boolean ci = coarse.n[0] < n[0];
        forBlocks(
                n[1] * n[2],
                (from, to) -> {
                    float[] t = new float[coarse.n[0] + 1];
                    for (int l = from; l < to; l++) {
                        int j = l % n[1];
                        int k = l / n[1];
                        int p = at(0, j, k);
                        int q = coarse.at(0, cj ? j / 2 : j, ck ? k / 2 : k);
                        int mj = cj && (j & 1) == 1 ? 1 : 0;
                        int mk = ck && (k & 1) == 1 ? 1 : 0;
                        float w = 1f / ((1 + mj) * (1 + mk));
                        for (int channel = 0; channel < e.length; channel++) {
                            Arrays.fill(t, 0);
                            for (int dk = 0; dk <= mk; dk++) {
                                for (int dj = 0; dj <= mj; dj++) {
                                    int at = q + dj * coarse.row + dk * coarse.plane;
                                    add(w, e[channel], at, t, 0, coarse.n[0]);
                                }
                            }
                            float[] x = z[channel];
                            for (int i = 0; i < n[0]; i++) {
                                float add =
                                        !ci
                                                ? t[i]
                                                : (i & 1) == 0
                                                        ? t[i / 2]
                                                        : 0.5f * (t[i / 2] + t[i / 2 + 1]);
                                x[p + i] += inverse[p + i] > 0 ? add : 0;
                            }
                        }
                    }
                });
    }

    interface Rows {
        void run(int j, int k);
    }

    interface Range {
        void run(int from, int to);
    }

    void forRows(Rows body) {
        forBlocks(
                n[1] * n[2],
                (from, to) -> {
                    for (int l = from; l < to; l++) {
                        body.run(l % n[1], l / n[1]);
                    }
                });
    }

    /** Runs the body for ranges of rows, in parallel where that is worth the while. */
    void forBlocks(int rows, Range body) {
        int side = Math.max(1, ROWS_AT_ONCE / n[0]);
        int blocks = (rows + side - 1) / side;
        IntConsumer one = b -> body.run(b * side, Math.min(rows, (b + 1) * side));
        if (blocks == 1) {
            one.accept(0);
        } else {
            Parallel.forEach(blocks, one);
        }
    }
}
