package org.diapason.stats;

import java.util.List;
import org.diapason.volume.Numbers;
import org.ejml.data.DMatrixRMaj;

/**
 * Penalised least squares from cross-products, for many responses on one design: |y − Xb|² + Σ
 * λⱼ·bⱼ'Sⱼbⱼ, each λ chosen per response by restricted maximum likelihood or by generalised cross
 * validation.
 *
 * <p>With Dp = y'y − c'(W + S)⁻¹c, W = X'X, c = X'y, ν the degrees of freedom that no penalty
 * touches: REML is the least of ν·ln Dp + ln|W + S| − ln|S|₊, GCV the least of ln RSS − 2·ln(n −
 * edf). Wood 2011, Journal of the Royal Statistical Society B 73(1):3–36,
 * doi:10.1111/j.1467-9868.2010.00749.x, equation 4; Golub, Heath and Wahba 1979,
 * doi:10.1080/00401706.1979.10489751.
 *
 * <p>One block: W and S are made diagonal together once (Demmler and Reinsch 1975,
 * doi:10.1007/BF01437407), a response then costs a search on a line. Several: one λ after the other
 * until none moves. The slope's changes of sign are found on a grid and then to the last digit, the
 * best of them is taken, a tie goes to the smoother; where it falls for ever, λ is infinite.
 */
public final class PenalisedFit {
    /** How a λ is chosen. */
    public enum Criterion {
        REML,
        GCV
    }

    /**
     * Coefficients under one penalty.
     *
     * @param start place of the first
     * @param width how many
     * @param penalty {@code width × width}, row by row, positive semidefinite
     * @param rank of the penalty
     */
    public record Block(int start, int width, Numbers penalty, int rank) {}

    private static final double LOWEST = -14;

    private final int size;
    private final int free;
    private final double[] transform;
    private final double[] cross;
    private final int[] ends;
    private final double[] typical;
    private final Criterion criterion;
    private final boolean full;

    /** With one block: columns that make W and S diagonal, and their shares of S. */
    private final double[] basis;

    private final double[] share;

    /**
     * @param cross cross-products of the columns, row by row; not modified
     * @param scale sum of squares of each column against which what is left of it is measured
     * @param blocks what is penalised; gcv takes one block only
     */
    public PenalisedFit(double[] cross, double[] scale, List<Block> blocks, Criterion criterion) {
        if (criterion == Criterion.GCV && blocks.size() > 1) {
            throw new IllegalArgumentException(
                    "gcv chooses the smoothness of one curve, and there are "
                            + blocks.size()
                            + ". Take reml.");
        }
        this.criterion = criterion;
        size = scale.length;
        ends = new int[blocks.size() + 1];
        int ranks = blocks.stream().mapToInt(Block::rank).sum();
        free = size - ranks;
        transform = transform(blocks);
        this.cross = Eigen.congruent(cross, transform, size);
        double[] start = this.cross.clone();
        double[] measure = new double[size];
        for (int c = 0; c < size; c++) {
            double root = 0;
            for (int k = 0; k < size; k++) {
                root += Math.abs(transform[k * size + c]) * Math.sqrt(scale[k]);
            }
            measure[c] = root * root;
        }
        typical = new double[blocks.size()];
        for (int j = 0; j < typical.length; j++) {
            double trace = 0;
            for (int k = ends[j]; k < ends[j + 1]; k++) {
                trace += this.cross[k * size + k];
            }
            typical[j] = trace > 0 ? trace / (ends[j + 1] - ends[j]) : 1;
            for (int k = ends[j]; k < ends[j + 1]; k++) {
                start[k * size + k] += typical[j];
                measure[k] = start[k * size + k];
            }
        }
        full = Cholesky.of(start, measure).full();
        share = new double[size];
        basis = full && blocks.size() == 1 ? diagonalised(start) : null;
    }

    /** Whether what no penalty touches is determined. */
    public boolean full() {
        return full;
    }

    /**
     * Fits one response.
     *
     * @param products X'y on entry, the coefficients on return
     * @param squares y'y
     * @param degrees rows less what was taken out of X and y before
     * @param freedom receives the effective degrees of freedom of each block, its unpenalised part
     *     included
     * @param lambda receives λ of each block, infinite for a straight line
     */
    public void fit(
            double[] products, double squares, double degrees, double[] freedom, double[] lambda) {
        if (basis != null) {
            fitOne(products, squares, degrees, freedom, lambda);
        } else {
            fitSeveral(products, squares, degrees, freedom, lambda);
        }
    }

