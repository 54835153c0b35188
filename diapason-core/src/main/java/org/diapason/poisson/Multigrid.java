package org.diapason.poisson;

import java.util.ArrayList;
import java.util.List;
import org.diapason.math.Parallel;

/**
 * Conjugate gradients, preconditioned by one symmetric multigrid V-cycle with Galerkin coarse
 * operators: for every mask, in two and three dimensions, with any spacing.
 *
 * <p>Coarse grids that are the equation again, on a coarse mask, diverge on irregular masks. Here
 * the coarse operator is {@code Pᵀ A P} with P bilinear (trilinear) and cut to the mask, which
 * cannot: the correction it gives is the best of its kind in the energy norm.
 *
 * <p>The iteration runs in single precision on a residual that is computed anew in double whenever
 * it has fallen a thousandfold, and at the end: so 1e-12 is reached at the cost of floats. The
 * residuals in between are those of the recursion.
 *
 * <p>Method: Trottenberg, Oosterlee and Schüller 2001, Multigrid, sections 2.4 (Galerkin), 5.1
 * (anisotropy) and 7.8 (as preconditioner); van der Vorst and Ye 2000, SIAM J. Sci. Comput.
 * 22(3):835–852 (residual replacement).
 */
public final class Multigrid implements PoissonSolver {
    private static final int MOST_ITERATIONS = 200;

    /** What the residual may fall by, relative to its last exact value, before the next. */
    private static final double TRUSTED = 1e-3;

    @Override
    public PoissonSolution solve(
            PoissonGrid grid, List<double[]> rightHandSides, double relativeResidual) {
        double[] norms = grid.check(rightHandSides, relativeResidual);
        return new Run(grid, rightHandSides, norms, relativeResidual).solve();
    }

    /** One right-hand side and its vectors; all in units of 1 / scale but x and b. */
    private static final class Channel {
        final double[] b;
        final double[] x;
        final double norm;
        double scale;
        float[][] r;
        float[][] p;
        float[][] z;
        float[][] e;
        double rz;
        double relative;
        double relativeExact;

        Channel(double[] b, double norm) {
            this.b = b;
            this.norm = norm;
            relative = norm > 0 ? 1 : 0;
            relativeExact = relative;
            x = new double[b.length];
        }
    }

    private static final class Run {
        private final double tolerance;
        private final PoissonGrid grid;
        private final List<Channel> all = new ArrayList<>();
        private final List<Channel> open = new ArrayList<>();
        private final List<Double> history = new ArrayList<>();

        Run(PoissonGrid grid, List<double[]> bs, double[] norms, double tolerance) {
            this.grid = grid;
            this.tolerance = tolerance;
            for (int c = 0; c < norms.length; c++) {
                all.add(new Channel(bs.get(c), norms[c]));
            }
            all.stream().filter(c -> c.relative > tolerance).forEach(open::add);
            note();
        }

        private void note() {
            history.add(all.stream().mapToDouble(c -> c.relative).max().orElse(0));
        }

        PoissonSolution solve() {
            if (!open.isEmpty()) {
                MultigridCycle cycle = new MultigridCycle(grid);
                MultigridVectors vectors = new MultigridVectors(grid, cycle.slabs);
                MultigridCycle.Work work = cycle.new Work(open.size());
                RowGrid rows = cycle.slabs.grid;
                double unknowns = grid.unknowns();
                Parallel.forEach(open.size(), c -> begin(open.get(c), vectors, rows, unknowns));
                while (!open.isEmpty()) {
                    iterate(work, vectors);
                }
            }
            return new PoissonSolution(
                    all.stream().map(c -> c.x).toList(),
                    history.stream().mapToDouble(h -> h).toArray());
        }

        private void begin(Channel c, MultigridVectors vectors, RowGrid rows, double unknowns) {
            double typical = c.norm / Math.sqrt(unknowns);
            c.scale = Math.scalb(1.0, -Math.getExponent(typical));
            c.r = rows.vector();
            c.p = rows.vector();
            c.z = rows.vector();
            c.e = rows.vector();
            vectors.start(c.b, c.scale, c.r);
        }

        private void exact(Channel c, MultigridVectors vectors) {
            c.relative = vectors.residual(c.x, c.b, c.scale, c.r) / c.norm;
            c.relativeExact = c.relative;
        }

        private void iterate(MultigridCycle.Work work, MultigridVectors vectors) {
            float[][][] r = open.stream().map(c -> c.r).toArray(float[][][]::new);
            float[][][] z = open.stream().map(c -> c.z).toArray(float[][][]::new);
            double[] rz = work.run(r, z);
            for (int i = 0; i < open.size(); i++) {
                Channel c = open.get(i);
                double beta = c.rz == 0 ? 0 : rz[i] / c.rz;
                c.rz = rz[i];
                double alpha = c.rz / vectors.direction(c.z, c.p, (float) beta);
                double rr = vectors.advance(c.p, (float) alpha, c.e, c.r);
                c.relative = Math.sqrt(rr) / (c.scale * c.norm);
                if (!(c.relative > Math.max(tolerance, TRUSTED * c.relativeExact))) {
                    double recursed = c.relative;
                    vectors.collect(c.e, c.scale, c.x);
                    exact(c, vectors);
                    // what was lost to rounding is another problem: begin anew
                    c.rz = c.relative > 2 * recursed ? 0 : c.rz;
                }
            }
            note();
            refuse();
            open.removeIf(c -> c.relativeExact <= tolerance);
        }

        private void refuse() {
            double relative = history.get(history.size() - 1);
            if (history.size() > MOST_ITERATIONS || !(relative < 1e6)) {
                throw Channels.notReached(
                        "multigrid",
                        history.size() - 1,
                        relative,
                        tolerance,
                        Channels.NEXT_TO_NOTHING);
            }
        }
    }
}
