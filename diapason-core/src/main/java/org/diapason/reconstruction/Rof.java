package org.diapason.reconstruction;

import org.diapason.math.Blocks;
import org.diapason.volume.Geometry;
import org.diapason.volume.Numbers;
import org.diapason.volume.RefusedException;

/**
 * Total variation denoising with weights, {@code min_{u ≥ 0} ½ Σ w (u − f)² + λ Σ |∇u|}, ∇ by
 * forward differences per mm: the step of EM-TV that follows each step of EM.
 *
 * <p>Fast gradient projection on the dual: {@code u(q) = max(0, f − λ∇ᵀq / w)}, {@code q ← P(q + σ
 * λ∇u(q))}, P the projection to {@code |q_p| ≤ 1}, with Nesterov's momentum, started anew where it
 * points against the step. σ is one number a voxel, {@code λ² σ_p ≤ 1 / Σ |∇ w⁻¹ ∇ᵀ|_p}, so that
 * weights may differ by orders of magnitude. Where w is 0 (no measurement) it counts as the 1e-6th
 * part of the largest.
 *
 * <p>The gap is exact: {@code λ (Σ|∇u(q)| − ⟨q, ∇u(q)⟩)} bounds how far the objective is above its
 * minimum. Keeps q, from which the next call starts.
 *
 * <p>Papers: Beck and Teboulle 2009, IEEE Trans. Image Process. 18(11):2419–2434,
 * doi:10.1109/TIP.2009.2028250, section 4; restart: O'Donoghue and Candès 2015, Found. Comput.
 * Math. 15:715–732, doi:10.1007/s10208-013-9150-3.
 */
public final class Rof {
    private static final double LEAST_WEIGHT = 1e-6;

    private final Differences differences;
    private final float[][] q;
    private final float[][] ahead;
    private final float[][] edges;
    private final float[] step;

    /**
     * @param gap of the objective, at most
     */
    public record Result(float[] image, int iterations, double objective, double gap) {}

    public Rof(Geometry grid) {
        differences = new Differences(grid);
        q = new float[differences.axes()][differences.n];
        ahead = new float[differences.axes()][differences.n];
        edges = new float[differences.axes()][differences.n];
        step = new float[differences.n];
    }

    /**
     * Denoises until the gap is below a share of the objective.
     *
     * @param f the image, finite, not modified
     * @param weights w, 0 or more and not all 0, not modified; null for 1
     * @param lambda λ, 0 or more
     * @param tolerance largest gap over objective; positive
     * @param mostIterations after which it is refused
     * @throws RefusedException if the gap is still larger
     */
    public Result denoise(
            float[] f, float[] weights, double lambda, double tolerance, int mostIterations) {
        EdgePrior.requireNotNegative("lambda", lambda);
        requireImage(f);
        float[] share = shares(f.length, weights);
        float[] u = new float[f.length];
        steps(share, lambda);
        for (int c = 0; c < q.length; c++) {
            System.arraycopy(q[c], 0, ahead[c], 0, f.length);
        }
        double momentum = 1;
        double gap = Double.NaN;
        for (int n = 1; n <= mostIterations; n++) {
            primal(ahead, f, share, lambda, u);
            differences.apply(u, edges);
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            boolean against = rise(lambda, (float) ((momentum - 1) / next));
            momentum = against ? 1 : next;
            if (n % 5 == 0 || n == mostIterations || lambda == 0) {
                primal(q, f, share, lambda, u);
                differences.apply(u, edges);
                gap = gap(lambda);
                double objective = objective(u, f, weights, lambda);
                if (gap <= tolerance * objective || lambda == 0) {
                    return new Result(u, n, objective, Math.max(0, gap));
                }
            }
        }
        throw new RefusedException(
                "after "
                        + mostIterations
                        + " iterations total variation denoising is not known to be within "
                        + Numbers.power(tolerance, 1)
                        + " of its minimum: the gap is "
                        + Numbers.power(gap, 2)
                        + ". Allow more iterations or a larger tolerance.");
    }

    private void requireImage(float[] f) {
        if (f.length != step.length) {
            throw new IllegalArgumentException(
                    "the image has " + f.length + " voxels, the grid " + step.length);
        }
        for (int p = 0; p < f.length; p++) {
            if (!Float.isFinite(f[p])) {
                throw new IllegalArgumentException(
                        "the image must be finite, got "
                                + f[p]
                                + " at "
                                + p
                                + ". Give what was not measured a weight of 0.");
            }
        }
    }