    /** Returns b = T·u columns: first all that no penalty touches, then each block as a ball. */
    private double[] transform(List<Block> blocks) {
        double[] t = new double[size * size];
        boolean[] smooth = new boolean[size];
        int open = 0;
        int closed = free;
        for (int j = 0; j < blocks.size(); j++) {
            Block b = blocks.get(j);
            Eigen e = Eigen.of(b.penalty().toArray(), b.width());
            ends[j] = closed;
            for (int k = 0; k < b.width(); k++) {
                boolean untouched = k < b.width() - b.rank();
                int column = untouched ? open++ : closed++;
                double factor = untouched ? 1 : 1 / Math.sqrt(e.value(k));
                for (int r = 0; r < b.width(); r++) {
                    smooth[b.start() + r] = true;
                    t[(b.start() + r) * size + column] = factor * e.vector(r, k);
                }
            }
        }
        ends[blocks.size()] = closed;
        for (int k = 0; k < size; k++) {
            if (!smooth[k]) {
                t[k * size + open++] = 1;
            }
        }
        return t;
    }

    /** Returns Z with Z'(W + τS)Z = 1 and Z'τSZ diagonal, in the given coordinates. */
    private double[] diagonalised(double[] start) {
        double[] inverse = Eigen.inverseRoot(start, size);
        double[] ball = new double[size * size];
        for (int k = ends[0]; k < ends[1]; k++) {
            ball[k * size + k] = typical[0];
        }
        Eigen e = Eigen.of(Eigen.congruent(ball, inverse, size), size);
        for (int k = free; k < size; k++) {
            share[k] = Math.min(1, Math.max(0, e.value(k)));
        }
        DMatrixRMaj z = new DMatrixRMaj(size, size);
        DMatrixRMaj root = DMatrixRMaj.wrap(size, size, inverse);
        org.ejml.dense.row.CommonOps_DDRM.mult(root, e.vectors(), z);
        DMatrixRMaj all = new DMatrixRMaj(size, size);
        org.ejml.dense.row.CommonOps_DDRM.mult(DMatrixRMaj.wrap(size, size, transform), z, all);
        return all.data;
    }

    private void fitOne(
            double[] products, double squares, double degrees, double[] freedom, double[] chosen) {
        double[] v = new double[size];
        for (int k = 0; k < size; k++) {
            for (int c = 0; c < size; c++) {
                v[c] += basis[k * size + c] * products[k];
            }
        }
        CriterionLine line =
                new CriterionLine() {
                    @Override
                    public double slope(double rho) {
                        return sums(v, squares, degrees, rho, false);
                    }

                    @Override
                    public double value(double rho) {
                        return sums(v, squares, degrees, rho, true);
                    }
                };
        double highest = 19 - StrictMath.log(Math.max(1e-12, share[free]));
        double rho = line.lowest(LOWEST, highest);
        double lambda = StrictMath.exp(rho);
        chosen[0] = typical[0] * lambda;
        freedom[0] = ends[1] - ends[0] == size ? 0 : 1;
        java.util.Arrays.fill(products, 0);
        for (int k = 0; k < size; k++) {
            double q = 1 - share[k] + (k < free ? 0 : lambda * share[k]);
            double u = k >= free && rho == Double.POSITIVE_INFINITY ? 0 : v[k] / q;
            freedom[0] += k < free || u == 0 ? 0 : (1 - share[k]) / q;
            for (int r = 0; r < size; r++) {
                products[r] += basis[r * size + k] * u;
            }
        }
    }

    /** Returns the criterion, or its slope, at λ = τ·exp(ρ), up to a constant. */
    private double sums(double[] v, double squares, double degrees, double rho, boolean value) {
        boolean line = rho == Double.POSITIVE_INFINITY;
        double lambda = StrictMath.exp(rho);
        double penalised = squares;
        double penalisedSlope = 0;
        double rest = squares;
        double restSlope = 0;
        double freedom = free;
        double freedomSlope = 0;
        double left = 0;
        double logs = 0;
        for (int k = 0; k < size; k++) {
            double w = 1 - share[k];
            double a = k < free ? 0 : lambda * share[k];
            double q = w + a;
            double square = v[k] * v[k];
            if (k < free) {
                penalised -= square;
                rest -= square;
                continue;
            }
            if (line) {
                logs += StrictMath.log(share[k]);
                continue;
            }
            penalised -= square / q;
            penalisedSlope += square * a / (q * q);
            rest -= square * (w + 2 * a) / (q * q);
            restSlope += 2 * square * a * a / (q * q * q);
            freedom += w / q;
            freedomSlope += w * a / (q * q);
            left += w / q;
            logs += value ? StrictMath.log(q) - rho : 0;
        }
        if (criterion == Criterion.REML) {
            double nu = degrees - free;
            double dp = Math.max(penalised, 1e-15 * squares);
            return value ? nu * StrictMath.log(dp) + logs : nu * penalisedSlope / dp - left;
        }
        double rss = Math.max(rest, 1e-15 * squares);
        return value
                ? StrictMath.log(rss) - 2 * StrictMath.log(degrees - freedom)
                : restSlope / rss - 2 * freedomSlope / (degrees - freedom);
    }

