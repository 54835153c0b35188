package org.diapason.poisson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.diapason.volume.RefusedException;

/**
 * A sparse symmetric M-matrix made ready for solving: conjugate gradients, preconditioned by a
 * V-cycle of algebraic multigrid with smoothed aggregation.
 *
 * <p>Nothing but the matrix is looked at: edges may have any weights, with jumps and in any
 * direction. Each level's matrix has at most three quarters of the entries of the one before it
 * (where smoothed interpolation would make more, plain aggregation is taken), so that all together
 * have at most four times those of the first. May be used for several right-hand sides, but not by
 * several threads at once; works on all threads of {@link org.diapason.math.Parallel} itself, with
 * the same bytes on any number.
 *
 * <p>Method: Vaněk, Mandel and Brezina 1996, Computing 56:179–196, doi:10.1007/BF02238511; Adams,
 * Brezina, Hu and Tuminaro 2003, J. Comput. Phys. 188(2):593–610, doi:10.1016/S0021-9991(03)00194-3
 * (Chebyshev smoothing).
 */
public final class AmgHierarchy {
    private static final int SMALL = 200;
    private static final int MOST_ITERATIONS = 200;
    private static final int COARSEST_SWEEPS = 10;
    private static final double MOST_SHARE = 0.75;

    private final List<AmgLevel> levels = new ArrayList<>();
    private final AmgLevel.Work[] work;
    private final SparseCholesky coarsest;

    private AmgHierarchy(SparseMatrix matrix) {
        AmgLevel level = new AmgLevel(matrix);
        levels.add(level);
        while (level.a.rows() > SMALL) {
            SparseMatrix next = coarsen(level);
            if (next == null) {
                break;
            }
            level = new AmgLevel(next);
            levels.add(level);
        }
        work = levels.stream().map(l -> l.new Work()).toArray(AmgLevel.Work[]::new);
        int n = level.a.rows();
        coarsest = n > 0 && n <= SMALL ? cholesky(level.a) : null;
    }

    private static SparseCholesky cholesky(SparseMatrix a) {
        int[] order = new int[a.rows()];
        Arrays.setAll(order, u -> u);
        SparseCholesky cholesky = new SparseCholesky(a, order);
        cholesky.factor();
        return cholesky;
    }

    /** Returns the next level's matrix, or null where there is nothing to gather. */
    private static SparseMatrix coarsen(AmgLevel level) {
        Aggregation aggregation = new Aggregation(level.a, level.diagonal);
        if (aggregation.count() == 0 || aggregation.count() > MOST_SHARE * level.a.rows()) {
            return null;
        }
        SparseMatrix coarse = galerkin(level, aggregation.smoothed());
        if (coarse.entries() > MOST_SHARE * level.a.entries()) {
            coarse = galerkin(level, aggregation.plain());
        }
        return coarse.entries() > MOST_SHARE * level.a.entries() ? null : coarse;
    }

    private static SparseMatrix galerkin(AmgLevel level, SparseMatrix p) {
        level.p = p;
        level.r = p.transposed();
        return SparseProduct.of(level.r, SparseProduct.of(level.a, p));
    }

    /**
     * Makes a matrix ready.
     *
     * @param matrix symmetric, its diagonal above 0, all else 0 or below; kept, not copied
     * @throws RefusedException if it is singular or not positive definite, as far as that shows
     */
    public static AmgHierarchy of(SparseMatrix matrix) {
        matrix.checkSymmetricM();
        return new AmgHierarchy(matrix);
    }

    /** For matrices made by a grid, which are what they must be. */
    static AmgHierarchy ofGrid(SparseMatrix matrix) {
        return new AmgHierarchy(matrix);
    }

    public int levels() {
        return levels.size();
    }

    /** Returns the entries of all levels' matrices over those of the first; at most 4. */
    public double operatorComplexity() {
        double sum = 0;
        for (AmgLevel level : levels) {
            sum += level.a.entries();
        }
        return sum / levels.get(0).a.entries();
    }

    /**
     * Solves A x = b for each b.
     *
     * @param rightHandSides one number per row of the matrix, finite; not modified
     * @param relativeResidual ‖b − A x‖₂ over ‖b‖₂ to reach; above 0
     * @return one x per b, numbered as the matrix is
     * @throws RefusedException if it was not reached
     */
    public PoissonSolution solve(List<double[]> rightHandSides, double relativeResidual) {
        if (!(relativeResidual > 0)) {
            throw new IllegalArgumentException(
                    "relativeResidual must be above 0, got " + relativeResidual);
        }
        List<double[]> found = new ArrayList<>();
        double[][] histories = new double[rightHandSides.size()][];
        for (int c = 0; c < histories.length; c++) {
            Channels.checkFinite(rightHandSides.get(c), c, levels.get(0).a.rows());
            double[] x = new double[rightHandSides.get(c).length];
            histories[c] = iterate(rightHandSides.get(c), x, relativeResidual);
            found.add(x);
        }
        return new PoissonSolution(found, Channels.worst(histories));
    }

    /** Preconditioned conjugate gradients; returns the history. */
    private double[] iterate(double[] b, double[] x, double wanted) {
        SparseMatrix a = levels.get(0).a;
        double norm = Channels.norm(b);
        if (norm == 0) {
            return new double[] {0};
        }
        double[] history = new double[MOST_ITERATIONS + 1];
        history[0] = 1;
        double[] r = b.clone();
        double[] p = new double[b.length];
        double[] ap = new double[b.length];
        double rz = 0;
        int k = 0;
        while (history[k] > wanted) {
            double[] z = precondition(r);
            double now = Channels.dot(r, z);
            double beta = rz == 0 ? 0 : now / rz;
            rz = now;
            SparseMatrix.forRows(
                    p.length,
                    (f, end) -> {
                        for (int u = f; u < end; u++) {
                            p[u] = z[u] + beta * p[u];
                        }
                    });
            SparseMatrix.forRows(p.length, (f, end) -> a.product(p, ap, f, end));
            double curvature = Channels.dot(p, ap);
            if (k == MOST_ITERATIONS || !(curvature > 0)) {
                throw Channels.notReached(
                        "algebraic multigrid",
                        k,
                        history[k],
                        wanted,
                        "Rounding forbids less, or the matrix is not positive definite, as where"
                                + " nothing holds a part of the mask.");
            }
            double alpha = rz / curvature;
            SparseMatrix.forRows(
                    p.length,
                    (f, end) -> {
                        for (int u = f; u < end; u++) {
                            x[u] += alpha * p[u];
                            r[u] -= alpha * ap[u];
                        }
                    });
            history[++k] = Channels.norm(r) / norm;
            if (history[k] <= wanted) {
                // The recursion drifts from the truth, from which to go on where it is not enough.
                a.residual(x, b, r);
                history[k] = Channels.norm(r) / norm;
                rz = 0;
            }
        }
        return Arrays.copyOf(history, k + 1);
    }

    /** One V-cycle from 0; returns the first level's x. */
    private double[] precondition(double[] r) {
        System.arraycopy(r, 0, work[0].b, 0, r.length);
        int last = work.length - 1;
        for (int l = 0; l < last; l++) {
            work[l].down(work[l + 1]);
        }
        if (coarsest != null) {
            System.arraycopy(coarsest.solve(work[last].b), 0, work[last].x, 0, work[last].x.length);
        } else {
            work[last].smooth(true);
            for (int k = 1; k < COARSEST_SWEEPS; k++) {
                work[last].smooth(false);
            }
        }
        for (int l = last - 1; l >= 0; l--) {
            work[l].up(work[l + 1]);
        }
        return work[0].x;
    }
}