    /** Returns 1 / w. */
    private static float[] shares(int n, float[] w) {
        float[] share = new float[n];
        double largest = 0;
        for (int p = 0; w != null && p < n; p++) {
            if (!(w[p] >= 0) || w[p] == Float.POSITIVE_INFINITY) {
                throw new IllegalArgumentException(
                        "weights must be 0 or more, got " + w[p] + " at " + p);
            }
            largest = Math.max(largest, w[p]);
        }
        if (w != null && largest == 0) {
            throw new IllegalArgumentException("weights must not all be 0");
        }
        for (int p = 0; p < n; p++) {
            share[p] = w == null ? 1 : (float) (1 / Math.max(w[p], LEAST_WEIGHT * largest));
        }
        return share;
    }

    /** Writes λσ: over λ what the absolute values of a row of ∇ w⁻¹ ∇ᵀ add up to at most. */
    private void steps(float[] share, double lambda) {
        float[] column = new float[step.length];
        differences.spread(null, 1, column);
        differences.rows(
                (first, j, k) -> {
                    for (int i = 0; i < differences.grid.ni(); i++) {
                        int p = first + i;
                        double largest = 0;
                        for (int c = 0; c < q.length; c++) {
                            int s = differences.step[c];
                            boolean next = differences.hasNext(c, j, k);
                            next &= s > 1 || i + 1 < differences.grid.ni();
                            double sum = (double) share[p] * column[p];
                            sum += next ? (double) share[p + s] * column[p + s] : 0;
                            largest = Math.max(largest, sum * differences.perMm[c]);
                        }
                        double bound = lambda * largest;
                        step[p] = bound > 0 ? (float) (1 / bound) : 0;
                    }
                });
    }

    private void primal(float[][] dual, float[] f, float[] share, double lambda, float[] u) {
        differences.transpose(dual, u);
        Blocks.forEach(
                u.length,
                (from, to) -> {
                    for (int p = from; p < to; p++) {
                        u[p] = (float) Math.max(0, f[p] - lambda * u[p] * share[p]);
                    }
                });
    }

    /** Moves q and what is ahead of it; says whether the momentum pointed against the step. */
    private boolean rise(double lambda, float beta) {
        double along =
                Total.of(
                        step.length,
                        (from, to) -> {
                            double sum = 0;
                            for (int p = from; p < to; p++) {
                                sum += rise(p, beta);
                            }
                            return sum;
                        });
        if (along < 0) {
            for (int c = 0; c < q.length; c++) {
                System.arraycopy(q[c], 0, ahead[c], 0, step.length);
            }
        }
        return along < 0;
    }

    private double rise(int p, float beta) {
        double size = 0;
        for (int c = 0; c < q.length; c++) {
            edges[c][p] = ahead[c][p] + step[p] * edges[c][p];
            size += (double) edges[c][p] * edges[c][p];
        }
        float shrink = size > 1 ? (float) (1 / Math.sqrt(size)) : 1;
        double along = 0;
        for (int c = 0; c < q.length; c++) {
            float now = edges[c][p] * shrink;
            float moved = now - q[c][p];
            if (step[p] > 0) {
                along += ((double) now - ahead[c][p]) / step[p] * moved;
            }
            ahead[c][p] = now + beta * moved;
            q[c][p] = now;
        }
        return along;
    }

    private double gap(double lambda) {
        double sum =
                Total.of(
                        step.length,
                        (from, to) -> {
                            double part = 0;
                            for (int p = from; p < to; p++) {
                                double size = 0;
                                for (int c = 0; c < q.length; c++) {
                                    size += (double) edges[c][p] * edges[c][p];
                                    part -= (double) edges[c][p] * q[c][p];
                                }
                                part += Math.sqrt(size);
                            }
                            return part;
                        });
        return lambda * sum;
    }

    private double objective(float[] u, float[] f, float[] w, double lambda) {
        double sum =
                Total.of(
                        step.length,
                        (from, to) -> {
                            double part = 0;
                            for (int p = from; p < to; p++) {
                                double size = 0;
                                for (float[] c : edges) {
                                    size += (double) c[p] * c[p];
                                }
                                double off = (double) u[p] - f[p];
                                part += off * off * (w == null ? 1 : w[p]) / 2;
                                part += lambda * Math.sqrt(size);
                            }
                            return part;
                        });
        return sum;
    }
}