    private void fitSeveral(
            double[] products, double squares, double degrees, double[] freedom, double[] chosen) {
        double[] c = new double[size];
        for (int k = 0; k < size; k++) {
            for (int r = 0; r < size; r++) {
                c[k] += transform[r * size + k] * products[r];
            }
        }
        Search search = new Search(c, squares, degrees - free);
        search.run();
        java.util.Arrays.fill(products, 0);
        for (int r = 0; r < size; r++) {
            for (int k = 0; k < size; k++) {
                products[r] += transform[r * size + k] * search.u[k];
            }
        }
        for (int j = 0; j < freedom.length; j++) {
            chosen[j] = typical[j] * StrictMath.exp(search.rho[j]);
            freedom[j] = 1 + ends[j + 1] - ends[j];
            for (int k = ends[j]; k < ends[j + 1]; k++) {
                freedom[j] -= search.lambda(j) * search.factor.inverse(k);
            }
        }
    }

    /** One response on several blocks: each λ in turn. */
    private final class Search {
        private static final int MOST = 200;
        private static final double HIGHEST = 20;

        /** The logarithm that stands for a straight line. */
        private static final double NEVER = 32;

        private final double[] c;
        private final double squares;
        private final double nu;
        private final double[] rho = new double[typical.length];
        private double[] u;
        private Cholesky factor;

        Search(double[] c, double squares, double nu) {
            this.c = c;
            this.squares = squares;
            this.nu = nu;
        }

        double lambda(int j) {
            return typical[j] * StrictMath.exp(Math.min(NEVER, rho[j]));
        }

        void run() {
            for (int round = 0; round < MOST; round++) {
                double moved = 0;
                for (int j = 0; j < rho.length; j++) {
                    double before = rho[j];
                    rho[j] = best(j, before, round);
                    moved = rho[j] == before ? moved : Math.max(moved, Math.abs(rho[j] - before));
                }
                if (moved < 1e-11) {
                    break;
                }
            }
            solve();
        }

        private double best(int j, double before, int round) {
            CriterionLine line =
                    new CriterionLine() {
                        @Override
                        public double slope(double at) {
                            rho[j] = at;
                            return Search.this.slope(j);
                        }

                        @Override
                        public double value(double at) {
                            rho[j] = at;
                            return Search.this.value();
                        }
                    };
            if (round > 1 && Double.isFinite(before)) {
                double low = Math.max(LOWEST, before - 0.1);
                double high = Math.min(HIGHEST, before + 0.1);
                if (line.slope(low) < 0 && line.slope(high) > 0) {
                    return line.root(low, high);
                }
            }
            if (round > 1
                    && before == Double.POSITIVE_INFINITY
                    && line.slope(HIGHEST) < 0
                    && line.slope(HIGHEST - 4) < 0) {
                return before;
            }
            return line.lowest(LOWEST, HIGHEST);
        }

        private void solve() {
            double[] v = cross.clone();
            double[] scale = new double[size];
            for (int j = 0; j < rho.length; j++) {
                for (int k = ends[j]; k < ends[j + 1]; k++) {
                    v[k * size + k] += lambda(j);
                }
            }
            for (int k = 0; k < size; k++) {
                scale[k] = v[k * size + k] * 1e-4;
            }
            factor = Cholesky.of(v, scale);
            u = c.clone();
            factor.solve(u);
        }

        private double penalised() {
            double sum = squares;
            for (int k = 0; k < size; k++) {
                sum -= c[k] * u[k];
            }
            return Math.max(sum, 1e-15 * squares);
        }

        private double slope(int j) {
            solve();
            double rough = 0;
            double trace = 0;
            for (int k = ends[j]; k < ends[j + 1]; k++) {
                rough += u[k] * u[k];
                trace += factor.inverse(k);
            }
            double lambda = lambda(j);
            return nu * lambda * rough / penalised() + lambda * trace - (ends[j + 1] - ends[j]);
        }

        private double value() {
            solve();
            double sum = nu * StrictMath.log(penalised());
            for (int k = 0; k < size; k++) {
                sum += 2 * StrictMath.log(factor.root(k));
            }
            for (int j = 0; j < rho.length; j++) {
                sum -= (ends[j + 1] - ends[j]) * Math.min(NEVER, rho[j]);
            }
            return sum;
        }
    }
}
